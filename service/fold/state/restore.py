"""Restores a row store from the records of `fold.state`."""

import binascii
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from service.contract.extracted import SIGNATURE_VERSION, Signature
from service.contract.fold_state import ArticleRecord, IdentityRecord, PartitionClock, StoryRecord
from service.fold.candidates.headline import headline_keys
from service.fold.candidates.index import keys_of
from service.fold.candidates.wire_id import wire_keys
from service.fold.state.article import ArticleState
from service.fold.state.identities import put_identity
from service.fold.state.row_store import RowStore
from service.fold.state.story import StoryState
from service.fold.state.text_table import StoredText
from service.fold.verify.text_record import packed_bytes
from service.text.hashing import Hashes

_NO_KEYS = np.empty(0, dtype=np.uint64)


def stored_text(title: str, signature: Signature, wire_ids: Iterable[str] = ()) -> StoredText:
    """Return what is stored of an article's text. A signature of another version has no keys: the
    text is never compared.

    Args:
        wire_ids: as in `ArticleState`.

    Raises:
        ValueError: the signature's record, or its concepts, are not base64.
    """
    keys: Hashes = _NO_KEYS
    if signature.version == SIGNATURE_VERSION:
        keys = keys_of(signature, np.concatenate([wire_keys(wire_ids), headline_keys((title,))]))
    return StoredText(packed_bytes(signature.record), keys, concepts=concepts_of(signature))


def concepts_of(signature: Signature) -> bytes:
    """Return the concepts of a signature as they are stored; empty if it has none.

    Raises:
        ValueError: they are not base64.
    """
    return packed_bytes(signature.concepts) if signature.concepts else b""


def left_out(text: StoredText) -> StoredText:
    """Return a text that is not in the candidate index."""
    return replace(text, keys=_NO_KEYS, left_out=text.keys)


def signature_of(article: ArticleState, text: StoredText) -> Signature:
    """Return the signature of an article in the window, made from what is stored of its text.

    `stored_text` of it is the same again. Its keys differ from the original signature's in their
    lowest bits at most, which `keys_of` sets anyway.
    """
    keys = text.all_keys
    further = 0
    if len(keys):
        further = len(headline_keys((article.title,))) + len(wire_keys(article.wire_ids))
    own = keys[: len(keys) - further]
    is_shingle = (own & np.uint64(1)).astype(bool)
    return Signature(
        version=article.signature_version,
        exact=article.exact,
        words=article.words,
        rare_pairs=tuple(own[~is_shingle].tolist()),
        shingles=tuple(own[is_shingle].tolist()),
        record=_base64(text.record),
        sentences=article.sentences,
        concepts=_base64(text.concepts) if text.concepts else None,
    )


def _base64(packed: bytes) -> str:
    return binascii.b2a_base64(packed, newline=False).decode()


def query_keys(text: StoredText, signature: Signature, wire_ids: Iterable[str] = ()) -> Hashes:
    """Return the keys that candidates are looked up by: those stored, without the headline's."""
    if signature.version != SIGNATURE_VERSION:
        return keys_of(signature)
    own = len(signature.rare_pairs) + len(signature.shingles)
    return text.keys[: own + len(wire_keys(wire_ids))]


@dataclass(slots=True)
class Restorer:
    """Applies records in any order to a store, which may have rows already; the store is consistent
    after `finish`.

    Attributes:
        clock: the newest event time in the records, seconds since the epoch.
        articles: number of article records applied.
    """

    store: RowStore
    clock: float = 0.0
    articles: int = 0

    def put_article(self, record: ArticleRecord) -> None:
        """Apply the record of an article."""
        slot = self._slot(record.story_id)
        article = ArticleState.from_record(record)
        text = stored_text(article.title, record.signature, article.wire_ids)
        if not article.indexed:
            text = left_out(text)
        self.store.put_article(article, slot, slot, text)
        self.clock = max(self.clock, record.seen)
        self.articles += 1

    def put_story(self, record: StoryRecord) -> None:
        """Apply the record of a story."""
        self.store.stories.put(self._slot(record.state.id), StoryState.from_record(record))
        self.clock = max(self.clock, record.latest)

    def put_clock(self, record: PartitionClock) -> None:
        """Apply the record of a partition's clock."""
        self.store.put_clock(record)

    def put_identity(self, record: IdentityRecord) -> None:
        """Apply the record of an identity."""
        put_identity(self.store.identities, record)

    def delete_identity(self, key: str) -> None:
        """Apply the tombstone of an identity."""
        self.store.identities.drop(bytes.fromhex(key))

    def delete_article(self, uri: str) -> None:
        """Apply the tombstone of an article."""
        article = self.store.article(uri)
        if article is not None:
            self.store.drop_article(article.number)

    def delete_story(self, story_id: str) -> None:
        """Apply the tombstone of a story; what is left of its articles is deleted with it."""
        slot = self.store.stories.slot_of(story_id)
        if slot is not None:
            self._drop(slot)

    def finish(self) -> None:
        """Delete articles whose story is missing, and move those of merged stories to the story
        that they were merged into."""
        for slot in self.store.stories.reserved():
            self._drop(slot)
        merged = dict(self.store.stories.merged())
        into = {slot: self.store.stories.slot_of(story_id) for slot, story_id in merged.items()}
        for slot in merged:
            last: int | None = slot
            while last is not None and last in into:
                last = into[last]
            if last is None:
                for article in self.store.members(slot):
                    self.store.drop_article(article.number)
            else:
                self.store.move(slot, last)

    def _slot(self, story_id: str) -> int:
        slot = self.store.stories.slot_of(story_id)
        return self.store.stories.reserve(story_id) if slot is None else slot

    def _drop(self, slot: int) -> None:
        for article in self.store.members(slot):
            self.store.drop_article(article.number)
        self.store.stories.drop(slot)


def restore_rows(
    store: RowStore,
    articles: Iterable[ArticleRecord],
    stories: Iterable[StoryRecord],
    clocks: Iterable[PartitionClock] = (),
    identities: Iterable[IdentityRecord] = (),
) -> float:
    """Apply records in any order; returns the newest event time in them, seconds since the
    epoch."""
    restorer = Restorer(store)
    for article in articles:
        restorer.put_article(article)
    for story in stories:
        restorer.put_story(story)
    for clock in clocks:
        restorer.put_clock(clock)
    for identity in identities:
        restorer.put_identity(identity)
    restorer.finish()
    return restorer.clock
