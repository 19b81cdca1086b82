"""LINK's memory from the records of `link.state`."""

from service.contract.fold_state import check_state_version
from service.contract.link_state import LINKED_PREFIX, POSITION_PREFIX, LinkPosition, LinkRecord
from service.contract.serde import load, load_json
from service.link.arrival import packed_bytes, unpacked
from service.link.held import Held, Pair
from service.link.linker import Linker
from service.text.concepts.keys import link_keys
from service.text.hashing import Hashes


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
            UndecodableValue: its concepts are not base64, or damaged.
        """
        told = record.concepts
        packed = packed_bytes(told.concepts)
        words = unpacked(packed).words if packed else 0
        held = Held(record.number, told, packed, words)
        held.pairs = {each.story: Pair(each.score, each.evidence) for each in record.pairs}
        self._held[told.story] = held

    def delete_story(self, story: str) -> None:
        """Take the tombstone of a story."""
        self._held.pop(story, None)

    def put_position(self, position: LinkPosition) -> None:
        """Take how far `stories.concepts` was read."""
        self._position = position

    def finish(self) -> Linker:
        """Return the memory that the records are of."""
        linker = Linker(self._most)
        if self._position is not None:
            linker.offset, linker.next_number = self._position.offset, self._position.number
        ordered = sorted(self._held.values(), key=lambda held: held.number)
        linker.restore((held, _keys(held)) for held in ordered)
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


def _keys(held: Held) -> Hashes | None:
    return link_keys(unpacked(held.packed)) if held.packed else None
