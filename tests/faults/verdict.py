"""What the oracle found, and how often."""

from collections import Counter
from dataclasses import dataclass, field

from service.contract.record import Topic

_SHOWN = 12


@dataclass
class Verdict:
    """Promises broken, in words, and what was counted.

    Attributes:
        lost: pages without an outcome.
        excused: pages that the fault itself made a dead letter of, as it is promised.
        repeated: records beyond the first with one id, by topic.
    """

    pages: int = 0
    lost: int = 0
    excused: int = 0
    repeated: Counter[Topic] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def accuse(self, promise: str, what: object) -> None:
        """Note that a promise was broken."""
        self.broken.append(f"{promise}: {what}")

    def __str__(self) -> str:
        repeats = ", ".join(f"{count} in {topic}" for topic, count in self.repeated.items())
        shown = "".join(f"\n  {each}" for each in self.broken[:_SHOWN])
        more = f"\n  and {len(self.broken) - _SHOWN} more" if len(self.broken) > _SHOWN else ""
        return (
            f"{self.pages} pages, {self.lost} lost, {self.excused} excused,"
            f" repeated: {repeats or 'none'}, {len(self.broken)} promises broken{shown}{more}"
        )
