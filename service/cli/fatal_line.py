"""The last line of a command that fails: text for people, or JSON where the log is JSON.

It is written before the settings are known to be valid, so it goes by the environment alone.
"""

import logging
import os
import sys
from collections.abc import Mapping

from service.cli.say import warn_json
from service.cli.settings_table import PREFIX
from service.worker.observe.logs import JsonLines

_LOGGING = frozenset({"desk", "notify", "worker"})
"""Commands that write a log. The others are run by people: their last line is JSON only where
COPYDESK_LOG_FORMAT says so."""

_LOGGER = "service.cli"


def is_json(command: str | None, environment: Mapping[str, str] = os.environ) -> bool:
    """True if a command's last line is to be JSON."""
    form = environment.get(f"{PREFIX}LOG_FORMAT") or "auto"
    return form == "json" or (form == "auto" and command in _LOGGING and not sys.stderr.isatty())


def write_json(message: str, error: BaseException | None = None) -> None:
    """Write the line as the log has it, at level CRITICAL, with the traceback of an error."""
    traced = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord(_LOGGER, logging.CRITICAL, __file__, 0, message, None, traced)
    secret = os.environ.get(f"{PREFIX}SASL_PASSWORD", "").strip()
    warn_json(JsonLines([secret]).format(record))
