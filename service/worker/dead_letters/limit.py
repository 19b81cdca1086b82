"""Notices that a stage turns too many of its inputs into dead letters, because of a bad deploy or a
broken crawler, before a whole topic is moved to `pages.failed`.

No host can make that happen: of one registrable domain only a share of a limit counts, and failures
that a page can cause need many domains.
"""

from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass

from service.contract.outcome import FailureReason
from service.settings import Settings
from service.worker.dead_letters.failure import Cause, Failure

SHARES = {Cause.OURS: 0.2, Cause.PAGE: 0.05}
"""Most that the failures of one registrable domain count, as a share of a limit. So it takes at
least six domains to exceed one with faults of ours, and 21 with failures that a page can cause."""

AGAIN_FAILURES = 10
"""Most failures of the same kind among the first inputs after a halt and a restart."""
AGAIN_INPUTS = 100


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that is exceeded.

    Attributes:
        what: the stage and the limit, for people.
        reason: the most frequent reason.
        reasons: all reasons that were counted.
    """

    what: str
    reason: FailureReason
    reasons: tuple[FailureReason, ...]


class DeadLetterLimit:
    """Counts the outcomes of one stage, in order; dead letters of each cause apart.

    There are two limits, each disabled at 0: `failed_in_a_row` dead letters in a row, and a ratio
    of `failed_ratio` dead letters among the last `failed_window` inputs, once `failed_ratio_after`
    inputs were counted. After a halt and a restart there is a third and lower one for the reasons
    of that halt: `AGAIN_FAILURES` among the first `AGAIN_INPUTS` inputs.
    """

    def __init__(
        self, stage: str, settings: Settings, *, again: Collection[FailureReason] = ()
    ) -> None:
        """Start counting.

        Args:
            again: the reasons of the halt that a restart ended, if it was that.
        """
        self._stage = stage
        self._most_in_a_row = settings.failed_in_a_row
        self._most_ratio = settings.failed_ratio
        self._least = min(settings.failed_ratio_after, settings.failed_window)
        self._recent: deque[Failure | None] = deque(maxlen=settings.failed_window)
        self._again = frozenset(again)
        self._start()

    def clear(self) -> None:
        """Start counting anew, as after any start."""
        self._again = frozenset()
        self._start()

    def _start(self) -> None:
        self._recent.clear()
        self._in_a_row: Counter[Failure] = Counter()
        self._failed_again: Counter[Failure] = Counter()
        self._inputs = 0

    @property
    def is_on_probation(self) -> bool:
        """True among the first inputs after a halt and a restart."""
        return bool(self._again)

    def enter(self, failure: Failure | None) -> Excess | None:
        """Count an input: its failure if it is about to become a dead letter, else None.

        Returns:
            The limit that this input exceeds, if any; then its dead letter must not be written.
        """
        self._recent.append(failure)
        if failure is None:
            self._in_a_row.clear()
        else:
            self._in_a_row[failure] += 1
        again = self._enter_again(failure)
        return again or (None if failure is None else self._row_or_ratio(failure.cause))

    def _enter_again(self, failure: Failure | None) -> Excess | None:
        if not self._again:
            return None
        self._inputs += 1
        if failure is not None and failure.reason in self._again:
            self._failed_again[failure] += 1
            if (failed := _counted(self._failed_again, AGAIN_FAILURES)) > AGAIN_FAILURES:
                what = f"{failed} of the first {self._inputs} after a restart, as before it"
                return self._excess(what, self._failed_again)
        if self._inputs >= AGAIN_INPUTS:
            self._again = frozenset()
        return None

    def _row_or_ratio(self, cause: Cause) -> Excess | None:
        row = Counter({each: n for each, n in self._in_a_row.items() if each.cause is cause})
        if self._most_in_a_row and _counted(row, self._most_in_a_row) > self._most_in_a_row:
            what = f"more than COPYDESK_FAILED_IN_A_ROW={self._most_in_a_row} in a row"
            return self._excess(what, row)
        count = len(self._recent)
        if not self._most_ratio or count < self._least:
            return None
        recent = Counter(each for each in self._recent if each is not None and each.cause is cause)
        if (failed := _counted(recent, count)) > self._most_ratio * count:
            what = f"{failed} of the last {count}, more than COPYDESK_FAILED_RATIO="
            return self._excess(f"{what}{self._most_ratio:g}", recent)
        return None

    def _excess(self, why: str, counted: Counter[Failure]) -> Excess:
        reasons: Counter[FailureReason] = Counter()
        domains: Counter[str] = Counter()
        for failure, count in counted.items():
            reasons[failure.reason] += count
            domains[failure.domain or "no address"] += count
        listed = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
        most = ", ".join(f"{count} {domain}" for domain, count in domains.most_common(3))
        return Excess(
            f"too many dead letters in {self._stage}: {why} ({listed}; from {len(domains)} domains,"
            f" most of all {most})",
            reasons.most_common(1)[0][0],
            tuple(reasons),
        )


def _counted(failures: Counter[Failure], limit: int) -> int:
    """Return how many of these failures, of one cause, count towards a limit.

    What has no address is one more domain if a page can cause it; otherwise all of it counts, since
    no host has a part in it.
    """
    domains: Counter[str | None] = Counter()
    whole = most = 0
    for failure, count in failures.items():
        most = max(1, int(SHARES[failure.cause] * limit))
        if failure.cause is Cause.OURS and failure.domain is None:
            whole += count
        else:
            domains[failure.domain] += count
    return whole + sum(min(count, most) for count in domains.values())
