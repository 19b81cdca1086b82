"""Extracted articles for the tests of FOLD, and texts for them."""

import base64
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from service.contract.article import Article
from service.contract.attribution import Revision, RevisionKind, Wire
from service.contract.extracted import Extracted, SourcePosition
from service.contract.identity import article_uri, digest
from service.local.sample.texts import story_text
from service.text.signature import sign

START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


class ArticleOptions(TypedDict, total=False):
    """What `extracted` takes beside a text, its address and its offset."""

    title: str
    language: str
    agency: str | None
    own: bool
    revision: RevisionKind | None
    canonical: str | None
    published: str | None
    minutes: float | None
    hours: float


def text_of(story: str, variant: str = "original") -> str:
    """Return a text of the sample crawl."""
    return "\n\n".join(story_text(story, variant))


def with_concepts(article: Extracted) -> Extracted:
    """Return an article whose signature has concepts, which FOLD passes on unread: here its own
    words' hash."""
    concepts = base64.b64encode(article.signature.exact.encode()).decode()
    signature = article.signature.model_copy(update={"concepts": concepts})
    return article.model_copy(update={"signature": signature})


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
    """Return an article as READ extracts it.

    Args:
        minutes, hours: from START to its fetch; `minutes` is `offset` if None.
    """
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
