"""SQL conditions of the filters of the list: on stories `s`, and on articles as `places p`."""

from dataclasses import dataclass, field

from service.contract.address_spelling import spellings
from service.contract.identity import ARTICLE_URN, STORY_URN, article_uri
from service.desk.ingest.places import NO_COPIES
from service.desk.queries.search_box import host_names
from service.desk.queries.search_text import match_of
from service.desk.queries.story_filters import (
    COPY,
    NO_AGENCY,
    StoryFilters,
    first_second,
    last_second,
)
from service.desk.queries.translations import IS_LINKED
from service.read.page import canonicalize

MOST_HITS = 20_000
"""Maximum number of matching articles that a search considers: those that came last."""


@dataclass(slots=True)
class Conditions:
    """Conditions that must all hold, and the values of their placeholders."""

    texts: list[str] = field(default_factory=list)
    values: list[str | int] = field(default_factory=list)

    def add(self, text: str, *values: str | int) -> None:
        """Add a condition."""
        self.texts.append(text)
        self.values += values

    @property
    def where(self) -> str:
        """The conditions as one."""
        return " AND ".join(self.texts) or "1"


def on_stories(filters: StoryFilters) -> Conditions:
    """Conditions on `stories s` that no article decides."""
    found = Conditions()
    found.add("s.status <> 'merged'")
    if filters.agency == NO_AGENCY:
        found.add("s.agency IS NULL")
    elif filters.agency:
        found.add("s.agency = ?", filters.agency)
    if filters.status:
        found.add("s.status = ?", filters.status)
    if filters.copies:
        found.add("s.copies > 0")
    if filters.translated:
        found.add(IS_LINKED)
    if filters.original:
        found.add("s.original_host IN (?, ?)", *host_names(filters.original))
    if filters.id:
        _add_id(found, filters.id)
    return found


def on_articles(filters: StoryFilters) -> Conditions:
    """Conditions on `places p`. One article must meet them all."""
    found = Conditions()
    if filters.relation == COPY:
        found.add("p.place NOT IN (?, ?)", *NO_COPIES)
    elif filters.relation:
        found.add("p.place = ?", filters.relation)
    if filters.language:
        found.add("p.language = ?", filters.language)
    if filters.host:
        found.add("p.host IN (?, ?)", *host_names(filters.host))
    if filters.flag:
        found.add("p.number IN (SELECT number FROM article_flags WHERE flag = ?)", filters.flag)
    if (since := first_second(filters.since)) is not None:
        found.add("p.seen >= ?", since)
    if (until := last_second(filters.until)) is not None:
        found.add("p.seen <= ?", until)
    for text, column in ((filters.q, ""), (filters.by, "people : ")):
        if text:
            _add_words(found, text, column)
    return found


def with_story(filters: StoryFilters, articles: Conditions) -> Conditions:
    """Conditions on articles with those on their story that `places p` has too: fewer articles
    are looked at, and none of another story is found."""
    found = Conditions([*articles.texts], [*articles.values])
    if filters.agency:
        found.add("p.agency = ?", "" if filters.agency == NO_AGENCY else filters.agency)
    if filters.original:
        found.add("p.source IN (?, ?)", *host_names(filters.original))
    return found


def words_of(filters: StoryFilters) -> list[str]:
    """The MATCH expressions of the words that are searched."""
    typed = ((filters.q, ""), (filters.by, "people : "))
    return [f"{column}({match})" for text, column in typed if (match := match_of(text))]


def _add_words(found: Conditions, text: str, column: str) -> None:
    match = match_of(text)
    if match is None:
        found.add("0")
        return
    found.add(
        "p.number IN (SELECT rowid FROM article_text WHERE article_text MATCH ?"
        " ORDER BY rowid DESC LIMIT ?)",
        f"{column}({match})",
        MOST_HITS,
    )


def _add_id(found: Conditions, given: str) -> None:
    """The story of what an id, a urn or an address names."""
    key = given.removeprefix(STORY_URN).removeprefix(ARTICLE_URN)
    uris = [ARTICLE_URN + key]
    addresses = [given]
    try:
        canonical = canonicalize(given)[0]
        addresses += spellings(canonical)
        uris += [article_uri(each) for each in spellings(canonical)]
    except ValueError:
        pass
    marks, url_marks = (",".join("?" * len(each)) for each in (uris, addresses))
    found.add(
        "s.id IN (SELECT root FROM stories WHERE id = ?"  # noqa: S608 - placeholders only
        " UNION SELECT m.root FROM articles a JOIN stories m ON m.id = a.story_id"
        f" WHERE a.uri IN ({marks}) OR a.url IN ({url_marks})"
        " OR a.uri = (SELECT uri FROM versions WHERE event_id = ?))",
        STORY_URN + key,
        *uris,
        *addresses,
        given,
    )
