"""LINK without a broker: follows the records of FOLD, and adds what it says of them."""

from collections.abc import Iterator, Sequence
from functools import partial

from service.contract.record import Record, Topic
from service.link.linker import Linker
from service.link.stage import link_batch, unlinked
from service.local.next_stage import as_consumed, place_all


class LinkFiles:
    """The one LINK of a run."""

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: stories among which translations are found.
        """
        self._linker = Linker(most)
        self._read = 0

    def follow(self, records: Sequence[Record]) -> Iterator[Record]:
        """Yield records, and after each of `stories.concepts` those of LINK. How records are parted
        into calls changes nothing."""
        told = [record for record in records if record.topic is Topic.CONCEPTS]
        messages = [as_consumed(each, self._read + n) for n, each in enumerate(told)]
        self._read += len(told)
        linked = place_all(messages, partial(link_batch, linker=self._linker), unlinked)
        for record in records:
            yield record
            if record.topic is Topic.CONCEPTS:
                yield from next(linked)
