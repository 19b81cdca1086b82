"""Records of invented stories, as the desk reads them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Literal

from service.contract.article import DateCandidate, DateKind, Flag
from service.contract.article_event import (
    ArticleEvent,
    CopydeskBlock,
    PageBlock,
    QualityBlock,
    StoryBlock,
    WireBlock,
)
from service.contract.attribution import Evidence
from service.contract.hints import Hints
from service.contract.identity import article_uri, digest, event_id
from service.contract.ninjs import Body, Headline
from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, REASON, Rejection, RejectionReason
from service.contract.record import Topic
from service.contract.rights import Rights
from service.contract.serde import dump
from service.contract.story import (
    Authority,
    Claim,
    LinkEvidence,
    OperatorDecision,
    OriginalOfStory,
    Relation,
    StoryEvent,
    StoryStatus,
)
from service.contract.translations import (
    TRANSLATED,
    TRANSLATIONS_PREFIX,
    StoryTranslations,
    Translation,
    TranslationEvidence,
    Why,
)
from service.desk.ingest.record import Arrived

BEGINNING = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
TEXT = (
    "The harbour bridge at Port Alder reopened on Tuesday after two years of repairs.\n\n"
    "Some 4,000 people crossed it on foot before the first tram. "
    "Engineers replaced 312 cables and painted the towers grey.\n\n"
    "The mayor, Ines Rovira, called it the end of a long detour."
)
EVIDENCE = LinkEvidence(
    rare_pairs=17,
    shingles=9,
    containment=0.97,
    jaccard=0.41,
    aligned=0.98,
    anchors=0.9,
    numbers=1.0,
    order=1.0,
    length_ratio=0.42,
)
_offsets = count()


def story_id(name: str) -> str:
    """The id of a story, derived from any name."""
    return f"urn:copydesk:story:{digest(name)}"


def uri(url: str) -> str:
    """The uri of the article at a URL."""
    return article_uri(url)


def at(hours: float) -> str:
    """The time this many hours after `BEGINNING`."""
    return (BEGINNING + timedelta(hours=hours)).isoformat()


def article(
    url: str,
    story: str = "bridge",
    *,
    title: str = "Harbour bridge reopens after two years",
    text: str = TEXT,
    relation: Relation = Relation.ORIGINAL,
    parent: str | None = None,
    hours: float = 0.0,
    version: int = 1,
    language: str = "en",
    agency: str | None = None,
    flags: Sequence[str] = (),
    canceled: bool = False,
    notice: str | None = None,
    fetched_from: str | None = None,
    by: str | None = None,
    evidence: str = "(Meridian Wire)",
    authority: Authority | None = None,
    verified: Literal["own_host", "folded_with_own_host"] | None = None,
    rights: Rights | None = None,
    hints: Hints | None = None,
    sequence: int | None = None,
    restated: bool = False,
) -> Arrived:
    """An event on `articles`; if canceled and without text, a takedown; if restated, without
    text."""
    text = "" if restated else text
    host = url.split("/")[2]
    event = ArticleEvent(
        uri=uri(url),
        version=str(version),
        language=language,
        pub_status="canceled" if canceled else "usable",
        representation_type="partial" if restated else None,
        headlines=(Headline(value=title),),
        by=by,
        content_created=at(hours - 1),
        bodies=(Body(char_count=len(text), word_count=len(text.split()), value=text),)
        if text
        else (),
        copyright_notice=notice,
        copydesk=CopydeskBlock(
            page=PageBlock(
                url=fetched_from or url,
                canonical_url=url,
                host=host,
                fetched_at=datetime.fromisoformat(at(hours)),
                content_hash=digest(title, text),
            ),
            wire=WireBlock(
                agency=agency,
                agencies=(agency,) if agency else (),
                confidence=0.95 if agency else 0.0,
                verified=verified,
                evidence=(Evidence(agency=agency, rule="dateline", where="text", text=evidence),)
                if agency
                else (),
            ),
            story=StoryBlock(
                id=story_id(story),
                relation=relation,
                parent=uri(parent) if parent else None,
                similarity=0.94,
                evidence=EVIDENCE if parent else None,
                authority=authority,
            ),
            rights=rights,
            hints=hints,
            sequence=sequence,
            quality=QualityBlock(
                flags=tuple(Flag(name=flag, evidence="as it says") for flag in flags),
                dates=(
                    DateCandidate(
                        kind=DateKind.PUBLISHED, source="jsonld.datePublished", value=at(hours - 1)
                    ),
                ),
            ),
        ),
    )
    told = (event.uri, title, text, str(version), story, str(canceled), relation.value)
    kind = "restated" if restated else "copied"
    identity = event_id(*told, str(sequence), kind)
    return _arrived(Topic.ARTICLES, dump(event), identity, hours, f"copydesk.article.{kind}")


def state(
    name: str = "bridge",
    *,
    url: str = "https://wire.example/bridge",
    headline: str = "Harbour bridge reopens after two years",
    copies: int = 0,
    agency: str | None = None,
    language: str = "en",
    first: float = 0.0,
    hours: float = 0.0,
    status: StoryStatus = StoryStatus.ACTIVE,
    merged_into: str | None = None,
    why: str = "earliest_seen",
    basis: Literal["seen", "claimed"] | None = "seen",
    agency_verified: bool = False,
    claims: Sequence[Claim] = (),
    decisions: tuple[OperatorDecision, ...] = (),
) -> Arrived:
    """A state on `stories`, first and last seen this many hours after `BEGINNING`."""
    made = StoryEvent(
        id=story_id(name),
        language=language,
        agency=agency,
        headline=headline,
        original=OriginalOfStory(uri=uri(url), host=url.split("/")[2], why=why, basis=basis),
        copies=copies,
        hosts=(url.split("/")[2],),
        host_count=1 + copies,
        first_seen=at(first),
        last_seen=at(hours),
        status=status,
        merged_into=story_id(merged_into) if merged_into else None,
        agency_verified=agency_verified,
        claims=tuple(claims),
        decisions=decisions,
    )
    identity = event_id(made.id, digest(dump(made).decode()))
    return _arrived(Topic.STORIES, dump(made), identity, hours, "copydesk.story.changed")


def translation(
    name: str, url: str, *, language: str = "de", headline: str = "Brücke offen", score: float = 0.9
) -> Translation:
    """A story in another language, with the address of its original."""
    return Translation(
        story=story_id(name),
        language=language,
        score=score,
        headline=headline,
        uri=uri(url),
        url=url,
        host=url.split("/")[2],
        evidence=TranslationEvidence(
            common_numbers=3, common_names=4, common_words=21, sentences=0.8, length_ratio=0.9
        ),
    )


def translated(
    name: str,
    *translations: Translation,
    language: str = "en",
    of: str | None = None,
    why: Why | None = None,
    hours: float = 0.0,
) -> Arrived:
    """What LINK says on `stories` of the translations of a story."""
    made = StoryTranslations(
        story=story_id(name),
        language=language,
        translations=translations,
        translation_of=story_id(of) if of else None,
        why=why,
    )
    identity = event_id(made.story, digest(dump(made).decode()))
    record = _arrived(Topic.STORIES, dump(made), identity, hours, TRANSLATED)
    return replace(record, key=f"{TRANSLATIONS_PREFIX}{made.story}".encode())


def claim(
    url: str,
    kind: Literal[Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL] = Relation.WITHDRAWAL,
    *,
    hours: float = 0.0,
    had_copy: bool = False,
) -> Claim:
    """What the article at a URL declares without authority."""
    return Claim(kind=kind, host=url.split("/")[2], uri=uri(url), at=at(hours), had_copy=had_copy)


def rejection(
    url: str | None,
    reason: RejectionReason = RejectionReason.NO_ARTICLE,
    *,
    hours: float = 0.0,
    detail: str = "no paragraph of running text",
) -> Arrived:
    """A record on `pages.rejected`."""
    made = Rejection(url=url, reason=reason, detail=detail)
    identity = event_id(url or "", reason.value, str(hours))
    return _arrived(Topic.REJECTED, dump(made), identity, hours, "copydesk.page.rejected")


def failure(
    url: str,
    reason: str = "bad_encoding",
    *,
    offset: int = 7,
    attempts: int = 1,
    message: str = "gzip: not a gzipped file",
    value: bytes = b"\x1f\x8b broken",
    fetched_at: str = at(0),
) -> Arrived:
    """A record on `pages.failed`."""
    headers = {
        "url": url,
        "fetched-at": fetched_at,
        ERROR_PREFIX + "topic": "pages.raw",
        ERROR_PREFIX + "partition": "0",
        ERROR_PREFIX + "offset": str(offset),
        ERROR_PREFIX + "stage": "read",
        ERROR_PREFIX + "exception.class.name": "Failed",
        ERROR_PREFIX + "exception.message": message,
        REASON: reason,
        ATTEMPTS: str(attempts),
    }
    return Arrived(
        topic=Topic.FAILED,
        partition=0,
        offset=next(_offsets),
        key=url.encode(),
        value=value,
        headers=tuple((name, text.encode()) for name, text in headers.items()),
    )


def _arrived(topic: Topic, value: bytes, identity: str, hours: float, kind: str) -> Arrived:
    headers = (
        ("ce_id", identity.encode()),
        ("ce_type", kind.encode()),
        ("ce_time", at(hours).encode()),
    )
    return Arrived(
        topic=topic,
        partition=0,
        offset=next(_offsets),
        key=None,
        value=value,
        headers=headers,
        timestamp=int(BEGINNING.timestamp() * 1000),
    )
