"""Dates: as declared for machines, as printed for readers, and the two that are believed."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from lxml.html import HtmlElement

from service.contract.article import DateCandidate, DateKind
from service.read.page.blocks import names_of
from service.read.page.credits import Elsewhere
from service.read.page.date_values import find_day, is_bare_day, read_date
from service.read.page.head import Head
from service.read.page.line_kinds import LABEL, is_time_line
from service.read.page.paragraph import squeeze
from service.read.page.structured_data import Facts

NAMED = re.compile(r"date|datum|fecha|publish|posted|pubdate|timestamp|zeit\b")
DATED = ("p", "span", "div", "time", "li", "small", "em", "i", "td", "dd", "strong", "h5", "h6")
BARE_WITHIN = 8  # elements after the main heading, or before it, in which a bare day is a date
SHORTEST, LONGEST = 6, 160
LONGEST_LABELLED = 80
MOST_VISIBLE = 3


def visible_days(tree: HtmlElement, lang: str | None) -> list[str]:
    """Return up to three days printed near the headline, the most likely first: those after the
    main heading, then those above it. Each is in an element named for dates, in a line that holds
    only the time of publication, or right beside the heading in a line that holds only a day.

    Only for pages that declare none: of 188 such pages of trafilatura's public comparison the first
    day returned is the labelled one on 85 and a different one on 17; of the 28 news pages on 17
    and 5. (Where they differ, the label is as often doubtful as the day.)
    """
    before: list[str] = []
    after: list[str] = []
    days = before
    elsewhere = Elsewhere()
    elements = list(tree.iter("h1", *DATED))
    heading = next((at for at, element in enumerate(elements) if element.tag == "h1"), None)
    for at, element in enumerate(elements):
        near = heading is not None and abs(at - heading) <= BARE_WITHIN
        if element.tag == "h1":
            days = after
        elif (
            len(after) < MOST_VISIBLE
            and (day := dated(element, lang, near=near))
            and not elsewhere.holds(element)
        ):
            days.append(day)
    return list(dict.fromkeys((*after, *reversed(before))))[:MOST_VISIBLE]


def dated(element: HtmlElement, lang: str | None, *, near: bool) -> str | None:
    """Return the day printed in an element, if its tag, name or text shows that it is a date.

    Args:
        near: the element is beside the main heading, where a day alone is a date too.
    """
    text = short_text(element)
    if len(text) < SHORTEST or not any(map(str.isdigit, text)):
        return None
    named = element.tag == "time" or NAMED.search(names_of(element).lower())
    labelled = len(text) < LONGEST_LABELLED and LABEL.search(text)
    bare = near and is_bare_day(text, lang)
    if not (named or labelled or bare or is_time_line(text)):
        return None
    return find_day(text, lang)


def short_text(element: HtmlElement) -> str:
    """Return an element's text; empty if it is longer than LONGEST characters."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > LONGEST:
            return ""
    return squeeze(" ".join(parts))


def earliest_moment(value: str) -> datetime:
    """Return the earliest moment an RFC 3339 value can mean: at UTC+14 if it has no offset."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone(timedelta(hours=14)))
    return moment


PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "datepublished", "dc.date.issued", "dcterms.created",
    "dc.date.created", "publish-date", "publish_date", "publishdate", "pubdate", "date",
    "dc.date", "dcterms.date", "article.published", "published-date", "publication_date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate", "last-published",
    "article_date_original", "originalpublicationdate", "citation_publication_date",
    "citation_date", "og:pubdate", "timestamp", "created", "iptc:date",
    "shareaholic:article_published_time",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "article:modified",
    "article.updated", "revised", "shareaholic:article_modified_time",
)  # fmt: skip
URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|$)")
MOST_CANDIDATES = 40


def collect_dates(
    tree: HtmlElement, times: Iterable[HtmlElement], head: Head, facts: Facts, url: str
) -> tuple[DateCandidate, ...]:
    """Return the dates of the page, distinct, best source first, at most `MOST_CANDIDATES`."""
    published, modified = DateKind.PUBLISHED, DateKind.MODIFIED
    found: list[tuple[DateKind, str, str]] = []
    for name, kind in (
        ("datePublished", published),
        ("dateCreated", published),
        ("uploadDate", published),
        ("dateModified", modified),
    ):
        found += [(kind, f"jsonld.{name}", text) for text in facts.texts(name)]
    for names, kind in ((PUBLISHED_METAS, published), (MODIFIED_METAS, modified)):
        found += [
            (kind, f"meta.{name}", text) for name in names for text in head.metas.get(name, ())
        ]
    for name, kind in (
        ("datepublished", published),
        ("datecreated", published),
        ("datemodified", modified),
    ):
        found += [(kind, f"microdata.{name}", text) for text in head.items.get(name, ())]
    found += [(published, "time", text) for text in time_elements(times)]
    if match := URL_DAY.search(url):
        found.append((published, "url", "-".join(match.groups())))
    candidates = read_all(found, head.lang)
    if not any(candidate.kind is published for candidate in candidates):
        days = visible_days(tree, head.lang)
        candidates += read_all([(published, "visible", day) for day in days], None)
    return tuple(candidates[:MOST_CANDIDATES])


def read_all(found: Iterable[tuple[DateKind, str, str]], lang: str | None) -> list[DateCandidate]:
    """Parse the texts that are dates, without duplicates."""
    candidates: dict[tuple[DateKind, str, str], DateCandidate] = {}
    for kind, source, text in found:
        value = read_date(text, lang)
        if value is not None:
            candidates.setdefault(
                (kind, source, value), DateCandidate(kind=kind, source=source, value=value)
            )
    return list(candidates.values())


def time_elements(elements: Iterable[HtmlElement]) -> list[str]:
    """Return `datetime` of the first ten `time` elements that have one, `pubdate` ones first."""
    times = [element for element in elements if element.get("datetime")][:10]
    times.sort(key=lambda element: element.get("pubdate") is None)
    return [element.get("datetime") or "" for element in times]


def choose_date(
    candidates: tuple[DateCandidate, ...], kind: DateKind, fetched_at: datetime | None
) -> str | None:
    """Return the first candidate of the kind that is not later than the fetch.

    A day without an offset may already have begun further east, so it passes if it has begun
    anywhere. If the fetch time is not given, every candidate passes.
    """
    for candidate in candidates:
        if candidate.kind is kind and (
            fetched_at is None or earliest_moment(candidate.value) <= fetched_at
        ):
            return candidate.value
    return None
