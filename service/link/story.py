"""A story as LINK compares it: its text as concepts, and the keys by which it is found."""

from dataclasses import dataclass
from typing import Protocol

from service.link.profile import Profile
from service.text.concepts.keys import link_keys
from service.text.concepts.stream import Concepts
from service.text.hashing import Hashes
from service.text.language_groups import language_group


class Comparable(Protocol):
    """What is compared of a story, however it is kept; see `LinkStory`."""

    @property
    def id(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def agency(self) -> str | None: ...

    @property
    def words(self) -> int:
        """Words of the text."""

    @property
    def profile(self) -> Profile:
        """The text as it is compared."""


@dataclass(frozen=True, slots=True)
class LinkStory:
    """A story, by the text of its original.

    Attributes:
        id: of the story.
        language: group of the language, see `service.text.language_groups`.
        agency: id of the agency that the text is attributed to; None if that is unknown.
        concepts, keys: of the text.
    """

    id: str
    language: str
    agency: str | None
    concepts: Concepts
    keys: Hashes

    @property
    def words(self) -> int:
        """Words of the text."""
        return self.concepts.words

    @property
    def profile(self) -> Profile:
        """The text as it is compared."""
        return Profile(self.concepts)


def link_story(id: str, text: Concepts, language: str, agency: str | None = None) -> LinkStory:
    """Return a story by the concepts of its text.

    Args:
        language: BCP 47 tag.
    """
    return LinkStory(id, language_group(language), agency, text, link_keys(text))
