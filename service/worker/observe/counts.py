"""Counters of a worker since its start, read by the log, `/status` and the progress check.

Only the event loop's thread writes here.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import Record, Topic

_STAGE = ERROR_PREFIX + "stage"


@dataclass(slots=True)
class Counts:
    """Counters that only grow.

    Attributes:
        read: READ's outcomes, by topic.
        folded: FOLD's records, by topic; `repeats` are inputs that were placed before.
        linked: LINK's records, likewise.
        rejected: rejections of all stages, by reason.
        failed: dead letters, by stage (`decode`, `read`, `fold`, `link`) and reason. Failures of a
            child process have reasons of their own: `timeout`, `out_of_memory`, `crashed`, `error`.
    """

    read: Counter[str] = field(default_factory=Counter)
    folded: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def enter_read(self, record: Record) -> None:
        """Count an outcome of READ."""
        self.read[record.topic.value] += 1
        self._enter_reason(record)

    def enter_folded(self, record: Record) -> None:
        """Count a record of FOLD."""
        self.folded[record.topic.value] += 1
        self._enter_reason(record)

    def enter_linked(self, record: Record) -> None:
        """Count a record of LINK."""
        self.linked[record.topic.value] += 1
        self._enter_reason(record)

    def total(self) -> int:
        """Return the number of outcomes of all stages, and of repeats."""
        return self.read.total() + self.folded.total() + self.linked.total()

    def report(self) -> dict[str, Any]:
        """Return all counters for JSON; dead letters have the key `stage.reason`."""
        failed = {f"{stage}.{reason}": count for (stage, reason), count in self.failed.items()}
        return {
            "read": dict(self.read),
            "folded": dict(self.folded),
            "linked": dict(self.linked),
            "rejected": dict(self.rejected),
            "failed": failed,
        }

    def _enter_reason(self, record: Record) -> None:
        if record.topic is Topic.REJECTED:
            self.rejected[_header(record, REASON)] += 1
        elif record.topic is Topic.FAILED:
            self.failed[_header(record, _STAGE), _header(record, REASON)] += 1


def _header(record: Record, name: str) -> str:
    """Return the last header of this name: our headers follow those of the input."""
    return next((value.decode() for key, value in reversed(record.headers) if key == name), "?")
