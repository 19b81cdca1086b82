"""What a user would get elsewhere: which texts the usual methods take for copies of one another.

MinHash (Broder 1997) with locality-sensitive hashing, from the library `datasketch`; SimHash
(Charikar 2002); Jaccard's share of word 3-grams; the cosine of character 4-grams weighted by
tf-idf; and a rule that a news API publishes: candidates by cosine, then Levenshtein's similarity of
the texts. Each says which pairs of texts it links.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import xxhash
from datasketch import MinHash, MinHashLSH

from tests.eval.character_cosine import cosine_pairs
from tests.eval.edit_distance import is_similar

Pairs = frozenset[tuple[int, int]]
"""Pairs of numbers of texts, the smaller number first."""

_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+")
"""A word; a character where no spaces separate words: Thai to Lao, Burmese, Khmer, East Asian."""

PERMUTATIONS = 128
LSH_THRESHOLDS = (0.3, 0.5, 0.7)
JACCARDS = (0.2, 0.3, 0.5)
DISTANCES = (3, 6, 10)
"""Settings tried; those that a user may find in the libraries' and the methods' own papers."""

COSINE = 0.4
COSINES = 0.2
"""The lowest cosine that is looked for."""

RULE = 0.92
"""Levenshtein's similarity that the news API asks for. It finds candidates by the cosine of
embeddings by a language model; none ships with this project, so here its candidates are the pairs
with a cosine of character 4-grams of `COSINE` or more. Texts as similar as it asks have at least
two thirds of their 4-grams in common, so that better candidates would hardly add any."""


def baselines(
    texts: Sequence[str], thresholds: Sequence[float] = (COSINE,)
) -> Iterator[tuple[str, Pairs]]:
    """Name of each method with its setting, and the pairs that it links.

    Args:
        thresholds: of the cosine.
    """
    shingles = [word_shingles(text) for text in texts]
    sketches = [_sketch(grams) for grams in shingles]
    for threshold in LSH_THRESHOLDS:
        yield f"MinHash-LSH at {threshold}", _ordered(_lsh(sketches, threshold))
    marks = np.array([_simhash(text) for text in texts], dtype=np.uint64)
    for distance in DISTANCES:
        yield f"SimHash-64 within {distance}", _ordered(_within(marks, distance))
    similar = list(_jaccard(shingles, min(JACCARDS)))
    for threshold in JACCARDS:
        yield (
            f"exact Jaccard at {threshold}",
            _ordered((a, b) for a, b, share in similar if share >= threshold),
        )
    cosines = cosine_pairs(texts, COSINES)
    for threshold in thresholds:
        yield f"4-gram cosine at {threshold}", above(cosines, threshold)
    yield f"cosine, then Levenshtein {RULE}", edit_rule(texts, above(cosines, COSINE))


def above(cosines: Mapping[tuple[int, int], float], threshold: float) -> Pairs:
    """The pairs with at least so high a cosine."""
    return frozenset(pair for pair, cosine in cosines.items() if cosine >= threshold)


def edit_rule(texts: Sequence[str], candidates: Iterable[tuple[int, int]]) -> Pairs:
    """The candidates whose texts are as similar as the news API's rule asks."""
    return frozenset(
        pair for pair in candidates if is_similar(texts[pair[0]], texts[pair[1]], RULE)
    )


def word_shingles(text: str) -> frozenset[int]:
    """Hashes of word 3-grams, as is usual for these methods."""
    words = _WORD.findall(text.lower())
    runs = (" ".join(words[i : i + 3]) for i in range(max(len(words) - 2, 1)))
    return frozenset(xxhash.xxh32_intdigest(run.encode()) for run in runs)


def single_link(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The group of each text, where linked texts are in one group, as such methods' users do."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in pairs:
        parent[root(a)] = root(b)
    return [root(number) for number in range(count)]


def _ordered(pairs: Iterable[tuple[int, int]]) -> Pairs:
    return frozenset((min(a, b), max(a, b)) for a, b in pairs)


def _sketch(grams: frozenset[int]) -> MinHash:
    sketch = MinHash(PERMUTATIONS)
    sketch.update_batch([gram.to_bytes(4, "big") for gram in grams])
    return sketch


def _lsh(sketches: Sequence[MinHash], threshold: float) -> Iterator[tuple[int, int]]:
    index = MinHashLSH(threshold, PERMUTATIONS)
    for number, sketch in enumerate(sketches):
        for other in index.query(sketch):
            yield number, other
        index.insert(number, sketch)


def _simhash(text: str) -> int:
    """Charikar 2002, over words weighted by their count."""
    words = _WORD.findall(text.lower())
    hashes = np.array([xxhash.xxh3_64_intdigest(word.encode()) for word in words], dtype=np.uint64)
    bits = (hashes[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
    above_half = 2 * bits.astype(np.int64).sum(axis=0) > len(words)
    return int((above_half.astype(np.uint64) << np.arange(64, dtype=np.uint64)).sum())


def _within(
    marks: "np.ndarray[tuple[int], np.dtype[np.uint64]]", distance: int
) -> Iterator[tuple[int, int]]:
    for number in range(1, len(marks)):
        far = np.bitwise_count(marks[:number] ^ marks[number])
        for other in np.flatnonzero(far <= distance).tolist():
            yield number, other


def _jaccard(shingles: Sequence[frozenset[int]], least: float) -> Iterator[tuple[int, int, float]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for number, grams in enumerate(shingles):
        common: dict[int, int] = defaultdict(int)
        for gram in grams:
            for other in holders[gram]:
                common[other] += 1
            holders[gram].append(number)
        for other, shared in common.items():
            share = shared / (len(grams) + len(shingles[other]) - shared)
            if share >= least:
                yield number, other, share
