"""Tells a listener while a table of a language is loaded from its file.

A table is loaded once in the life of a process, for the first text that needs it. Whoever limits
the time of a text can leave that out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


def _nobody(_: bool) -> None:
    """The listener before `listen`."""


_listener: Callable[[bool], None] = _nobody
_depth = 0


def listen(listener: Callable[[bool], None]) -> None:
    """Have a function called with True before each load, and with False after it."""
    global _listener
    _listener = listener


@contextmanager
def loading() -> Iterator[None]:
    """Use it as a decorator of what loads a table. Of nested loads the outermost is reported."""
    global _depth
    if not _depth:
        _listener(True)
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if not _depth:
            _listener(False)
