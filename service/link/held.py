"""A story in LINK's memory, packed: a window has hundreds of thousands."""

import base64
import zlib
from collections.abc import Mapping
from sys import getsizeof, intern
from typing import NamedTuple

import orjson

from service.contract.fold_state import STATE_VERSION
from service.contract.serde import load
from service.contract.story_concepts import StoryConcepts
from service.contract.translations import TranslationEvidence
from service.link.profile import Profile
from service.link.profiles import profile_of
from service.text.language_groups import language_group

_NO_PAIRS: Mapping[str, "Pair"] = {}
_OBJECTS = 400
"""Bytes that a story takes beside its strings: the object, its id, and its places in tables."""
PAIR_BYTES = 500
"""Bytes that each of the two sides of a pair takes."""

_NOT_KEPT = frozenset({"concepts", "time", "traceparent"})

_USUAL = (
    b'","published":"202","seen":"202","says_translated":true,"names":["urn:copydesk:article:'
    b'{"agency":"","headline":"","host":"www.","language":"en","names":[],"own":false,'
    b'"status":"active","story":"urn:copydesk:story:","uri":"urn:copydesk:article:",'
    b'"url":"https://www.'
)
"""What the JSON of most stories has, so that it takes no room in each."""


class Pair(NamedTuple):
    """What makes two stories translations of one another."""

    score: float
    evidence: TranslationEvidence


class Held:
    """A story, as it is kept. It is a `service.link.story.Comparable`.

    Attributes:
        id, agency: of the story.
        language: group of its language.
        number: order of arrival.
        packed: the text as concepts, packed; empty if the story has left FOLD's window and is kept
            for what was said of it.
        words: of the text.
        about: the story as FOLD told it, without its text, see `about`.
        pairs: by id of the other story.
    """

    __slots__ = ("about", "agency", "id", "language", "number", "packed", "pairs", "words")

    def __init__(self, number: int, told: StoryConcepts, packed: bytes, words: int) -> None:
        self.id = told.story
        self.number = number
        self.language = intern(language_group(told.language))
        self.agency = told.agency and intern(told.agency)
        self.packed = packed
        self.words = words
        self.about = about(told)
        self.pairs: Mapping[str, Pair] = _NO_PAIRS

    @property
    def profile(self) -> Profile:
        """The text as it is compared."""
        return profile_of(self.packed)

    @property
    def told(self) -> StoryConcepts:
        """The story as FOLD told it, without its text."""
        return load(StoryConcepts, _inflated(self.about))

    @property
    def nbytes(self) -> int:
        """Bytes that it takes, but for its pairs."""
        return _OBJECTS + getsizeof(self.packed) + getsizeof(self.about)

    def is_as(self, told: StoryConcepts, packed: bytes) -> bool:
        """True if what is compared is as it is told: text, language and agency."""
        return (
            self.packed == packed != b""
            and self.agency == told.agency
            and self.language == language_group(told.language)
        )

    def pair(self, other: str, pair: Pair) -> None:
        """Add a pair, or put it in the place of an earlier one."""
        self.pairs = {**self.pairs, other: pair}

    def part(self, other: str) -> None:
        """Remove a pair, if it is there."""
        self.pairs = {id: pair for id, pair in self.pairs.items() if id != other} or _NO_PAIRS

    @property
    def best(self) -> list[tuple[str, Pair]]:
        """The pairs, the highest score first."""
        return sorted(self.pairs.items(), key=lambda each: (-each[1].score, each[0]))

    @property
    def value(self) -> bytes:
        """The story's record in LINK's state, a `LinkRecord`."""
        concepts = orjson.loads(_inflated(self.about))
        if self.packed:
            concepts["concepts"] = base64.b64encode(self.packed).decode()
        pairs = [
            {
                "story": other,
                "score": pair.score,
                "evidence": pair.evidence.model_dump(exclude_none=True),
            }
            for other, pair in self.best
        ]
        # By hand: a model is made and checked in ten times the time.
        return orjson.dumps(
            {
                "state_version": STATE_VERSION,
                "number": self.number,
                "concepts": concepts,
                "pairs": pairs,
            },
            option=orjson.OPT_SORT_KEYS,
        )


def about(told: StoryConcepts) -> bytes:
    """Return what is kept of a story beside its text: what FOLD told, but for the input that made
    it tell; JSON, compressed."""
    kept = {name: value for name, value in told if value is not None and name not in _NOT_KEPT}
    deflated = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 4, zdict=_USUAL)
    return deflated.compress(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)) + deflated.flush()


def _inflated(about: bytes) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS, zdict=_USUAL).decompress(about)
