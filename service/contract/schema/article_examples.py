"""Examples of `articles`, from an invented story: together they have every property."""

from datetime import UTC, datetime

from service.contract.article import DateCandidate, DateKind, Flag
from service.contract.article_event import (
    ArticleEvent,
    AuthorRole,
    CopydeskBlock,
    DatePrecision,
    DatePrecisions,
    OriginalOf,
    PageBlock,
    PropertySource,
    QualityBlock,
    StoryBlock,
    WireBlock,
)
from service.contract.attribution import AgencyClass, Dateline, Evidence, Revision, RevisionKind
from service.contract.changes import Changes
from service.contract.declared import BodyLink
from service.contract.hints import Hints
from service.contract.identity import article_uri, digest, story_uri
from service.contract.ninjs import (
    AlternativeId,
    Association,
    Body,
    Description,
    GenreOf,
    Headline,
    InfoSource,
    PersonOf,
    Rendition,
    RightsInfo,
    SubjectOf,
)
from service.contract.publisher import Publisher
from service.contract.rights import Rights, RightsWord
from service.contract.schema.page_examples import HINTS
from service.contract.story import Authority, LinkEvidence, Relation

URL = "https://gazette.example/world/harbour-bridge-reopens"
ORIGINAL_URL = "https://wire.example/a/harbour-bridge"
TITLE = "Harbour bridge reopens after two years"
_FETCHED = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)
_TEXT = (
    "PORT ALDER (Meridian Wire) - The harbour bridge reopened on Tuesday.\n\n"
    "Some 4,000 people crossed it on foot before the first tram."
)
STORY = story_uri(article_uri(ORIGINAL_URL), digest(TITLE, _TEXT), "2024-05-14T08:00:00+00:00")
_AGENCY = InfoSource(role="originfo", name="Meridian Wire", literal="meridian")
_PICTURE = "https://gazette.example/pictures/bridge.jpg"


_ORIGINAL = OriginalOf(
    uri=article_uri(ORIGINAL_URL),
    host="wire.example",
    time="2024-05-14T08:00:00+00:00",
    basis="seen",
    agency="meridian",
)


_PAGE = PageBlock(
    url=URL, canonical_url=URL, host="gazette.example", content_hash=digest(TITLE, _TEXT)
)
"""What events without text say of the page."""


def example_article() -> ArticleEvent:
    """Return the event of an edited copy of a wire story, the second version of its page."""
    return ArticleEvent(
        uri=article_uri(URL),
        version="2",
        language="en",
        headlines=(
            Headline(value=TITLE),
            Headline(role="page", value="Harbour bridge open again: what to know"),
        ),
        by="Jo Marsh",
        located="Port Alder",
        slugline="HARBOUR-BRIDGE",
        first_created="2024-05-14T10:05:00+02:00",
        version_created="2024-05-14T00:00:00+02:00",
        content_created="2024-05-14T10:05:00+02:00",
        bodies=(Body(char_count=len(_TEXT), word_count=len(_TEXT.split()), value=_TEXT),),
        info_sources=(_AGENCY,),
        copyright_holder="Meridian Wire",
        copyright_notice="(c) 2024 Meridian Wire. All rights reserved.",
        usage_terms="All rights reserved.",
        ed_note="UPDATE 2-",
        associations=(_picture(),),
        people=(PersonOf(name="Jo Marsh", uri="https://gazette.example/by/jo-marsh"),),
        subjects=(
            SubjectOf(name="World", rel="section"),
            SubjectOf(name="Bridges", rel="keyword"),
        ),
        descriptions=(Description(role="standfirst", value="Trams follow in June."),),
        genres=(
            GenreOf(
                name="Analysis",
                uri="http://cv.iptc.org/newscodes/genre/Analysis",
                literal="analysis",
            ),
        ),
        alt_ids=(AlternativeId(role="meridian.urn", value="urn:newsml:wire.example:240514:7"),),
        rights_info=RightsInfo(linked_rights="https://gazette.example/licence"),
        expires="2024-06-14T00:00:00+02:00",
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=f"{URL}?utm_source=feed",
                canonical_url=URL,
                host="gazette.example",
                site_name="The Gazette",
                fetched_at=_FETCHED,
                content_hash=digest(TITLE, _TEXT),
                publisher_name="Gazette Media",
            ),
            wire=_wire(),
            story=StoryBlock(
                id=STORY,
                relation=Relation.UPDATE,
                parent=article_uri(ORIGINAL_URL),
                similarity=0.94,
                link_score=0.94,
                original=_ORIGINAL,
                evidence=_link(),
                authority=Authority.CLAIMED,
            ),
            sequence=41216,
            quality=_quality(),
            publisher=Publisher(name="Gazette Media", owner="Alder Holdings", country="GB"),
            rights=_rights(),
            hints=Hints(**HINTS, dropped=("feed_language: unknown name",)),
            changes=Changes(
                against=article_uri(URL),
                headline_before="Harbour bridge to reopen",
                added=1,
                removed=2,
                sentences=("Some 4,000 people crossed it on foot before the first tram.",),
                numbers_added=("4,000",),
                names_added=("Port Alder",),
                correction="An earlier version gave another year.",
            ),
            links=(
                BodyLink(
                    url="https://trams.example/timetable?utm_source=gazette",
                    text="first tram",
                    canonical="https://trams.example/timetable",
                ),
            ),
            author_roles=(AuthorRole(name="Jo Marsh", role="Transport editor"),),
            sources=(
                PropertySource(property="/people/0", source="jsonld.author"),
                PropertySource(property="/subjects/0", source="meta.article:section"),
            ),
        ),
    )


