"""The records of `fold.state` taken over into a store, which may hold what came before them."""

from dataclasses import dataclass

import numpy as np

from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.signature import SIGNATURE_VERSION, Signature
from service.story.hashing import Hashes
from service.story.headline import headline_keys
from service.story.index import keys_of
from service.story.known import KnownArticle, KnownStory
from service.story.record import packed_bytes
from service.story.store import Store, StoredText

_NO_KEYS = np.empty(0, dtype=np.uint64)


def stored_text(title: str, signature: Signature) -> StoredText:
    """What is kept of an article's text. One signed by another version of the algorithm has no
    keys: it is never compared.

    Raises:
        ValueError: the signature's record is no base64.
    """
    keys: Hashes = _NO_KEYS
    if signature.version == SIGNATURE_VERSION:
        keys = keys_of(signature, headline_keys((title,)))
    return StoredText(packed_bytes(signature.record), keys)


def asked_keys(text: StoredText, signature: Signature) -> Hashes:
    """What the text is looked up by: its keys without the headline's."""
    if signature.version != SIGNATURE_VERSION:
        return keys_of(signature)
    return text.keys[: len(signature.rare_pairs) + len(signature.shingles)]


@dataclass(slots=True)
class Takeover:
    """Takes records in any order; the store is whole again after `finish`.

    Attributes:
        clock: the newest event time in the records.
        articles: records of articles taken.
    """

    store: Store
    clock: float = 0.0
    articles: int = 0

    def enter_article(self, record: ArticleRecord) -> None:
        """Take an article, in place of what was known of it."""
        slot = self._slot(record.story_id)
        article = KnownArticle.from_record(record, record.story_id)
        self.store.put_article(article, slot, slot, stored_text(article.title, record.signature))
        self.clock = max(self.clock, record.seen)
        self.articles += 1

    def enter_story(self, record: StoryRecord) -> None:
        """Take a story, in place of what was known of it."""
        self.store.put_story(self._slot(record.state.id), KnownStory.from_record(record))
        self.clock = max(self.clock, record.latest)

    def forget_article(self, uri: str) -> None:
        """Take out an article, if it is there."""
        article = self.store.article(uri)
        if article is not None:
            self.store.drop_article(article.number)

    def forget_story(self, story_id: str) -> None:
        """Take out a story, if it is there; what is left of its articles goes with it."""
        slot = self.store.slot_of(story_id)
        if slot is not None:
            self._drop(slot)

    def finish(self) -> None:
        """Let go of articles whose story is not there, and give those of merged stories to the
        story that these have become."""
        for slot in self.store.reserved():
            self._drop(slot)
        merged = dict(self.store.merged())
        into = {slot: self.store.slot_of(story_id) for slot, story_id in merged.items()}
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
        slot = self.store.slot_of(story_id)
        return self.store.reserve(story_id) if slot is None else slot

    def _drop(self, slot: int) -> None:
        for article in self.store.members(slot):
            self.store.drop_article(article.number)
        self.store.drop_story(slot)
