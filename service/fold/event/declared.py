"""The part of an event that repeats what the page declares: people, subjects, teaser, genres."""

from collections.abc import Iterator

from service.contract.article import Article
from service.contract.article_event import AuthorRole, PropertySource
from service.contract.ninjs import Description, GenreOf, PersonOf, SubjectOf
from service.fold.event.addresses import as_uri

IPTC = "http://cv.iptc.org/newscodes/genre/"
IPTC_GENRES = {
    "advertisement": "Advertiser_Supplied",
    "analysis": "Analysis",
    "background": "Background",
    "fact_check": "Fact_Check",
    "interview": "Interview",
    "live": "LiveCoverage",
    "obituary": "Obituary",
    "opinion": "Opinion",
    "press_release": "Press_Release",
    "review": "Review",
    "satire": "Satire",
}
"""Codes of IPTC's Genre NewsCodes (release of 2024-02-13), by our word for the kind."""


def people_of(article: Article) -> tuple[PersonOf, ...]:
    """Return the authors."""
    return tuple(
        PersonOf(name=each.name, uri=as_uri(each.url) if each.url else None)
        for each in article.people
    )


def roles_of(article: Article) -> tuple[AuthorRole, ...]:
    """Return the roles of those authors whose role the page says."""
    return tuple(AuthorRole(name=each.name, role=each.role) for each in article.people if each.role)


def subjects_of(article: Article) -> tuple[SubjectOf, ...]:
    """Return section and keywords."""
    return tuple(SubjectOf(name=each.name, rel=each.rel) for each in article.subjects)


def descriptions_of(article: Article) -> tuple[Description, ...]:
    """Return the teaser, if there is one."""
    teaser = article.teaser
    return () if teaser is None else (Description(role=teaser.role, value=teaser.text),)


def genres_of(article: Article) -> tuple[GenreOf, ...]:
    """Return the declared kinds of text."""
    return tuple(
        GenreOf(name=each.text, literal=each.name, uri=genre_uri(each.name))
        for each in article.genres
    )


def genre_uri(kind: str) -> str | None:
    """Return IPTC's URI of a kind of text; None for one that IPTC has not."""
    code = IPTC_GENRES.get(kind)
    return None if code is None else f"{IPTC}{code}"


def sources_of(article: Article) -> tuple[PropertySource, ...]:
    """Return where on the page each of these stands."""
    return tuple(
        PropertySource(property=pointer, source=source) for pointer, source in _sources(article)
    )


def _sources(article: Article) -> Iterator[tuple[str, str]]:
    if article.title_source is not None:
        yield "/headlines/0", article.title_source
    for number, person in enumerate(article.people):
        yield f"/people/{number}", person.source
    for number, subject in enumerate(article.subjects):
        yield f"/subjects/{number}", subject.source
    if article.teaser is not None:
        yield "/descriptions/0", article.teaser.source
    for number, genre in enumerate(article.genres):
        yield f"/genres/{number}", genre.source
    if article.publisher_source is not None:
        yield "/copydesk/page/publisher_name", article.publisher_source
