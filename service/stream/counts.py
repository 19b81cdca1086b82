"""What a worker has counted since it started: the one place that logs, `/status` and metrics read.

Only the event loop's thread writes here.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from service.events.failure import ERROR_PREFIX, REASON
from service.events.record import Record
from service.events.topics import Topic

_STAGE = ERROR_PREFIX + "stage"


@dataclass(slots=True)
class Counts:
    """Counters that only grow.

    Attributes:
        read: READ's outcomes, by topic.
        folded: FOLD's records, by topic; `repeats` are inputs that it had placed before.
        rejected: rejections of both stages, by reason.
        failed: dead letters, by stage (`decode`, `read`, `fold`) and reason. What a page did to
            the child that read it is told apart: `timeout`, `out_of_memory`, `crashed`, `error`.
    """

    read: Counter[str] = field(default_factory=Counter)
    folded: Counter[str] = field(default_factory=Counter)
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

    def report(self) -> dict[str, Any]:
        """All of it, for JSON; the dead letters as `stage.reason`."""
        failed = {f"{stage}.{reason}": count for (stage, reason), count in self.failed.items()}
        return {
            "read": dict(self.read),
            "folded": dict(self.folded),
            "rejected": dict(self.rejected),
            "failed": failed,
        }

    def _enter_reason(self, record: Record) -> None:
        if record.topic is Topic.REJECTED:
            self.rejected[_header(record, REASON)] += 1
        elif record.topic is Topic.FAILED:
            self.failed[_header(record, _STAGE), _header(record, REASON)] += 1


def _header(record: Record, name: str) -> str:
    """The last header of this name: ours stand after those that the page brought."""
    return next((value.decode() for key, value in reversed(record.headers) if key == name), "?")
