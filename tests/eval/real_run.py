"""Real texts placed by one shard, as READ would hand them over."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from service.contract.extracted import Extracted
from service.contract.story import Relation
from service.fold.candidates.index import keys_of
from service.fold.candidates.segment import Segment
from service.read.page.language import identify_language
from tests.eval.baselines import Pairs
from tests.eval.copy_counts import pairs_within
from tests.eval.eval_stories import prepare, stream
from tests.eval.real_rows import RealRow

STREAMS = (("spun", "reuse_ur", "same_event", "distinct"), ("rewritten",), ("translated",))
"""Sets that share texts are streamed apart."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a stream of texts.

    Attributes:
        languages, words: of each text, as identified and as signed.
        put: the pairs that are in one story.
        relations: of each text to its story on arrival, by number.
        signing: processor time of the signatures, in seconds.
    """

    articles: Sequence[Extracted]
    languages: Sequence[str]
    words: Sequence[int]
    put: Pairs
    relations: Mapping[int, Relation]
    signing: float


def place(rows: Sequence[RealRow], seed: int = 1, *, join_rewrites: bool = True) -> Placed:
    """Place the texts in an order by lot."""
    languages = [identify_language(row.text) for row in rows]
    articles, signing = prepare(rows, languages)
    run = stream(articles, seed, join_rewrites=join_rewrites)
    put = pairs_within(run.found[number] for number in range(len(rows)))
    words = [each.signature.words for each in articles]
    return Placed(articles, languages, words, put, run.relations, signing)


def otherwise_identified(rows: Sequence[RealRow], languages: Sequence[str]) -> Counter[str]:
    """How often a language was identified as another, in words."""
    told = zip(rows, languages, strict=True)
    return Counter(f"{row.language} as {said}" for row, said in told if row.language != said)


def index_bytes(articles: Sequence[Extracted]) -> float:
    """Bytes an article in a sealed segment of the candidate index."""
    keys = [keys_of(article.signature) for article in articles]
    numbers = np.repeat(np.arange(len(keys)), [len(each) for each in keys]).astype(np.uint64)
    return Segment.of(numbers, np.concatenate(keys)).nbytes / len(keys)


def record_bytes(articles: Sequence[Extracted]) -> float:
    """Bytes of a verification record, on average."""
    return fmean(len(article.signature.record) for article in articles)
