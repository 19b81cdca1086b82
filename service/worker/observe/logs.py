"""Log lines: text for people on a terminal, or one JSON object each for machines; never a secret.

Text of pages is made safe to print (`service.text.printable`), and cannot begin a line of its own.
The subject of a line is in fields (`extra=`), the same in both forms: `uri` of the article,
`url` of the page, `source` (topic/partition/offset), `trace_id`, `story`, `reason`.
"""

import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson

from service.settings import Settings
from service.text.printable import escaped_json, one_line, several_lines

CHATTY = ("aiokafka", "faust", "mode")
"""Libraries that log each fetch and each assignment at INFO."""

MASK = "****"

_SHORTEST_SECRET = 4
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logging(settings: Settings) -> None:
    """Log to standard error as the settings say; replaces any earlier logging set-up."""
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
    """A formatter that masks secrets in every line, including the lines of libraries."""

    def __init__(self, secrets: Iterable[str], format: str | None = None) -> None:
        super().__init__(format)
        self._secrets = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]

    def mask(self, text: str) -> str:
        """Return the text with secrets masked."""
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
        return one_line(f"{line}  {fields}" if fields else line)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - its name there
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - its name there
        return _indented(super().formatStack(stack_info))

    def format(self, record: logging.LogRecord) -> str:
        return several_lines(self.mask(super().format(record)))


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
        return escaped_json(orjson.dumps(line, option=orjson.OPT_NON_STR_KEYS)).decode()


def _indented(lines: str) -> str:
    """A traceback, indented: a line break in an error message cannot forge the next log line."""
    return "\n".join(f"    {line}" for line in lines.splitlines())


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return the `extra` fields of a record that are not None."""
    return {
        name: value
        for name, value in vars(record).items()
        if name not in _STANDARD and value is not None
    }
