"""All dates that a page gives, and the two that are believed."""

import re
from collections.abc import Iterable
from datetime import datetime

from lxml.html import HtmlElement

from service.events.article import DateCandidate, DateKind
from service.page.date_text import earliest_moment, read_date
from service.page.facts import Facts
from service.page.head import Head
from service.page.visible_dates import visible_days

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
MOST = 40


def collect_dates(
    tree: HtmlElement, times: Iterable[HtmlElement], head: Head, facts: Facts, url: str
) -> tuple[DateCandidate, ...]:
    """Every date of the page, best source first, each once."""
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
    candidates = read_all(found)
    if not any(candidate.kind is published for candidate in candidates):
        days = visible_days(tree, head.lang)
        candidates += read_all([(published, "visible", day) for day in days])
    return tuple(candidates[:MOST])


def read_all(found: Iterable[tuple[DateKind, str, str]]) -> list[DateCandidate]:
    """The texts that are dates, each once."""
    candidates: dict[tuple[DateKind, str, str], DateCandidate] = {}
    for kind, source, text in found:
        value = read_date(text)
        if value is not None:
            candidates.setdefault(
                (kind, source, value), DateCandidate(kind=kind, source=source, value=value)
            )
    return list(candidates.values())


def time_elements(elements: Iterable[HtmlElement]) -> list[str]:
    """`datetime` of the page's time elements, those marked as publication first."""
    times = [element for element in elements if element.get("datetime")][:10]
    times.sort(key=lambda element: element.get("pubdate") is None)
    return [element.get("datetime") or "" for element in times]


def choose_date(
    candidates: tuple[DateCandidate, ...], kind: DateKind, fetched_at: datetime | None
) -> str | None:
    """The first candidate of the kind that is not in the future of the fetch.

    A day without an offset may already have begun further east, so it passes if it has begun
    anywhere. Where the fetch time is unknown, every candidate passes.
    """
    for candidate in candidates:
        if candidate.kind is kind and (
            fetched_at is None or earliest_moment(candidate.value) <= fetched_at
        ):
            return candidate.value
    return None
