"""What a worker says while it finishes what is in flight.

At each tenth input that a draining worker finishes, Faust logs every unfinished message and the
stacks of all agents, as if something hung. What hangs ends with a line and an exit code of its own
(`health/exit.py`), so here each of these reports is one line with a number.
"""

import logging
from typing import Any

_WAITING = "wait_empty: Waiting for tasks"
_STACKS = "Agent tracebacks:"


class DrainLines(logging.Filter):
    """Shortens Faust's report on messages that are waited for, and drops the stacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = str(record.msg)
        if _STACKS in message:
            return False
        if _WAITING in message and isinstance(record.args, tuple) and record.args:
            record.msg, record.args = "draining: %d inputs are in hand", (_count(record.args[0]),)
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return True


def _count(waiting: Any) -> int:
    return len(waiting) if isinstance(waiting, list) else 0


def shorten_drain_lines(consumer: Any) -> None:
    """Let the log of a Faust consumer have `DrainLines`; once is enough."""
    logger: logging.Logger = consumer.log.logger
    if not any(isinstance(each, DrainLines) for each in logger.filters):
        logger.addFilter(DrainLines())
