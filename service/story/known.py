"""What a shard knows of an article and of a story."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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

_TAKES = frozenset({Relation.ORIGINAL, Relation.UPDATE, Relation.CORRECTION})

_AS_IN_RECORD = (
    *("uri", "url", "number", "relation", "version", "content_hash", "title", "language", "host"),
    *("agency", "own", "names", "published", "first_created", "seen"),
)


@dataclass(slots=True)
class KnownArticle:
    """One article in the window: its latest version. Fields as in `ArticleRecord`.

    `filed` is the story that its record names: the one it was placed in, which may have merged
    since into `story_id`. `exact`, `words` and `signed` are of its signature: hash, length and
    version. `source` is topic, partition and offset.
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
    source: tuple[str, int, int]
    exact: str
    words: int
    signed: int

    @classmethod
    def from_record(cls, record: ArticleRecord, story_id: str) -> "KnownArticle":
        """Take over a stored article, in the story that holds it now."""
        return cls(
            **{name: getattr(record, name) for name in _AS_IN_RECORD},
            story_id=story_id,
            filed=record.story_id,
            source=(record.source.topic, record.source.partition, record.source.offset),
            exact=record.signature.exact,
            words=record.signature.words,
            signed=record.signature.version,
        )

    def to_record(self, signature: Signature) -> ArticleRecord:
        """The durable form."""
        topic, partition, offset = self.source
        return ArticleRecord(
            **{name: getattr(self, name) for name in _AS_IN_RECORD},
            story_id=self.filed,
            source=SourcePosition(topic=topic, partition=partition, offset=offset),
            signature=signature,
        )


@dataclass(frozen=True, slots=True)
class Representative:
    """An article that stands for its story when others are compared with it.

    `part_of` is the uri of another one that holds its text: as long as that one stands for the
    story, this one need not.
    """

    uri: str
    number: int
    relation: Relation
    exact: str
    words: int
    part_of: str | None = None

    @classmethod
    def of(cls, article: KnownArticle, part_of: str | None = None) -> "Representative":
        """An article as it stands for its story."""
        return cls(
            uri=article.uri,
            number=article.number,
            relation=article.relation,
            exact=article.exact,
            words=article.words,
            part_of=part_of,
        )


@dataclass(slots=True)
class Members:
    """The articles of one story, fetched when they are asked for.

    Attributes:
        find: the member with a uri.
        fetch: all of them, ascending by number.
    """

    find: Callable[[str], KnownArticle | None]
    fetch: Callable[[], list[KnownArticle]]


def _nobody() -> Members:
    return Members(lambda uri: None, list)


@dataclass(slots=True)
class KnownStory:
    """One story in the window.

    Attributes:
        slot: its place in the shard's memory.
        latest: the shard's clock when the story last changed.
        members: the articles it holds.
        size: how many these are.
        hosts: how many there are of each host; `host_names` are these hosts, ascending.
        named: how many members call a uri the original.
        stored: uri and `part_of` of the representatives, until `fill` has looked them up.
    """

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
    slot: int = 0
    members: Members = field(default_factory=_nobody, compare=False)
    size: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    host_names: list[str] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)
    representatives: list[Representative] = field(default_factory=list)
    stored: tuple[tuple[str, str | None], ...] = ()

    @classmethod
    def from_record(cls, record: StoryRecord) -> "KnownStory":
        """Take over a stored story, without its members."""
        state = record.state
        return cls(
            id=state.id,
            language=state.language,
            agency=state.agency,
            headline=state.headline,
            original=state.original,
            first_seen=state.first_seen,
            last_seen=state.last_seen,
            latest=record.latest,
            revision=state.revision,
            status=state.status,
            merged_into=state.merged_into,
            stored=tuple((uri, record.parts.get(uri)) for uri in record.representatives),
        )

    def fill(self, members: Iterable[KnownArticle]) -> None:
        """Count the members, and find the representatives among them."""
        by_uri = {}
        for article in members:
            by_uri[article.uri] = article
            self.add(article)
        self.representatives = [
            Representative.of(by_uri[uri], part_of)
            for uri, part_of in self.stored
            if uri in by_uri and by_uri[uri].signed == SIGNATURE_VERSION
        ]
        self.stored = ()

    def add(self, article: KnownArticle) -> None:
        """Count a member."""
        self.size += 1
        self.hosts[article.host] += 1
        if self.hosts[article.host] == 1:
            insort(self.host_names, article.host)
        if article.names:
            self.named[article.names] += 1

    def remove(self, article: KnownArticle) -> None:
        """Let a member go, and what it stood for."""
        self.size -= 1
        self.hosts[article.host] -= 1
        if not self.hosts[article.host]:
            del self.hosts[article.host]
            del self.host_names[bisect_left(self.host_names, article.host)]
        if article.names:
            self.named[article.names] -= 1
            if not self.named[article.names]:
                del self.named[article.names]
        self.representatives = [held for held in self.representatives if held.uri != article.uri]

    def stands(self) -> list[tuple[str, str | None]]:
        """Uri and `part_of` of the representatives."""
        return [*self.stored, *((held.uri, held.part_of) for held in self.representatives)]

    def standing(self) -> list[Representative]:
        """The representatives that an article is compared with."""
        uris = {held.uri for held in self.representatives}
        return [held for held in self.representatives if held.part_of not in uris]

    def is_reference(self, held: Representative) -> bool:
        """Whether it is the original or a later take, not a copy."""
        return held.uri == self.original.uri or held.relation in _TAKES

    def to_record(self, state: StoryState) -> StoryRecord:
        """The durable form, with the public state of now."""
        return StoryRecord(
            state=state,
            latest=self.latest,
            representatives=tuple(held.uri for held in self.representatives),
            parts={held.uri: held.part_of for held in self.representatives if held.part_of},
        )

    def state(self) -> StoryState:
        """The public state, as on `stories`."""
        return StoryState(
            id=self.id,
            language=self.language,
            agency=self.agency,
            headline=self.headline,
            original=self.original,
            copies=max(self.size - 1, 0),
            hosts=tuple(self.host_names[:HOSTS_KEPT]),
            host_count=len(self.host_names),
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
