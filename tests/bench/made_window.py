"""A full window made fast: articles with the keys and texts that real ones have, put straight into
a shard's store.

Texts are those of recorded articles. Keys are random but for eight of the 48 pairs, which are taken
from one of many topics: so an article shares enough keys with about fifteen others of its topic to
be compared with their stories, as was seen on real news.
"""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from service.contract.extracted import Signature, SourcePosition
from service.contract.fold_state import ArticleRecord, StoryRecord
from service.contract.identity import article_uri, digest
from service.contract.story import OriginalOfStory, Relation, StoryEvent
from service.text.signature import sign

TOPIC_ARTICLES = 40
TOPIC_KEYS = 48
SHARED_KEYS = 8
PAIRS, SHINGLES = 48, 32
BEGIN = 1_767_225_600.0
"""Event time of the first article, seconds since the epoch; the others follow at 10 a second."""


class MadeWindow:
    """Makes the records of a window of `size` articles, each alone in its story."""

    def __init__(self, size: int, texts: Sequence[str]) -> None:
        self._lot = np.random.default_rng(1)
        self._choice = random.Random(1)
        self._bases = [sign(text, "en") for text in texts]
        topics = max(size // TOPIC_ARTICLES, 1)
        self._topics = self._lot.integers(2**64, size=(topics, TOPIC_KEYS), dtype=np.uint64)

    def signature(self, number: int, base: Signature | None = None) -> Signature:
        """The signature of a recorded text, with keys of its own and of a topic."""
        base = base or self._choice.choice(self._bases)
        pairs = self._lot.integers(2**64, size=PAIRS, dtype=np.uint64)
        topic = self._topics[self._choice.randrange(len(self._topics))]
        pairs[:SHARED_KEYS] = self._lot.choice(topic, SHARED_KEYS, replace=False)
        shingles = self._lot.integers(2**64, size=SHINGLES, dtype=np.uint64)
        return base.model_copy(
            update={
                "exact": f"{number:032x}",
                "rare_pairs": tuple(np.sort(pairs).tolist()),
                "shingles": tuple(np.sort(shingles).tolist()),
            }
        )

    def with_topic(self, signature: Signature) -> Signature:
        """A real signature that shares keys with a topic too."""
        topic = self._topics[self._choice.randrange(len(self._topics))]
        shared = self._lot.choice(topic, SHARED_KEYS, replace=False).tolist()
        pairs = tuple(sorted([*signature.rare_pairs[: PAIRS - SHARED_KEYS], *shared]))
        return signature.model_copy(update={"rare_pairs": pairs})

    def records(self, first: int, count: int) -> Iterator[tuple[ArticleRecord, StoryRecord]]:
        """The records of articles with these numbers, and of their stories."""
        for number in range(first, first + count):
            host = f"host{number % 5000}.example"
            url = f"https://{host}/news/2026/01/01/a-headline-of-some-words-{number}"
            uri, seen = article_uri(url), BEGIN + number / 10
            story_id = f"urn:copydesk:story:{digest(uri)}"
            title = f"A headline of some nine words or so, number {number}"
            yield (
                ArticleRecord.model_construct(
                    uri=uri,
                    url=url,
                    number=number,
                    story_id=story_id,
                    relation=Relation.ORIGINAL,
                    version=1,
                    content_hash=digest(url),
                    title=title,
                    language="en",
                    host=host,
                    seen=seen,
                    source=SourcePosition.model_construct(
                        topic="pages.raw", partition=0, offset=number
                    ),
                    signature=self.signature(number),
                ),
                StoryRecord.model_construct(
                    state=StoryEvent.model_construct(
                        id=story_id,
                        language="en",
                        headline=title,
                        copies=0,
                        hosts=(host,),
                        host_count=1,
                        original=OriginalOfStory.model_construct(
                            uri=uri, host=host, why="earliest_seen"
                        ),
                    ),
                    latest=seen,
                    representatives=(uri,),
                ),
            )
