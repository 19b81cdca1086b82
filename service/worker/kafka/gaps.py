"""Gaps between the offsets of a log: which are its own, and which are records that were missed.

A gap in what was fetched is read again once. What is there a second time is the log's own:
compaction and the control records that end a transaction leave gaps.
"""

import logging

from faust.types import TP

logger = logging.getLogger(__name__)

Gap = tuple[int, int]
"""The offset that is wanted next, and the one that was found instead."""


class Gaps:
    """The last gap found in each partition, and the last one at its end."""

    def __init__(self) -> None:
        self._holes: dict[TP, Gap] = {}
        self._tails: dict[TP, Gap] = {}

    def is_hole(self, tp: TP, wanted: int, found: int) -> bool:
        """True if the log itself has no record between two offsets: the gap is found a second time.

        Compaction and the control records that end a transaction leave gaps. Within one fetch every
        gap is the log's own.
        """
        seen = (wanted, found)
        if self._holes.get(tp) == seen:
            return True
        self._holes[tp] = seen
        logger.debug("%s/%s: offset %d where %d is wanted, read again", *tp, found, wanted)
        return False

    def is_tail(self, tp: TP, wanted: int, position: int) -> bool:
        """True if a partition was fetched further than it was delivered, and this gap was not read
        again yet.

        Args:
            position: offset of the next record to fetch.
        """
        return position > wanted and self._tails.get(tp) != (wanted, position)

    def read_tails(self, tails: dict[TP, Gap]) -> None:
        """Note that gaps at the end of partitions are read again."""
        self._tails |= tails

    def forget_tails(self) -> None:
        """Forget the gaps at the ends: every partition is read from another offset."""
        self._tails = {}
