"""How the desk's reading of the topics goes, for the foot of each page and for `/healthz`."""

from dataclasses import dataclass


@dataclass(slots=True)
class Reading:
    """Kept by the reader, shown by the pages.

    Attributes:
        brokers: where it reads.
        connected: the brokers answer.
        caught_up: the last look found nothing more to read.
        problem: why nothing is read now; None where all is well.
        missing: topics that do not exist yet.
    """

    brokers: str
    connected: bool = False
    caught_up: bool = False
    problem: str | None = None
    missing: tuple[str, ...] = ()
