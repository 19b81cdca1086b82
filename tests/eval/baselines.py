"""What a user would get elsewhere: near-duplicate clusters by the usual libraries' methods.

Each groups texts by single link, as its users do.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import xxhash
from datasketch import MinHash, MinHashLSH

_WORD = re.compile(r"\w+")
PERMUTATIONS = 128
LSH_THRESHOLDS = (0.3, 0.5, 0.7)
JACCARDS = (0.2, 0.3, 0.5)
DISTANCES = (3, 6, 10)
"""Settings tried; those that a user may find in the libraries' and the methods' own papers."""


def baselines(texts: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Name and clusters, one label a text, of each method and setting."""
    shingles = [word_shingles(text) for text in texts]
    sketches = [_sketch(grams) for grams in shingles]
    for threshold in LSH_THRESHOLDS:
        yield f"MinHash-LSH at {threshold}", _cluster(len(texts), _lsh(sketches, threshold))
    marks = np.array([_simhash(text) for text in texts], dtype=np.uint64)
    for distance in DISTANCES:
        yield f"SimHash-64 within {distance}", _cluster(len(texts), _within(marks, distance))
    similar = list(_jaccard(shingles, min(JACCARDS)))
    for threshold in JACCARDS:
        pairs = ((a, b) for a, b, share in similar if share >= threshold)
        yield f"exact Jaccard at {threshold}", _cluster(len(texts), pairs)


def word_shingles(text: str) -> frozenset[int]:
    """Hashes of word 3-grams, as is usual for these methods."""
    words = _WORD.findall(text.lower())
    runs = (" ".join(words[i : i + 3]) for i in range(max(len(words) - 2, 1)))
    return frozenset(xxhash.xxh32_intdigest(run.encode()) for run in runs)


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
    above = 2 * bits.astype(np.int64).sum(axis=0) > len(words)
    return int((above.astype(np.uint64) << np.arange(64, dtype=np.uint64)).sum())


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


def _cluster(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Label of the single-link cluster of each text."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in pairs:
        parent[root(a)] = root(b)
    return [root(number) for number in range(count)]
