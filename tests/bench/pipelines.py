"""Ways to go from fetched pages to stories in one process, to be set side by side.

Each takes the fetches of a crawl and returns a story label for each that it took for an article.
"""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from datasketch import MinHash, MinHashLSH

from service.contract.article_event import ArticleEvent
from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Topic
from service.contract.serde import load
from service.fold.shard import Shard
from service.fold.stage import fold
from service.read.stage import read
from tests.bench.crawl import Fetch
from tests.bench.read_peers import with_newspaper, with_trafilatura
from tests.eval.baselines import LSH_THRESHOLDS, PERMUTATIONS, word_shingles

Labels = dict[int, str]
"""Story label by the number of the fetch."""

LEAST_WORDS = 25  # of an article, as in copydesk


def copydesk(crawl: Iterable[Fetch]) -> Labels:
    """READ and FOLD, without a broker and without child processes."""
    shard = Shard()
    labels: Labels = {}
    for number, fetch in enumerate(crawl):
        source = SourcePosition(topic="pages.raw", partition=0, offset=number)
        made = read(InputMessage(None, fetch.body, _headers(fetch), None, source))
        if made.topic is not Topic.EXTRACTED:
            continue
        position = SourcePosition(topic="articles.extracted", partition=0, offset=number)
        for record in fold(
            InputMessage(made.key, made.value, made.headers, None, position), shard, 0
        ):
            if record.topic is Topic.ARTICLES and record.value is not None:
                labels[number] = load(ArticleEvent, record.value).copydesk.story.id
    return labels


def _headers(fetch: Fetch) -> tuple[tuple[str, bytes], ...]:
    return (
        ("url", fetch.url.encode()),
        ("content-type", fetch.content_type.encode()),
        ("status", str(fetch.status).encode()),
        ("fetched-at", fetch.fetched_at.isoformat().encode()),
    )


def script(crawl: Iterable[Fetch], extract: Callable[[str, str], str], threshold: float) -> Labels:
    """What many write first: an extractor, then MinHash-LSH, each text with the first it meets."""
    index = MinHashLSH(threshold, PERMUTATIONS)
    labels: Labels = {}
    known: set[str] = set()
    for number, fetch in enumerate(crawl):
        if fetch.status != 200 or "html" not in fetch.content_type or fetch.url in known:
            continue
        try:
            text = extract(fetch.body.decode("utf-8", "replace"), fetch.url)
        except Exception:  # a page that an extractor fails on is a page without an article
            continue
        if len(text.split()) < LEAST_WORDS:
            continue
        known.add(fetch.url)
        sketch = MinHash(PERMUTATIONS)
        sketch.update_batch([gram.to_bytes(4, "big") for gram in word_shingles(text)])
        met = index.query(sketch)
        labels[number] = labels[met[0]] if met else str(number)
        index.insert(number, sketch)
    return labels


def newspaper_and_lsh(crawl: Iterable[Fetch]) -> Labels:
    """newspaper4k and datasketch."""
    return script(crawl, with_newspaper, LSH_THRESHOLDS[0])


def trafilatura_and_lsh(crawl: Iterable[Fetch]) -> Labels:
    """trafilatura and datasketch."""
    return script(crawl, with_trafilatura, LSH_THRESHOLDS[0])


def trafilatura_and_datatrove(crawl: Iterable[Fetch]) -> Labels:
    """trafilatura, then datatrove's MinHash stages as one batch, with its defaults."""
    from tests.bench.datatrove_batch import cluster

    texts: dict[int, str] = {}
    known: set[str] = set()
    for number, fetch in enumerate(crawl):
        if fetch.status != 200 or "html" not in fetch.content_type or fetch.url in known:
            continue
        text = with_trafilatura(fetch.body.decode("utf-8", "replace"), fetch.url)
        if len(text.split()) >= LEAST_WORDS:
            known.add(fetch.url)
            texts[number] = text
    with tempfile.TemporaryDirectory() as folder:
        return cluster(texts, Path(folder))


PIPELINES: dict[str, Callable[[Iterable[Fetch]], Labels]] = {
    "copydesk": copydesk,
    "newspaper4k + datasketch LSH": newspaper_and_lsh,
    "trafilatura + datasketch LSH": trafilatura_and_lsh,
    "trafilatura + datatrove MinHash (batch)": trafilatura_and_datatrove,
}
