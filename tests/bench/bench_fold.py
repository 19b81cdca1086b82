"""How fast FOLD is: `python -m tests.bench.bench_fold [--window N] [--measure N]`.

Fills a shard with N articles of their own stories, then streams in as many as are to be measured:
half copies of what the shard holds (as they are, trimmed, or reworded), half new. Prints articles a
second of the signature and of `Shard.place`, the time to restore, and the memory an article takes.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from service.events.article import Article
from service.events.extracted import Extracted, SourcePosition
from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.identity import article_uri, digest
from service.events.signature import Signature
from service.events.wire import Wire
from service.story.decision import Placed
from service.story.memory import Window
from service.story.shard import Shard
from service.story.sign import sign
from tests.eval.story_rows import DATA, load_rows

START = datetime(2026, 1, 1, tzinfo=UTC)
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
    url = f"https://host{number % 5000}.example/news/2026/01/01/a-headline-of-some-words-{number}"
    return Extracted(
        article=Article(
            uri=article_uri(url),
            url=url,
            canonical_url=url,
            host=url.split("/")[2],
            fetched_at=START + timedelta(milliseconds=100 * number),
            title=" ".join(text.split()[:9]),
            text=text,
            language="en",
            content_hash=digest(text),
        ),
        wire=Wire(),
        signature=signature,
        source=SourcePosition(topic="pages.raw", partition=0, offset=number),
    )


def filled(writer: Writer, count: int) -> Iterator[tuple[str, Extracted]]:
    for number in range(count):
        text = writer.article()
        yield text, extracted(number, text, sign(text, "en"))


def memory() -> float:
    """The most that the process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", type=int, default=100_000)
    parser.add_argument("--measure", type=int, default=3_000)
    options = parser.parse_args()
    writer = Writer([row.text for row in load_rows(DATA / "train.jsonl.gz")])

    texts = [writer.article() for _ in range(500)]
    begun = time.process_time()
    for text in texts:
        sign(text, "en")
    print(f"signature: {len(texts) / (time.process_time() - begun):.0f} articles/s of CPU")

    held = memory()
    articles: list[ArticleRecord] = []
    stories: list[StoryRecord] = []
    some: list[str] = []
    for text, article in filled(writer, options.window):
        # A shard of its own makes the records of an article that is alone in its story.
        decision = Shard().place(article)
        assert isinstance(decision, Placed)
        record = decision.saved.articles[0]
        articles.append(record.model_copy(update={"number": len(articles)}))
        stories.extend(decision.saved.stories)
        if len(some) < options.measure and len(articles) % 7 == 0:
            some.append(text)
    with_records = memory()
    shard = Shard(Window(articles=2 * options.window))
    begun = time.process_time()
    shard.restore(articles, stories)
    print(f"restored {shard.article_count} articles in {time.process_time() - begun:.1f} s of CPU")
    print(
        f"memory an article: {(with_records - held) / options.window / 1000:.1f} kB of records, "
        f"{(memory() - with_records) / options.window / 1000:.1f} kB more in the shard"
    )
    coming = []
    for number in range(options.window, options.window + options.measure):
        text = writer.copy(some[number % len(some)]) if number % 2 else writer.article()
        coming.append(extracted(number, text, sign(text, "en")))
    begun = time.process_time()
    copies = 0
    for article in coming:
        decision = shard.place(article)
        copies += isinstance(decision, Placed) and decision.placement.parent is not None
    seconds = time.process_time() - begun
    print(
        f"placed {len(coming) / seconds:.0f} articles/s of CPU, {shard.article_count} held; "
        f"{copies / len(coming):.0%} were found to be copies"
    )


if __name__ == "__main__":
    main()
