"""Ends a worker that cannot go on: immediately, with a non-zero exit code, to be restarted.

All guarantees of copydesk hold through a kill, so a fault that leaves the worker's state in doubt
(a broker that refuses a write, a fenced producer) ends the process like a kill. Faust's shutdown
could hang, or commit offsets of inputs whose outcome was not written.
"""

import asyncio
import logging
import os
import threading
from typing import Any, NoReturn

logger = logging.getLogger(__name__)

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h: restart the worker."""

UNREADABLE = 65
"""EX_DATAERR: restarting this version does not help; the input or the deployment must be fixed."""

_LOG_SECONDS = 5.0


class Stop(Exception):
    """The worker must end with this message and exit code; the cause is not a bug."""

    def __init__(self, what: str, exit_code: int = EXIT_CODE) -> None:
        super().__init__(what)
        self.exit_code = exit_code


def die(what: str, error: BaseException | None = None, code: int = EXIT_CODE) -> NoReturn:
    """End the process; nothing after this runs."""
    # A hung thread may hold the log's lock, so the wait for the log message is limited.
    last_words = threading.Thread(target=_say, args=(what, error), daemon=True)
    last_words.start()
    last_words.join(_LOG_SECONDS)
    os._exit(code)


def die_after(seconds: float, what: str) -> None:
    """End the process if it still runs after this many seconds."""
    timer = threading.Timer(seconds, die, (what,))
    timer.daemon = True
    timer.start()


def vital(task: "asyncio.Task[Any]", what: str) -> None:
    """Make a task vital: if it raises, the process ends."""

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
