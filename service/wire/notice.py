"""Rights notices: "Copyright 2017 The Associated Press. All rights reserved. ..."

A notice that went through a translator is still one. It is told by its parts, not by its letters:
a holder who is an agency, and two of: a copyright word, a year, a reservation of rights, a list of
things that must not be done with the text.
"""

import re
from collections.abc import Iterator
from functools import cache

from service.events.article import Article, Notice
from service.events.wire import Evidence
from service.wire.agency import book
from service.wire.names import name_of, names_within

LONGEST = 900
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def notice_evidence(article: Article) -> Iterator[Evidence]:
    """What the notices that the page bears sign."""
    for notice in article.notices:
        for agency in names_within(notice.text[:LONGEST]):
            if notice.holder is not None and name_of(notice.holder) not in (agency, None):
                continue
            start = notice.text.find(agency.name)
            yield Evidence(
                agency=agency.key,
                rule="notice",
                where="notice",
                text=notice.text,
                span=(start, start + len(agency.name)) if start >= 0 else None,
            )


def is_notice(text: str) -> bool:
    """Whether a paragraph is an agency's rights notice."""
    return len(text) <= LONGEST and parts_of(text) >= 2 and bool(names_within(text))


def parts_of(text: str) -> int:
    """How many of the parts of a notice a paragraph has, beside the holder."""
    folded = text.casefold()
    mark = any(word in folded for word in book().words["copyright"])
    reserved = any(word in folded for word in book().words["reserved"])
    verbs = sum(1 for verbs in _forbidden() if any(verb in folded for verb in verbs))
    return mark + reserved + (verbs >= 2) + (_YEAR.search(text) is not None and mark)


def read_notice(notice: Notice) -> Notice:
    """The notice with holder and year read from its text, where the page's reading lacks them."""
    held = names_within(notice.text[:LONGEST])
    year = _YEAR.search(notice.text)
    return notice.model_copy(
        update={
            "holder": notice.holder or (held[0].name if held else None),
            "year": notice.year or (int(year.group()) if year else None),
        }
    )


@cache
def _forbidden() -> tuple[tuple[str, ...], ...]:
    """The things a notice forbids, each as its words in several languages."""
    return tuple(tuple(words.split("|")) for words in book().words["forbidden"])
