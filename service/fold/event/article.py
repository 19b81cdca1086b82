"""Builds the published event from an extracted article and FOLD's decision."""

from typing import Literal

from service.contract.article import Article, Flag
from service.contract.article_event import (
    ArticleEvent,
    CopydeskBlock,
    DatePrecisions,
    OriginalOf,
    PageBlock,
    QualityBlock,
    StoryBlock,
    WireBlock,
)
from service.contract.domain import registrable_domain
from service.contract.extracted import Extracted
from service.contract.ninjs import AlternativeId, Body, Headline
from service.contract.publisher import Publisher
from service.contract.story import Placement, Relation
from service.contract.wire_id import WireId
from service.fold.assign.decision import Placed
from service.fold.event.dates import dates_of, moment_of
from service.fold.event.declared import (
    descriptions_of,
    genres_of,
    people_of,
    roles_of,
    sources_of,
    subjects_of,
)
from service.fold.event.pictures import associations_of
from service.fold.event.rights import rights_info_of, rights_notice, usage_terms_of
from service.fold.event.sources import info_source
from service.fold.state.article import ArticleState
from service.fold.state.boilerplate import SITES

_BOILERPLATE = Flag(
    name="boilerplate",
    evidence=f"a short text on {SITES} sites or more; none says when, by whom or from which agency",
)


def present(extracted: Extracted, placed: Placed) -> ArticleEvent:
    """Return the event of one version of an article."""
    article, wire = extracted.article, extracted.wire
    dates = dates_of(article)
    notice = rights_notice(article)
    return ArticleEvent(
        uri=article.uri,
        version=str(placed.version),
        language=article.language,
        pub_status="canceled" if placed.withdrawn else "usable",
        headlines=(
            Headline(value=article.title),
            *(Headline(role=other.role, value=other.text) for other in article.other_titles),
        ),
        by=", ".join(article.authors) or None,
        located=wire.dateline.place if wire.dateline else None,
        first_created=dates.published,
        version_created=dates.version,
        content_created=dates.published,
        bodies=(_body(article),),
        info_sources=tuple(map(info_source, wire.agencies)),
        copyright_holder=notice.holder if notice else None,
        copyright_notice=notice.text if notice else None,
        usage_terms=usage_terms_of(article),
        ed_note=placed.why or wire.ed_note,
        associations=associations_of(article),
        people=people_of(article),
        subjects=subjects_of(article),
        descriptions=descriptions_of(article),
        genres=genres_of(article),
        alt_ids=tuple(map(_alternative_id, wire.ids)),
        rights_info=rights_info_of(article),
        expires=dates.expires,
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=article.url,
                canonical_url=article.canonical_url,
                host=article.host,
                site_name=article.site_name,
                fetched_at=article.fetched_at,
                content_hash=article.content_hash,
                publisher_name=article.publisher_name,
            ),
            wire=WireBlock(
                agency=wire.agency,
                agencies=wire.agencies,
                agency_class=wire.agency_class,
                confidence=wire.confidence,
                is_original=wire.is_original,
                verified=_verified(extracted, placed),
                evidence=wire.evidence,
                dateline=wire.dateline,
                revision=wire.revision,
            ),
            story=story_block(placed.placement, placed.original),
            sequence=placed.sequence,
            quality=QualityBlock(
                flags=_flags(article, placed),
                dates=article.dates,
                date_precision=dates.precision,
            ),
            publisher=extracted.publisher or Publisher(name=registrable_domain(article.host)),
            rights=article.rights,
            hints=article.hints,
            changes=placed.changes,
            links=article.links,
            author_roles=roles_of(article),
            sources=sources_of(article),
        ),
    )


def story_block(placement: Placement, original: OriginalOf) -> StoryBlock:
    """Return what an event says of an article's place in its story."""
    return StoryBlock(
        id=placement.story_id,
        relation=placement.relation,
        parent=placement.parent,
        similarity=placement.similarity,
        link_score=None if placement.evidence is None else placement.similarity,
        evidence=placement.evidence,
        authority=placement.authority,
        original=original,
        notice=placement.relation is Relation.WITHDRAWAL or None,
    )


def present_takedown(
    article: ArticleState,
    by: Placement,
    original: OriginalOf,
    sequence: int,
    why: str | None = None,
) -> ArticleEvent:
    """Return the event that withdraws an article: no text, status canceled.

    Args:
        by: the placement of the notice that withdraws the story, or the operator's authority.
        original: of the story.
        sequence: see `service.fold.assign.sequence`.
        why: the operator's reason.
    """
    block = StoryBlock(
        id=article.story_id,
        relation=Relation.WITHDRAWAL,
        parent=by.parent,
        similarity=by.similarity,
        link_score=None if by.parent is None else by.similarity,
        authority=by.authority,
        original=original,
    )
    event = without_text(article, block, sequence)
    return event.model_copy(update={"pub_status": "canceled", "ed_note": why})


def without_text(article: ArticleState, story: StoryBlock, sequence: int) -> ArticleEvent:
    """Return an event of an article of which the text is not known any more."""
    published = moment_of(article.published)
    return ArticleEvent(
        uri=article.uri,
        version=str(article.version),
        language=article.language,
        headlines=(Headline(value=article.title),),
        first_created=published.value if published else None,
        bodies=(),
        info_sources=(info_source(article.agency),) if article.agency else (),
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=article.url,
                canonical_url=article.url,
                host=article.host,
                content_hash=article.content_hash,
            ),
            wire=WireBlock(agency=article.agency, is_original=article.own),
            story=story,
            sequence=sequence,
            quality=QualityBlock(
                date_precision=DatePrecisions(first_created=published.precision)
                if published
                else None
            ),
        ),
    )


def _verified(
    extracted: Extracted, placed: Placed
) -> Literal["own_host", "folded_with_own_host"] | None:
    if extracted.wire.is_original:
        return "own_host"
    return "folded_with_own_host" if placed.verified else None


def _flags(article: Article, placed: Placed) -> tuple[Flag, ...]:
    return (*article.flags, _BOILERPLATE) if placed.boilerplate else article.flags


def _body(article: Article) -> Body:
    return Body(
        char_count=len(article.text), word_count=len(article.text.split()), value=article.text
    )


def _alternative_id(found: WireId) -> AlternativeId:
    return AlternativeId(role=f"{found.agency}.{found.kind}", value=found.value)
