"""An extracted article and its placement to the event that readers see."""

from service.events.article import Article
from service.events.article_event import (
    ArticleEvent,
    Association,
    Body,
    CopydeskBlock,
    Headline,
    InfoSource,
    PageBlock,
    QualityBlock,
    StoryBlock,
    WireBlock,
)
from service.events.extracted import Extracted
from service.events.placement import Placement, Relation
from service.story.decision import Placed
from service.story.known import KnownArticle
from service.wire import agencies

_ORIGINATOR = "originfo"


def present(extracted: Extracted, placed: Placed) -> ArticleEvent:
    """The event of one version of an article."""
    article, wire = extracted.article, extracted.wire
    fetched_at = article.fetched_at.isoformat() if article.fetched_at else None
    notice = article.notices[0] if article.notices else None
    placement = placed.placement
    return ArticleEvent(
        uri=article.uri,
        version=str(placed.version),
        language=article.language,
        pub_status="canceled" if placed.withdrawn else "usable",
        headlines=(Headline(value=article.title),),
        by=", ".join(article.authors) or None,
        located=wire.dateline.place if wire.dateline else None,
        first_created=article.published or placed.first_created,
        version_created=article.modified or article.published or fetched_at,
        content_created=article.published,
        bodies=(_body(article),),
        info_sources=tuple(_source(key) for key in wire.agencies),
        copyright_holder=notice.holder if notice else None,
        copyright_notice=notice.text if notice else None,
        usage_terms=notice.usage_terms if notice else None,
        ed_note=wire.ed_note,
        associations=_associations(article),
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=article.url,
                canonical_url=article.canonical_url,
                host=article.host,
                site_name=article.site_name,
                fetched_at=article.fetched_at,
                content_hash=article.content_hash,
            ),
            wire=WireBlock(
                agency=wire.agency,
                agencies=wire.agencies,
                agency_class=wire.agency_class,
                confidence=wire.confidence,
                is_original=wire.is_original,
                evidence=wire.evidence,
                dateline=wire.dateline,
                revision=wire.revision,
            ),
            story=StoryBlock(
                id=placement.story_id,
                relation=placement.relation,
                parent=placement.parent,
                similarity=placement.similarity,
                evidence=placement.evidence,
            ),
            quality=QualityBlock(flags=article.flags, dates=article.dates),
        ),
    )


def present_takedown(known: KnownArticle, by: Placement) -> ArticleEvent:
    """The event that takes an article down whose story was withdrawn: no text, status canceled."""
    return ArticleEvent(
        uri=known.uri,
        version=str(known.version),
        language=known.language,
        pub_status="canceled",
        headlines=(Headline(value=known.title),),
        first_created=known.published or known.first_created,
        bodies=(),
        info_sources=(_source(known.agency),) if known.agency else (),
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=known.url,
                canonical_url=known.url,
                host=known.host,
                content_hash=known.content_hash,
            ),
            wire=WireBlock(agency=known.agency, is_original=known.own),
            story=StoryBlock(
                id=known.story_id,
                relation=Relation.WITHDRAWAL,
                parent=by.parent,
                similarity=by.similarity,
            ),
            quality=QualityBlock(),
        ),
    )


def _body(article: Article) -> Body:
    return Body(
        char_count=len(article.text), word_count=len(article.text.split()), value=article.text
    )


def _source(key: str) -> InfoSource:
    names = {agency.key: agency.name for agency in agencies()}
    return InfoSource(role=_ORIGINATOR, name=names.get(key, key), literal=key)


def _associations(article: Article) -> tuple[Association, ...]:
    if article.lead_image is None:
        return ()
    return (Association(name="lead-image", type="picture", uri=article.lead_image),)
