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
"""EX_SOFTWARE of sysexits.h: start it again."""

UNREADABLE = 65
"""EX_DATAERR: starting this version again will not help, the input or the deploy must be mended."""

_LOG_SECONDS = 5.0


class Stop(Exception):
    """The worker is to end with this message and this exit code: no fault of the code."""

    def __init__(self, what: str, exit_code: int = EXIT_CODE) -> None:
        super().__init__(what)
        self.exit_code = exit_code


def die(what: str, error: BaseException | None = None, code: int = EXIT_CODE) -> NoReturn:
    """End the process; nothing after this runs."""
    # A thread that hangs may hold the log's lock: what it keeps from being said is not waited for.
    last_words = threading.Thread(target=_say, args=(what, error), daemon=True)
    last_words.start()
    last_words.join(_LOG_SECONDS)
    os._exit(code)


def die_after(seconds: float, what: str) -> None:
    """End the process in any case once the time is over, if it still lives then."""
    timer = threading.Timer(seconds, die, (what,))
    timer.daemon = True
    timer.start()


def vital(task: "asyncio.Task[Any]", what: str) -> None:
    """Make a task one without which the worker cannot be: its error is the worker's end."""

    def check(done: "asyncio.Task[Any]") -> None:
        if done.cancelled() or (error := done.exception()) is None:
            return
        if isinstance(error, Stop):
            die(str(error), code=error.exit_code)
        die(what, error)

    task.add_done_callback(check)


def _say(what: str, error: BaseException | None) -> None:
    logger.critical("%s%s", what, "" if error is None else f": {error}", exc_info=error)
    logging.shutdown()
