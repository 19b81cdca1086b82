"""An article with the text that was signed: from what READ extracted, or from a stored event."""

from service.events.article import Article
from service.events.article_event import ArticleEvent
from service.events.extracted import Extracted, SourcePosition
from service.events.wire import Wire
from service.story.explanation import SignedText, StoredPlace
from service.story.sign import sign
from service.wire import attribute


def from_extracted(extracted: Extracted, source: str) -> SignedText:
    """The article that READ took from a page."""
    return _signed(extracted.article, extracted.wire, extracted.source, source)


def from_event(event: ArticleEvent, source: str, story_id: str) -> SignedText:
    """The article of an event that has a text.

    What the event does not hold is not known of it: the credits, and which page it calls canonical.

    Args:
        story_id: of the story that holds it now; the event's own may have been merged.
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
        StoredPlace(
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
    stored: StoredPlace | None = None,
) -> SignedText:
    """READ publishes more of a text than it signs; taken again, the signed part is the same."""
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
