"""Articles as READ hands them over, made of recorded ones: new ones, and copies of these."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from service.contract.article import Article
from service.contract.attribution import Wire
from service.contract.extracted import Extracted, Signature, SourcePosition
from service.contract.identity import article_uri, digest
from tests.bench.made_window import BEGIN

COMMON = 4000
"""Words of the texts, the most frequent first, that every article may use."""


class Writer:
    """Makes articles: sentences of real ones with other names, numbers and rare words in each."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts: dict[str, int] = {}
        for text in texts:
            for word in text.split():
                counts[word] = counts.get(word, 0) + 1
        self._common = sorted(counts, key=lambda word: (-counts[word], word))[:COMMON]
        self._is_common = frozenset(self._common)
        self._texts = [text.split(" ") for text in texts]
        self._lot = random.Random(1)

    def article(self) -> str:
        """Another text: four words in ten are replaced, rare ones by words of its own."""
        lot, own = self._lot, f"{self._lot.randrange(36**4):x}"
        words = lot.choice(self._texts)
        return " ".join(
            word
            if not word or (word in self._is_common and lot.random() < 0.6)
            else lot.choice(self._common)
            if word in self._is_common
            else f"{word[: len(word) - 1]}{own}{word[-1:]}"
            for word in words
        )

    def copy(self, text: str) -> str:
        """A verbatim, a trimmed or a reworded copy."""
        lot, words = self._lot, text.split(" ")
        kind = lot.randrange(3)
        if kind == 1:
            begin = lot.randrange(max(len(words) // 3, 1))
            return " ".join(words[begin : begin + len(words) // 2])
        if kind == 2:
            words = [
                lot.choice(self._common) if w in self._is_common and lot.random() < 0.5 else w
                for w in words
            ]
        return " ".join(words)


def extracted(number: int, text: str, signature: Signature) -> Extracted:
    """An article that was fetched when the one with this number in the window would have been."""
    host = f"host{number % 5000}.example"
    url = f"https://{host}/news/2026/01/01/a-headline-of-some-words-{number}"
    return Extracted(
        article=Article(
            uri=article_uri(url),
            url=url,
            canonical_url=url,
            host=host,
            fetched_at=datetime.fromtimestamp(BEGIN, UTC) + timedelta(milliseconds=100 * number),
            title=" ".join(text.split()[:9]),
            text=text,
            language="en",
            content_hash=digest(text),
        ),
        wire=Wire(),
        signature=signature,
        source=SourcePosition(topic="pages.raw", partition=0, offset=number),
    )
