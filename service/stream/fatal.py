"""The end of a worker that cannot go on: at once, with a non-zero exit code, for a restart.

Every promise of copydesk holds through a kill, so a fault that leaves the worker in doubt (a broker
that refuses a write, a fenced producer) ends it like one. A way out through Faust's shutdown could
hang, or commit offsets of what was not written.
"""

import asyncio
import logging
import os
import threading
from typing import Any, NoReturn

logger = logging.getLogger(__name__)

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h."""


def die(what: str, error: BaseException | None = None) -> NoReturn:
    """End the process; nothing after this runs."""
    logger.critical("%s: %s", what, error, exc_info=error)
    logging.shutdown()
    os._exit(EXIT_CODE)


def die_after(seconds: float, what: str) -> None:
    """End the process in any case once the time is over, if it still lives then."""
    timer = threading.Timer(seconds, die, (what,))
    timer.daemon = True
    timer.start()


def vital(task: "asyncio.Task[Any]", what: str) -> None:
    """Make a task one without which the worker cannot be: its error is the worker's end."""

    def check(done: "asyncio.Task[Any]") -> None:
        if not done.cancelled() and (error := done.exception()) is not None:
            die(what, error)

    task.add_done_callback(check)
