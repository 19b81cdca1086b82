"""A digest of one component, taken over everything that is added to it, in order."""

import hashlib
import json
from pathlib import Path

from service.contract.record import Record


class Digest:
    """SHA-256 over parts, each preceded by its length, so that parts cannot run into each other.

    With a folder, the parts are also written there as lines of text, one file a component: two such
    folders can be compared with `diff` to find what differs.
    """

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.name = name
        self._sum = hashlib.sha256()
        self._lines = (folder / f"{name}.txt").open("w", encoding="utf-8") if folder else None

    def add(self, part: bytes | str | None) -> None:
        """Add one part; None differs from an empty one."""
        data = part.encode() if isinstance(part, str) else part
        self._sum.update(b"-" if data is None else b"%d:" % len(data) + data)
        if self._lines is not None:
            self._lines.write(_readable(data) + "\n")

    def add_record(self, record: Record) -> None:
        """Add everything that a record has."""
        self.add(
            json.dumps(
                {
                    "topic": record.topic.value,
                    "key": _text(record.key),
                    "headers": [(name, _text(value)) for name, value in record.headers],
                    "partition": record.partition,
                    "timestamp": record.timestamp,
                }
            )
        )
        self.add(record.value)

    def end(self) -> str:
        """Return the digest as hexadecimal digits."""
        if self._lines is not None:
            self._lines.close()
        return self._sum.hexdigest()


def overall(digests: dict[str, str]) -> str:
    """Return one digest of all components."""
    text = json.dumps(digests, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")


def _readable(data: bytes | None) -> str:
    if data is None:
        return "null"
    try:
        return json.dumps(data.decode(), ensure_ascii=False)
    except UnicodeDecodeError:
        return data.hex()
