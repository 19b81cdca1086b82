"""An article with the text that its signature was made from, for `copydesk explain`: from READ's
result or from a stored event."""

from service.contract.article import Article
from service.contract.article_event import ArticleEvent
from service.contract.attribution import Wire
from service.contract.extracted import Extracted, SourcePosition
from service.fold.explain import SignedText, StoredPlacement
from service.read.attribution import attribute
from service.text.signature import sign


def from_extracted(extracted: Extracted, source: str) -> SignedText:
    """The article that READ extracted from a page."""
    return _signed(extracted.article, extracted.wire, extracted.source, source)


def from_event(event: ArticleEvent, source: str, story_id: str) -> SignedText:
    """The article of an event with text.

    Fields that are not in the event are empty: the credits and the declared canonical URL.

    Args:
        story_id: the story it belongs to now; the story in the event may have been merged.
    """
    page, wire, story = event.copydesk.page, event.copydesk.wire, event.copydesk.story
    names = {each.literal: each.name for each in event.info_sources}
    article = Article(
        uri=event.uri,
        url=page.url,
        canonical_url=page.canonical_url,
        host=page.host,
        site_name=page.site_name,
        fetched_at=page.fetched_at,
        title=event.headlines[0].value if event.headlines else "",
        text=event.bodies[0].value,
        language=event.language,
        published=event.content_created,
        dates=event.copydesk.quality.dates,
        flags=event.copydesk.quality.flags,
        content_hash=page.content_hash,
    )
    return _signed(
        article,
        Wire(
            agency=wire.agency,
            agency_name=names.get(wire.agency or ""),
            agency_class=wire.agency_class,
            agencies=wire.agencies,
            confidence=wire.confidence,
            is_original=wire.is_original,
            evidence=wire.evidence,
            dateline=wire.dateline,
            revision=wire.revision,
            ed_note=event.ed_note,
        ),
        SourcePosition(topic="articles", partition=0, offset=0),
        source,
        StoredPlacement(
            story_id=story_id,
            relation=story.relation,
            parent=story.parent,
            similarity=story.similarity,
        ),
    )


def _signed(
    article: Article,
    wire: Wire,
    position: SourcePosition,
    source: str,
    stored: StoredPlacement | None = None,
) -> SignedText:
    """Make the signature again, from the core of the text: READ publishes more than the core, but
    attribution of the published text gives the same core."""
    core = attribute(article).core
    return SignedText(
        extracted=Extracted(
            article=article,
            wire=wire,
            signature=sign(core, article.language),
            source=position,
        ),
        text=core,
        source=source,
        stored=stored,
    )
