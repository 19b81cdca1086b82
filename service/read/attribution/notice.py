"""Rights notices: "Copyright 2017 The Associated Press. All rights reserved. ..."

A notice is recognised by its parts rather than by its exact wording, so that machine-translated
ones are found too. It needs an agency as holder and at least two of these: a copyright word, a
reservation of rights, two forbidden acts, a required permission.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service.agencies.shapes import MASK
from service.agencies.table import book
from service.contract.article import Notice
from service.contract.attribution import Evidence
from service.read.attribution.names import mask, names_within
from service.read.attribution.trailer import last_paragraphs

LONGEST = 900
"""Characters: longer texts are terms of use."""
MOST_OTHER_WORDS = 4
"""In a notice's first sentence, besides holder, year, copyright word and reservation."""
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


@dataclass(frozen=True, slots=True)
class NoticeParts:
    """The parts of a notice that a text has; `copyright_word` is a copyright word or symbol."""

    copyright_word: bool
    reserved: bool
    forbidden: bool
    permission: bool

    @property
    def number(self) -> int:
        """Number of parts that the text has."""
        return self.copyright_word + self.reserved + self.forbidden + self.permission


def parts_of(text: str) -> NoticeParts:
    """Return which parts of a notice a text has."""
    lowered = text.casefold()
    words = book().words
    return NoticeParts(
        copyright_word=any(word in lowered for word in words["copyright"]),
        reserved=any(word in lowered for word in words["reserved"]),
        forbidden=_acts(lowered) >= 2,
        permission=any(word in lowered for word in words["permission"]),
    )


def is_notice(text: str) -> bool:
    """Whether a paragraph is an agency's rights notice. Its first sentence must name the holder and
    have hardly any other words, which distinguishes it from a story about copyright."""
    if len(text) > LONGEST:
        return False
    first = _SENTENCE.split(text, maxsplit=1)[0]
    masked = mask(first)
    if masked is None or not names_within(first) or parts_of(text).number < 2:
        return False
    said = masked.casefold().replace(MASK, " ")
    for word in (*book().words["copyright"], *book().words["reserved"]):
        said = said.replace(word, " ")
    return len(_WORD.findall(said)) <= MOST_OTHER_WORDS


def find_notices(text: str) -> list[tuple[int, int]]:
    """Return the spans of agencies' notices among the last paragraphs."""
    return [(start, end) for start, end in last_paragraphs(text) if is_notice(text[start:end])]


def complete(notice: Notice) -> Notice:
    """Fill in a notice's missing holder, year and terms of use from its text."""
    text = notice.text[:LONGEST]
    held = names_within(text)
    year = _YEAR.search(text)
    terms = [sentence for sentence in _SENTENCE.split(text) if _acts(sentence.casefold())]
    return notice.model_copy(
        update={
            "holder": notice.holder or (held[0].name if held else None),
            "year": notice.year or (int(year.group()) if year else None),
            "usage_terms": notice.usage_terms or " ".join(terms) or None,
        }
    )


def notice_evidence(notices: Iterator[Notice] | tuple[Notice, ...]) -> Iterator[Evidence]:
    """Yield evidence for the agencies that notices name as holder, or at all if that is missing."""
    for notice in notices:
        held = names_within(notice.holder or notice.text[:LONGEST])
        for agency in held:
            yield Evidence(
                agency=agency.key, rule="notice", where="notice", text=notice.text[:LONGEST]
            )


def _acts(lowered: str) -> int:
    """Return how many of the acts that notices forbid are named in a lower-cased text."""
    return sum(any(word in lowered for word in words) for words in _forbidden())


@cache
def _forbidden() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.split("|")) for words in book().words["forbidden"])
