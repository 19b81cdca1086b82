"""What a round gave: the oracle's verdict, and how long outcomes stood still."""

from dataclasses import dataclass, field

from tests.faults.verdict import Verdict


@dataclass
class Result:
    """A round, or several under one name.

    Attributes:
        faults: how often the system was hurt.
        recoveries: seconds from a fault until pages fed after it were through.
        notes: what else was seen, for the table.
    """

    verdict: Verdict
    faults: int
    recoveries: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def recovery(self, share: float) -> float | None:
        """The recovery that this share of them does not exceed; None where none was measured."""
        ordered = sorted(self.recoveries)
        if not ordered:
            return None
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    def __str__(self) -> str:
        return f"{self.faults} faults, {self.verdict}; {'; '.join(self.notes)}"