def example_takedown() -> ArticleEvent:
    """Return the event that takes the same article down, with its story."""
    return ArticleEvent(
        uri=article_uri(URL),
        version="2",
        language="en",
        pub_status="canceled",
        headlines=(Headline(value=TITLE),),
        first_created="2024-05-14T10:05:00+00:00",
        bodies=(),
        info_sources=(_AGENCY,),
        copydesk=CopydeskBlock(
            page=_PAGE,
            wire=WireBlock(agency="meridian"),
            story=StoryBlock(
                id=STORY,
                relation=Relation.WITHDRAWAL,
                parent=article_uri(ORIGINAL_URL),
                similarity=1.0,
                authority=Authority.AGENCY,
                original=_ORIGINAL,
                notice=True,
            ),
            sequence=41220,
            quality=QualityBlock(date_precision=DatePrecisions(first_created=DatePrecision.LOCAL)),
        ),
    )


def example_restated() -> ArticleEvent:
    """Return the event that states the article again: it was the original, and is a copy now."""
    return ArticleEvent(
        uri=article_uri(URL),
        version="1",
        language="en",
        representation_type="partial",
        headlines=(Headline(value=TITLE),),
        bodies=(),
        copydesk=CopydeskBlock(
            page=_PAGE,
            wire=WireBlock(agency="meridian"),
            story=StoryBlock(
                id=STORY,
                relation=Relation.EDITED,
                parent=article_uri(ORIGINAL_URL),
                similarity=0.94,
                link_score=0.94,
                evidence=_link(),
                original=_ORIGINAL,
            ),
            sequence=41218,
            quality=QualityBlock(),
        ),
    )


def _picture() -> Association:
    return Association(
        name="lead-image",
        type="picture",
        uri=_PICTURE,
        by="Ana Prior/Meridian Wire",
        descriptions=(Description(role="caption", value="The bridge on Tuesday."),),
        info_sources=(_AGENCY,),
        renditions=(Rendition(href=_PICTURE, width=1600, height=900),),
    )


def _wire() -> WireBlock:
    return WireBlock(
        agency="meridian",
        agencies=("meridian",),
        agency_class=AgencyClass.AGENCY,
        confidence=0.98,
        is_original=False,
        verified="folded_with_own_host",
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
            text="PORT ALDER, May 14 (Meridian Wire) -",
            place="Port Alder",
            date="May 14",
            agency="meridian",
        ),
        revision=Revision(kind=RevisionKind.UPDATE, number=2, text="UPDATE 2-"),
    )


def _link() -> LinkEvidence:
    return LinkEvidence(
        rare_pairs=17,
        shingles=9,
        containment=0.97,
        jaccard=0.41,
        aligned=0.98,
        anchors=0.9,
        numbers=1.0,
        order=1.0,
        length_ratio=0.42,
        words_kept=0.41,
        words_of_parent=0.97,
        wire_id=True,
    )


def _quality() -> QualityBlock:
    return QualityBlock(
        flags=(Flag(name="truncated", evidence="ends with 'Read more'"),),
        dates=(
            DateCandidate(
                kind=DateKind.PUBLISHED,
                source="jsonld.datePublished",
                value="2024-05-14T10:05:00+02:00",
            ),
            DateCandidate(
                kind=DateKind.MODIFIED, source="meta.last-modified", value="2024-05-14T00:00:00"
            ),
        ),
        date_precision=DatePrecisions(
            first_created=DatePrecision.EXACT,
            version_created=DatePrecision.DAY,
            content_created=DatePrecision.EXACT,
            expires=DatePrecision.DAY,
        ),
    )


def _rights() -> Rights:
    return Rights(
        words=(
            RightsWord(word="tdm-reservation", value="1", source="meta.tdm-reservation"),
            RightsWord(word="noarchive", source="meta.robots", agent="googlebot"),
        ),
        license="https://gazette.example/licence",
        expires="2024-06-14T00:00:00",
    )
