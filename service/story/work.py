"""How much work an article was, for those who watch a shard."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """Counts of one article.

    Attributes:
        candidates: known articles that share enough keys with it to be asked about.
        compared: pairs of texts compared in full.
    """

    candidates: int
    compared: int
