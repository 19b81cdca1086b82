"""How many dead letters are too many: past it a worker stops, instead of moving a whole topic to
`pages.failed` because of one bad deploy or one broken crawler."""

from collections import Counter, deque

from service.events.failure import REASON
from service.events.record import Record
from service.events.topics import Topic
from service.settings import Settings
from service.stream.fatal import UNREADABLE, Stop


class DeadLetterLimit:
    """Counts what one stage makes of its inputs, in order.

    Two bounds, each off at 0: so many dead letters in a row, and more than such a ratio of dead
    letters among the last `failed_window` inputs, once `failed_ratio_after` inputs were counted.
    """

    def __init__(self, stage: str, settings: Settings) -> None:
        self._stage = stage
        self._most_in_a_row = settings.failed_in_a_row
        self._most_ratio = settings.failed_ratio
        self._least = min(settings.failed_ratio_after, settings.failed_window)
        self._recent: deque[str | None] = deque(maxlen=settings.failed_window)
        self._reasons: Counter[str] = Counter()
        self._in_a_row = 0

    def enter(self, reason: str | None) -> None:
        """Count an input: the reason if it is about to become a dead letter, else None.

        Raises:
            Stop: it is one too many, and must not be written.
        """
        if len(self._recent) == self._recent.maxlen and (oldest := self._recent[0]) is not None:
            self._reasons[oldest] -= 1
        self._recent.append(reason)
        if reason is None:
            self._in_a_row = 0
            return
        self._reasons[reason] += 1
        self._in_a_row += 1
        if self._most_in_a_row and self._in_a_row > self._most_in_a_row:
            raise self._stop(f"more than COPYDESK_FAILED_IN_A_ROW={self._most_in_a_row} in a row")
        failed = self._reasons.total()
        if (
            self._most_ratio
            and len(self._recent) >= self._least
            and failed > self._most_ratio * len(self._recent)
        ):
            raise self._stop(
                f"{failed} of the last {len(self._recent)}, more than"
                f" COPYDESK_FAILED_RATIO={self._most_ratio:g}"
            )

    def _stop(self, why: str) -> Stop:
        reasons = ", ".join(f"{count} {reason}" for reason, count in (+self._reasons).most_common())
        return Stop(
            f"too many dead letters in {self._stage}: {why} ({reasons}). The worker stops here;"
            " nothing is lost: this input and those after it stay where they are. Repair the cause"
            " and start the worker again; `copydesk replay` puts back what is in pages.failed.",
            UNREADABLE,
        )


def failure_of(record: Record) -> str | None:
    """The reason of a dead letter; None for any other record."""
    if record.topic is not Topic.FAILED:
        return None
    return dict(record.headers)[REASON].decode()
