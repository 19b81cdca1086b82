"""What is taken from the crawler's hints where the page itself has nothing, always with the hint as
its source."""

from collections.abc import Iterable

from service.contract.article import DateCandidate, DateKind
from service.contract.declared import SUBJECTS_KEPT, Subject
from service.contract.hints import Hints
from service.read.page.dates import read_all
from service.read.page.paragraph import normalise_words
from service.read.page.title import LONGEST, SHORTEST, strip_site

FEED, SITEMAP = "hint.feed", "hint.sitemap"
KEYWORD = "keyword"


def hinted_dates(hints: Hints | None) -> list[DateCandidate]:
    """Return the dates of the feed and of the news sitemap. They come after the page's own."""
    named = _dates(hints)
    return read_all([(DateKind.PUBLISHED, source, text) for source, _, text in named], None)


def hinted_title(
    hints: Hints | None, site_name: str | None, host: str
) -> tuple[str, str] | tuple[str, None]:
    """Return the title of the feed entry, else that of the news sitemap, without the site's name,
    and its source; an empty title and None if there is none."""
    if hints is not None:
        for source, text in ((FEED, hints.feed_title), (SITEMAP, hints.sitemap_title)):
            title = strip_site(text or "", site_name, host)
            if SHORTEST <= len(title) <= LONGEST:
                return title, source
    return "", None


def with_hinted_keywords(subjects: Iterable[Subject], hints: Hints | None) -> tuple[Subject, ...]:
    """Return the page's subjects; with the keywords of the news sitemap if there is no keyword
    among them."""
    own = tuple(subjects)
    if hints is None or any(subject.rel == KEYWORD for subject in own):
        return own
    keywords = {normalise_words(text): text for text in reversed(hints.sitemap_keywords)}
    added = tuple(
        Subject(name=text, rel=KEYWORD, source=SITEMAP)
        for text in hints.sitemap_keywords
        if keywords.pop(normalise_words(text), None) is not None
    )
    return (*own, *added[: SUBJECTS_KEPT - len(own)])


def noted(hints: Hints | None) -> Hints | None:
    """Return the hints as an article keeps them: without the words that are in its rights, and with
    a note of dates that cannot be read."""
    if hints is None:
        return None
    unread = tuple(
        f"{name}: no date: {text[:40]}"
        for source, name, text in _dates(hints)
        if not read_all([(DateKind.PUBLISHED, source, text)], None)
    )
    kept = hints.model_copy(
        update={"robots": (), "tdmrep": (), "dropped": (*hints.dropped, *unread)}
    )
    return None if kept == Hints() else kept


def _dates(hints: Hints | None) -> list[tuple[str, str, str]]:
    """Source, name and text of each date that was given."""
    if hints is None:
        return []
    given = (
        (FEED, "feed_published", hints.feed_published),
        (SITEMAP, "sitemap_published", hints.sitemap_published),
    )
    return [(source, name, text) for source, name, text in given if text]
