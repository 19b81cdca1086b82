"""Log lines: for people on a terminal, or a JSON object each for a machine; never with a secret.

What a line is about stands in fields (`extra=`), the same in both forms: `uri` of the article,
`url` of the page, `source` (topic/partition/offset), `trace_id`, `story`, `reason`.
"""

import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson

from service.settings import Settings

CHATTY = ("aiokafka", "faust", "mode")
"""Libraries that tell at INFO of each fetch and each assignment."""

MASK = "****"

_SHORTEST_SECRET = 4
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logging(settings: Settings) -> None:
    """Log to standard error as the settings say; what was set up before is replaced."""
    secret = settings.sasl_password.get_secret_value() if settings.sasl_password else ""
    in_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not sys.stderr.isatty()
    )
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines([secret]) if in_json else TextLines([secret]))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


class _Masking(logging.Formatter):
    """A formatter whose lines never hold a secret, whoever logged it."""

    def __init__(self, secrets: Iterable[str], format: str | None = None) -> None:
        super().__init__(format)
        self._secrets = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]

    def mask(self, text: str) -> str:
        """The text without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


class TextLines(_Masking):
    """Time, level, logger, message, and the fields as `name=value`."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(secrets, "%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its name there
        line = super().formatMessage(record)
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        return f"{line}  {fields}" if fields else line

    def format(self, record: logging.LogRecord) -> str:
        return self.mask(super().format(record))


class JsonLines(_Masking):
    """One JSON object a line: time (RFC 3339, UTC), level, logger, message, fields, exception."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(secrets)

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.mask(record.getMessage()),
        }
        line |= {name: self.mask(str(value)) for name, value in _fields(record).items()}
        if record.exc_info:
            line["exception"] = self.mask(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = self.mask(record.stack_info)
        return orjson.dumps(line, option=orjson.OPT_NON_STR_KEYS).decode()


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """What was given as `extra`, but for what is None."""
    return {
        name: value
        for name, value in vars(record).items()
        if name not in _STANDARD and value is not None
    }
