"""LINK's memory from the records of `link.state`."""

from collections.abc import Iterator, Sequence

from service.contract.fold_state import check_state_version
from service.contract.link_state import LINKED_PREFIX, POSITION_PREFIX, LinkPosition, LinkRecord
from service.contract.serde import load, load_json
from service.link.arrival import packed_bytes, unpacked_together
from service.link.held import Held, Pair
from service.link.linker import Linker
from service.text.concepts.keys import link_keys_together
from service.text.hashing import Hashes

_TOGETHER = 64
"""Texts that are unpacked together."""


class LinkRestorer:
    """Takes records of the log in its order. Of each key the last counts."""

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: see `Linker`.
        """
        self._most = most
        self._held: dict[str, Held] = {}
        self._position: LinkPosition | None = None

    def put_story(self, record: LinkRecord) -> None:
        """Take a story.

        Raises:
            UndecodableValue: its concepts are not base64.
        """
        told = record.concepts
        packed = packed_bytes(told.concepts)
        held = Held(record.number, told, packed, 0)  # its words are counted at last
        held.pairs = {each.story: Pair(each.score, each.evidence) for each in record.pairs}
        self._held[told.story] = held

    def delete_story(self, story: str) -> None:
        """Take the tombstone of a story."""
        self._held.pop(story, None)

    def put_position(self, position: LinkPosition) -> None:
        """Take how far `stories.concepts` was read."""
        self._position = position

    def finish(self) -> Linker:
        """Return the memory that the records are of.

        Raises:
            UndecodableValue: concepts are damaged.
        """
        linker = Linker(self._most)
        if self._position is not None:
            linker.offset, linker.next_number = self._position.offset, self._position.number
        ordered = sorted(self._held.values(), key=lambda held: held.number)
        linker.restore(_with_keys(ordered))
        return linker


def enter(restorer: LinkRestorer, key: str, value: bytes | None) -> None:
    """Apply one record or tombstone of `link.state`; one of another kind is passed over.

    Raises:
        UndecodableValue: the record is not one of ours.
        NewerState: the record was written by a later version.
    """
    if key.startswith(LINKED_PREFIX):
        if value is None:
            restorer.delete_story(key.removeprefix(LINKED_PREFIX))
        else:
            check_state_version(load_json(value))
            restorer.put_story(load(LinkRecord, value))
    elif key.startswith(POSITION_PREFIX) and value is not None:
        check_state_version(load_json(value))
        restorer.put_position(load(LinkPosition, value))


def _with_keys(stories: Sequence[Held]) -> Iterator[tuple[Held, Hashes | None]]:
    """Unpack stories, some together: count their words, and return them with their keys; None if a
    story has left the window."""
    for first in range(0, len(stories), _TOGETHER):
        some = stories[first : first + _TOGETHER]
        texts = unpacked_together([held.packed for held in some if held.packed])
        unpacked = zip(texts, link_keys_together(texts), strict=True)
        for held in some:
            if held.packed:
                text, keys = next(unpacked)
                held.words = text.words
                yield held, keys
            else:
                yield held, None
