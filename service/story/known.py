"""What a shard holds in memory of an article and of a story."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from service.events.extracted import Extracted, SourcePosition
from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.identity import article_uri
from service.events.placement import Relation
from service.events.signature import SIGNATURE_VERSION, Signature
from service.events.story_state import (
    HOSTS_KEPT,
    OriginalOfStory,
    StoryState,
    StoryStatus,
)
from service.events.wire import RevisionKind
from service.story.record import TextRecord, unpack

_TAKES = frozenset({Relation.ORIGINAL, Relation.UPDATE, Relation.CORRECTION})


@lru_cache(maxsize=1024)
def text_record(packed: str) -> TextRecord:
    """Unpack a verification record; the ones in use stay unpacked."""
    return unpack(packed)


@dataclass(slots=True)
class KnownArticle:
    """One article in the window: its latest version. Fields as in `ArticleRecord`.

    `filed` is the story that its record names: the one it was placed in, which may have merged
    since into `story_id`.
    """

    uri: str
    url: str
    number: int
    story_id: str
    filed: str
    relation: Relation
    version: int
    content_hash: str
    title: str
    language: str
    host: str
    agency: str | None
    own: bool
    names: str | None
    published: str | None
    first_created: str | None
    seen: float
    source: SourcePosition

    @classmethod
    def from_record(cls, record: ArticleRecord, story_id: str) -> "KnownArticle":
        """Take over a stored article, in the story that holds it now."""
        return cls(
            uri=record.uri,
            url=record.url,
            number=record.number,
            story_id=story_id,
            filed=record.story_id,
            relation=record.relation,
            version=record.version,
            content_hash=record.content_hash,
            title=record.title,
            language=record.language,
            host=record.host,
            agency=record.agency,
            own=record.own,
            names=record.names,
            published=record.published,
            first_created=record.first_created,
            seen=record.seen,
            source=record.source,
        )

    def to_record(self, signature: Signature) -> ArticleRecord:
        """The durable form."""
        return ArticleRecord(
            uri=self.uri,
            url=self.url,
            number=self.number,
            story_id=self.filed,
            relation=self.relation,
            version=self.version,
            content_hash=self.content_hash,
            title=self.title,
            language=self.language,
            host=self.host,
            agency=self.agency,
            own=self.own,
            names=self.names,
            published=self.published,
            first_created=self.first_created,
            seen=self.seen,
            source=self.source,
            signature=signature,
        )


@dataclass(frozen=True, slots=True)
class Representative:
    """An article that stands for its story when others are compared with it.

    `part_of` is the uri of another one that holds its text: as long as that one stands for the
    story, this one need not.
    """

    uri: str
    exact: str
    packed: str
    part_of: str | None = None

    @property
    def text(self) -> TextRecord:
        """The text to compare."""
        return text_record(self.packed)


@dataclass(slots=True)
class KnownStory:
    """One story in the window: its state and the articles it holds, by uri; `named` counts the
    members that call a uri the original."""

    id: str
    language: str
    agency: str | None
    headline: str
    original: OriginalOfStory
    first_seen: str | None
    last_seen: str | None
    latest: float
    revision: int = 0
    status: StoryStatus = StoryStatus.ACTIVE
    merged_into: str | None = None
    members: dict[str, KnownArticle] = field(default_factory=dict)
    representatives: list[Representative] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_record(cls, stored: StoryRecord, signatures: Mapping[str, Signature]) -> "KnownStory":
        """Take over a stored story, without its members; signatures by uri of the article."""
        state = stored.state
        return cls(
            id=state.id,
            language=state.language,
            agency=state.agency,
            headline=state.headline,
            original=state.original,
            first_seen=state.first_seen,
            last_seen=state.last_seen,
            latest=stored.latest,
            revision=state.revision,
            status=state.status,
            merged_into=state.merged_into,
            representatives=[
                Representative(
                    uri, signatures[uri].exact, signatures[uri].record, stored.parts.get(uri)
                )
                for uri in stored.representatives
                if uri in signatures and signatures[uri].version == SIGNATURE_VERSION
            ],
        )

    def add(self, article: KnownArticle) -> None:
        """Take an article, or a new version of one, as a member."""
        self._unname(self.members.get(article.uri))
        self.members[article.uri] = article
        if article.names:
            self.named[article.names] += 1

    def remove(self, uri: str) -> None:
        """Let a member go, and what it stood for."""
        self._unname(self.members.pop(uri, None))
        self.representatives = [held for held in self.representatives if held.uri != uri]

    def _unname(self, article: KnownArticle | None) -> None:
        if article is not None and article.names:
            self.named[article.names] -= 1

    def standing(self) -> list[Representative]:
        """The representatives that an article is compared with."""
        uris = {held.uri for held in self.representatives}
        return [held for held in self.representatives if held.part_of not in uris]

    def is_reference(self, uri: str) -> bool:
        """Whether a member is the original or a later take, not a copy."""
        member = self.members.get(uri)
        return uri == self.original.uri or (member is not None and member.relation in _TAKES)

    def to_record(self) -> StoryRecord:
        """The durable form."""
        return StoryRecord(
            state=self.state(),
            latest=self.latest,
            representatives=tuple(held.uri for held in self.representatives),
            parts={held.uri: held.part_of for held in self.representatives if held.part_of},
        )

    def state(self) -> StoryState:
        """The public state, as on `stories`."""
        hosts = sorted({article.host for article in self.members.values()})
        return StoryState(
            id=self.id,
            language=self.language,
            agency=self.agency,
            headline=self.headline,
            original=self.original,
            copies=max(len(self.members) - 1, 0),
            hosts=tuple(hosts[:HOSTS_KEPT]),
            host_count=len(hosts),
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            revision=self.revision,
            status=self.status,
            merged_into=self.merged_into,
        )


def named_original(extracted: Extracted) -> str | None:
    """The uri of the page that this one calls canonical, if it is another."""
    declared = extracted.article.declared_canonical
    if declared is None:
        return None
    uri = article_uri(declared)
    return None if uri == extracted.article.uri else uri


LATER_TAKES = frozenset({RevisionKind.UPDATE, RevisionKind.WRITETHRU, RevisionKind.WRAPUP})
"""Marks of a newer take; a refile, a repeat or an advisory leaves the text as it was."""
