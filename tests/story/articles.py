"""Extracted articles for the tests of folding, and texts to make them of."""

from datetime import UTC, datetime, timedelta

from service.events.article import Article
from service.events.extracted import Extracted, SourcePosition
from service.events.identity import article_uri, digest
from service.events.wire import Revision, RevisionKind, Wire
from service.local.sample.texts import story_text
from service.story.sign import sign

START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


def told(story: str, variant: str = "original") -> str:
    """A text of the sample crawl."""
    return "\n\n".join(story_text(story, variant))


def extracted(
    text: str,
    *,
    url: str,
    offset: int,
    title: str = "A headline that nobody quotes",
    language: str = "en",
    agency: str | None = None,
    own: bool = False,
    revision: RevisionKind | None = None,
    canonical: str | None = None,
    published: str | None = None,
    minutes: float | None = None,
    hours: float = 0.0,
) -> Extracted:
    """What READ would hand over, fetched so long after START; `offset` minutes if not said."""
    at = START + timedelta(hours=hours, minutes=offset if minutes is None else minutes)
    return Extracted(
        article=Article(
            uri=article_uri(url),
            url=url,
            canonical_url=url,
            host=url.split("/")[2],
            declared_canonical=canonical,
            fetched_at=at,
            title=title,
            text=text,
            language=language,
            published=published,
            content_hash=digest(title, text),
        ),
        wire=Wire(
            agency=agency,
            agencies=(agency,) if agency else (),
            is_original=own,
            revision=Revision(kind=revision, text="mark") if revision else None,
        ),
        signature=sign(text, language),
        source=SourcePosition(topic="pages.raw", partition=0, offset=offset),
    )
