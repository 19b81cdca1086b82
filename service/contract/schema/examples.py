"""One example of each event, from an invented story, for the AsyncAPI document."""

from datetime import UTC, datetime

from service.contract.article import DateCandidate, DateKind, Flag
from service.contract.article_event import (
    ArticleEvent,
    Body,
    CopydeskBlock,
    Headline,
    InfoSource,
    PageBlock,
    QualityBlock,
    StoryBlock,
    WireBlock,
)
from service.contract.attribution import AgencyClass, Dateline, Evidence, Revision, RevisionKind
from service.contract.identity import article_uri, digest, story_uri
from service.contract.outcome import Rejection, RejectionReason
from service.contract.story import LinkEvidence, OriginalOfStory, Relation, StoryEvent

_URL = "https://gazette.example/world/harbour-bridge-reopens"
_ORIGINAL_URL = "https://wire.example/a/harbour-bridge"
_FETCHED = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)
_TITLE = "Harbour bridge reopens after two years"
_TEXT = (
    "PORT ALDER (Meridian Wire) - The harbour bridge reopened on Tuesday.\n\n"
    "Some 4,000 people crossed it on foot before the first tram."
)
_STORY = story_uri(article_uri(_ORIGINAL_URL), digest(_TITLE, _TEXT), "2024-05-14T08:00:00Z")


def example_article() -> ArticleEvent:
    """Return the event of a trimmed copy of a wire story."""
    return ArticleEvent(
        uri=article_uri(_URL),
        version="1",
        language="en",
        headlines=(Headline(value=_TITLE),),
        by="Jo Marsh",
        located="Port Alder",
        first_created="2024-05-14T09:30:00Z",
        version_created="2024-05-14T09:30:00Z",
        content_created="2024-05-14T10:05:00+02:00",
        bodies=(Body(char_count=len(_TEXT), word_count=len(_TEXT.split()), value=_TEXT),),
        info_sources=(InfoSource(role="agency", name="Meridian Wire", literal="meridian"),),
        copyright_holder="Meridian Wire",
        copyright_notice="(c) 2024 Meridian Wire",
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=f"{_URL}?utm_source=feed",
                canonical_url=_URL,
                host="gazette.example",
                site_name="The Gazette",
                fetched_at=_FETCHED,
                content_hash=digest(_TITLE, _TEXT),
            ),
            wire=WireBlock(
                agency="meridian",
                agencies=("meridian",),
                agency_class=AgencyClass.AGENCY,
                confidence=0.98,
                is_original=False,
                evidence=(
                    Evidence(
                        agency="meridian",
                        rule="dateline",
                        where="dateline",
                        text="(Meridian Wire)",
                        span=(11, 26),
                    ),
                ),
                dateline=Dateline(
                    text="PORT ALDER (Meridian Wire) -", place="Port Alder", agency="meridian"
                ),
                revision=Revision(kind=RevisionKind.UPDATE, number=2, text="UPDATE 2-"),
            ),
            story=StoryBlock(
                id=_STORY,
                relation=Relation.TRIMMED,
                parent=article_uri(_ORIGINAL_URL),
                similarity=0.94,
                evidence=LinkEvidence(
                    rare_pairs=17,
                    shingles=9,
                    containment=0.97,
                    jaccard=0.41,
                    aligned=0.98,
                    anchors=0.9,
                    numbers=1.0,
                    order=1.0,
                    length_ratio=0.42,
                ),
            ),
            quality=QualityBlock(
                flags=(Flag(name="truncated", evidence="ends with 'Read more'"),),
                dates=(
                    DateCandidate(
                        kind=DateKind.PUBLISHED,
                        source="jsonld.datePublished",
                        value="2024-05-14T10:05:00+02:00",
                    ),
                ),
            ),
        ),
    )


def example_story() -> StoryEvent:
    """Return the state of the story that the example article belongs to."""
    return StoryEvent(
        id=_STORY,
        language="en",
        agency="meridian",
        headline=_TITLE,
        original=OriginalOfStory(
            uri=article_uri(_ORIGINAL_URL), host="wire.example", why="agency_host"
        ),
        original_uri=article_uri(_ORIGINAL_URL),
        original_host="wire.example",
        copies=1,
        hosts=("gazette.example", "wire.example"),
        host_count=2,
        first_seen="2024-05-14T08:00:00Z",
        last_seen="2024-05-14T09:30:00Z",
    )


def example_rejection() -> Rejection:
    """Return the rejection of a page without an article."""
    return Rejection(
        uri=article_uri("https://gazette.example/contact"),
        url="https://gazette.example/contact",
        reason=RejectionReason.NO_ARTICLE,
        detail="no paragraph of running text",
    )
