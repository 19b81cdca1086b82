"""The state of one article in the window."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from service.contract.domain import same_site
from service.contract.extracted import Extracted, Signature, SourcePosition
from service.contract.fold_state import ArticleRecord, ClockRecord
from service.contract.identity import article_uri
from service.contract.story import Relation
from service.fold.candidates.wire_id import state_forms
from service.fold.state.linked_uris import linked_uris


@dataclass(slots=True)
class ArticleState:
    """An article in the window: its latest version.

    The fields before `story_id`, in this order, are a row of the row store: a change of them needs
    another `ROWS_VERSION`. They are also in the article's record in the changelog, see
    `_IN_RECORD`.

    Attributes:
        number: sequence number within the shard; each version placed gets a higher one.
        recorded_story_id: story named by the article's record in the changelog, which is the one it
            was placed in.
        own: True if the page is on the agency's own site.
        declared_original: uri of the canonical URL declared by the page, if that is on another
            site.
        first_created: fetch time of the first version, RFC 3339.
        seen: time of fetch, seconds since the epoch; the clock's if the input has none.
        source: topic, partition and offset of the page.
        exact: hash of the text, from the signature.
        words: number of words, from the signature.
        own_uri: uri of the fetched address, if the article is identified by another address that
            the page declares (see `service.fold.assign.identity`), and no version was fetched from
            that address.
        inputs, newest_written: the pages taken at this address (see `service.fold.repeat`).
        clock: the watermark when this version was placed; None if version 0.1.0 placed it.
        indexed: False if it is not in the candidate index (see `Window.index_member`).
        publisher, owner: of the host by the operator's table, when the page was read; None without
            an entry.
        wire_ids: identifiers of the wire story, see `service.fold.candidates.wire_id`.
        sentences: fingerprints of the sentences, from the signature.
        says_translated: True if the page says of itself that it is a translation; None if not.
        links: uris that it links to elsewhere (see `service.fold.state.linked_uris`); None if it is
            not to be linked with translations.
        story_id: story that holds the article now; not `recorded_story_id` if that one was merged.
    """

    uri: str
    url: str
    number: int
    recorded_story_id: str
    relation: Relation
    version: int
    content_hash: str
    title: str
    language: str
    host: str
    agency: str | None
    own: bool
    declared_original: str | None
    published: str | None
    first_created: str | None
    seen: float
    source: tuple[str, int, int]
    exact: str
    words: int
    signature_version: int
    own_uri: str | None = None
    inputs: tuple[str, ...] = ()
    newest_written: int | None = None
    clock: ClockRecord | None = None
    indexed: bool = True
    publisher: str | None = None
    owner: str | None = None
    wire_ids: tuple[str, ...] = ()
    sentences: str | None = None
    says_translated: bool | None = None
    links: tuple[str, ...] | None = None
    story_id: str = ""

    @property
    def held_from(self) -> float:
        """Event time from which the article stays in the window for its length, in seconds since
        the epoch: the time of fetch, but for a late article the watermark."""
        return self.seen if self.clock is None else max(self.seen, self.clock.now)

    @property
    def believed_time(self) -> float:
        """The time of fetch, but not after the watermark when the article was placed; in seconds
        since the epoch."""
        return self.seen if self.clock is None else min(self.seen, self.clock.now)

    @classmethod
    def of(
        cls,
        extracted: Extracted,
        previous: "ArticleState | None",
        number: int,
        seen: float,
        clock: ClockRecord,
    ) -> "ArticleState":
        """Return the state of a version that is about to be placed; no story holds it yet.

        Args:
            seen: time of fetch, seconds since the epoch.
            clock: the watermark.
        """
        article, wire = extracted.article, extracted.wire
        fetched_at = article.fetched_at.isoformat() if article.fetched_at else None
        first = previous.first_created if previous else None
        return cls(
            uri=article.uri,
            url=article.url,
            number=number,
            recorded_story_id="",
            relation=Relation.ORIGINAL,
            version=previous.version + 1 if previous else 1,
            content_hash=article.content_hash,
            title=article.title,
            language=article.language,
            host=article.host,
            agency=wire.agency,
            own=wire.is_original,
            declared_original=_declared_original(extracted),
            published=article.published,
            first_created=min(filter(None, (first, fetched_at)), default=None),
            seen=seen,
            source=position_of(extracted.source),
            exact=extracted.signature.exact,
            words=extracted.signature.words,
            signature_version=extracted.signature.version,
            own_uri=_own_uri(extracted, previous),
            clock=clock,
            publisher=extracted.publisher.name if extracted.publisher else None,
            owner=extracted.publisher.owner if extracted.publisher else None,
            wire_ids=state_forms(wire.ids),
            sentences=extracted.signature.sentences,
            says_translated=article.says_translated,
            links=linked_uris(article) if extracted.signature.concepts else None,
        )

    @classmethod
    def from_row(cls, row: Iterable[Any], story_id: str | None = None) -> "ArticleState":
        """Return the article of a row.

        Args:
            row: values in the order of the fields, without `story_id`. A row of an earlier version
                ends before fields that were added since; they are None.
            story_id: story that holds the article now; None if it is `recorded_story_id`.
        """
        values = [*row]
        values += [None] * (len(_ROW_FIELDS) - len(values))
        article = cls(*(*values, ""))
        article.story_id = article.recorded_story_id if story_id is None else story_id
        article.relation = Relation(article.relation)
        topic, partition, offset = article.source
        article.source = topic, partition, offset
        article.inputs = tuple(article.inputs or ())
        article.clock = _clock(article.clock)
        article.indexed = article.indexed is not False
        article.wire_ids = tuple(article.wire_ids or ())
        article.links = None if article.links is None else tuple(article.links)
        return article

    @classmethod
    def from_record(cls, record: ArticleRecord) -> "ArticleState":
        """Return the article of a changelog record, in the story that the record names."""
        article = cls(*(*_from_record(record), record.story_id))
        article.source = position_of(record.source)
        return article

    def to_row(self) -> tuple[Any, ...]:
        """Return the values of a row."""
        clock = self.clock
        votes = None if clock is None else (clock.now, clock.votes, clock.claim)
        values = list(_row_values(self))
        values[_CLOCK] = votes
        return tuple(values)

    def to_record(self, signature: Signature) -> ArticleRecord:
        """Return the changelog record.

        Args:
            signature: of this version.
        """
        topic, partition, offset = self.source
        return ArticleRecord(
            **{path: getattr(self, name) for name, path in _IN_RECORD.items() if path in _PLAIN},
            source=SourcePosition(topic=topic, partition=partition, offset=offset),
            signature=signature,
        )


_ROW_FIELDS = tuple(field.name for field in fields(ArticleState) if field.name != "story_id")
_CLOCK = _ROW_FIELDS.index("clock")
_row_values = attrgetter(*_ROW_FIELDS)

_IN_RECORD = {name: name for name in _ROW_FIELDS} | {
    "recorded_story_id": "story_id",
    "declared_original": "names",
    "exact": "signature.exact",
    "words": "signature.words",
    "signature_version": "signature.version",
    "sentences": "signature.sentences",
}
"""Where a field of an article is in its record."""

_PLAIN = ArticleRecord.model_fields.keys() - {"source"}
_from_record = attrgetter(*_IN_RECORD.values())


def position_of(source: SourcePosition) -> tuple[str, int, int]:
    """Return topic, partition and offset."""
    return source.topic, source.partition, source.offset


def _clock(values: Any) -> ClockRecord | None:
    if values is None:
        return None
    now, votes, claim = values
    return ClockRecord.model_construct(now=now, votes=votes, claim=claim)


def _declared_original(extracted: Extracted) -> str | None:
    declared = extracted.article.declared_canonical
    if declared is None or same_site(urlsplit(declared).hostname or "", extracted.article.host):
        return None
    return article_uri(declared)


def _own_uri(extracted: Extracted, previous: ArticleState | None) -> str | None:
    own_url = extracted.article.own_url
    if own_url is None or (previous is not None and previous.own_uri is None):
        return None
    return article_uri(own_url)
