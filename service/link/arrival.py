"""A story that comes to LINK: its text is unpacked when it is needed, once."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.contract.serde import UndecodableValue
from service.contract.story import StoryStatus
from service.contract.story_concepts import StoryConcepts
from service.link.guards import LEAST_WORDS
from service.link.profile import Profile
from service.link.profiles import profile_of
from service.link.story import LinkStory
from service.text.concepts.keys import link_keys_together
from service.text.concepts.packed import VERSION, unpack_together
from service.text.concepts.stream import Concepts
from service.text.hashing import Hashes
from service.text.language_groups import language_group


def packed_bytes(concepts: str | None) -> bytes:
    """Return concepts as they are kept, without base64; empty for None, and for those that another
    version signed: ids of two versions say nothing of each other, and workers of both may run.

    Raises:
        UndecodableValue: they are not base64.
    """
    try:
        packed = base64.b64decode(concepts or "", validate=True)
    except ValueError as error:
        raise UndecodableValue(f"concepts: {error}") from error
    return packed if packed[:1] == bytes((VERSION,)) else b""


def unpacked_together(packed: Sequence[bytes]) -> list[Concepts]:
    """Return the concepts of some texts.

    Raises:
        UndecodableValue: those of one are damaged.
    """
    try:
        return unpack_together(packed)
    except ValueError as error:
        raise UndecodableValue(f"concepts: {error}") from error


@dataclass(frozen=True, slots=True)
class ArrivedStory(LinkStory):
    """A story that comes.

    Attributes:
        packed: its text, packed.
    """

    packed: bytes

    @property
    def profile(self) -> Profile:
        """The text as it is compared; it is kept for those that come next."""
        return profile_of(self.packed, self.concepts)


class Arrival:
    """What FOLD told of a story.

    Attributes:
        told: as it told it.
        packed: the text as concepts, packed; empty if the story is not to be linked.
    """

    __slots__ = ("_story", "_unpacked", "packed", "told")

    def __init__(self, told: StoryConcepts) -> None:
        """Wrap what was told.

        Raises:
            UndecodableValue: the concepts are not base64.
        """
        self.told = told
        active = told.status is StoryStatus.ACTIVE and told.concepts is not None
        self.packed = packed_bytes(told.concepts) if active else b""
        self._unpacked = False
        self._story: LinkStory | None = None

    def story(self) -> LinkStory | None:
        """Return the story as it is compared; None if it is not to be linked, or its text is too
        short for it.

        Raises:
            UndecodableValue: the concepts are damaged.
        """
        if self.packed and not self._unpacked:
            (text,) = unpacked_together([self.packed])
            self.unpack(text, link_keys_together([text])[0])
        return self._story

    def unpack(self, text: Concepts, keys: Hashes) -> None:
        """Take the text unpacked, and its keys."""
        self._unpacked = True
        if text.words >= LEAST_WORDS:
            told, group = self.told, language_group(self.told.language)
            self._story = ArrivedStory(told.story, group, told.agency, text, keys, self.packed)


def unpack_arrivals(arrivals: Iterable[Arrival]) -> None:
    """Unpack the texts of several stories, which is cheaper than one by one. Where one is damaged,
    none is: who takes the story says so."""
    packed = [arrival for arrival in arrivals if arrival.packed]
    try:
        texts = unpacked_together([arrival.packed for arrival in packed])
    except UndecodableValue:
        return
    for arrival, text, keys in zip(packed, texts, link_keys_together(texts), strict=True):
        arrival.unpack(text, keys)
