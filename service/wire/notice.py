"""Rights notices: "Copyright 2017 The Associated Press. All rights reserved. ..."

A notice that went through a translator is still one. It is told by its parts, not by its letters:
a holder who is an agency, and of a copyright word, a reservation of rights, two acts that are
forbidden, and a permission that is wanting, at least two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service.events.article import Notice
from service.events.wire import Evidence
from service.wire.agency import book
from service.wire.names import mask, names_within
from service.wire.shapes import MASK
from service.wire.trailer import last_paragraphs

LONGEST = 900
"""Characters: what is longer is terms of use."""
MOST_OTHER_WORDS = 4
"""In a notice's first sentence, beside holder, year, mark and reservation."""
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


@dataclass(frozen=True, slots=True)
class NoticeParts:
    """Which parts of a notice a text has."""

    mark: bool
    reserved: bool
    forbidden: bool
    permission: bool

    @property
    def number(self) -> int:
        """How many there are."""
        return self.mark + self.reserved + self.forbidden + self.permission


def parts_of(text: str) -> NoticeParts:
    """Take a text for a notice and look for the parts of one."""
    folded = text.casefold()
    words = book().words
    return NoticeParts(
        mark=any(word in folded for word in words["copyright"]),
        reserved=any(word in folded for word in words["reserved"]),
        forbidden=_acts(folded) >= 2,
        permission=any(word in folded for word in words["permission"]),
    )


def is_notice(text: str) -> bool:
    """Whether a paragraph is an agency's rights notice: its first sentence says whose and hardly
    anything else, which sets it apart from a story about copyright."""
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
    """Spans of the paragraphs among the last that are agencies' notices."""
    return [(start, end) for start, end in last_paragraphs(text) if is_notice(text[start:end])]


def complete(notice: Notice) -> Notice:
    """The notice with what its text says and its fields lack: holder, year, terms of use."""
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
    """What the notices sign: the holder's name, or, where the holder was not made out, any."""
    for notice in notices:
        held = names_within(notice.holder or notice.text[:LONGEST])
        for agency in held:
            yield Evidence(
                agency=agency.key, rule="notice", where="notice", text=notice.text[:LONGEST]
            )


def _acts(folded: str) -> int:
    """How many of the acts that notices forbid a text names."""
    return sum(any(word in folded for word in words) for words in _forbidden())


@cache
def _forbidden() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.split("|")) for words in book().words["forbidden"])
