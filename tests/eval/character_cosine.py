"""Cosine of texts as vectors of character 4-grams, weighted by tf-idf: it needs no words.

Weights are those of scikit-learn's vectoriser with logarithmic counts: 1 + ln(count), times
1 + ln((1 + texts) / (1 + texts with it)); a 4-gram that only one text has is left out.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from service.text.hashing import Hashes, shingle_hashes

SIZE = 4  # characters
BATCH = 400
"""Texts compared with all others at a time: their cosines are some ten million numbers."""


def cosine_pairs(texts: Sequence[str], least: float) -> dict[tuple[int, int], float]:
    """The pairs of texts with at least so high a cosine, and their cosine."""
    vectors = weighted(texts)
    found: dict[tuple[int, int], float] = {}
    for first in range(0, len(texts), BATCH):
        cosines = (vectors[first : first + BATCH] @ vectors[: first + BATCH].T).tocoo()
        chosen = (cosines.data >= least) & (cosines.col < cosines.row + first)
        rows = (cosines.row[chosen] + first).tolist()
        pairs = zip(cosines.col[chosen].tolist(), rows, strict=True)
        found.update(zip(pairs, cosines.data[chosen].tolist(), strict=True))
    return found


def weighted(texts: Sequence[str]) -> csr_matrix:
    """A row of length 1 for each text."""
    counted = [np.unique(_grams(text), return_counts=True) for text in texts]
    every, columns = np.unique(np.concatenate([grams for grams, _ in counted]), return_inverse=True)
    holders = np.bincount(columns, minlength=len(every))
    idf = 1 + np.log((1 + len(texts)) / (1 + holders))
    idf[holders < 2] = 0
    counts = np.concatenate([counts for _, counts in counted])
    data = ((1 + np.log(counts)) * idf[columns]).astype(np.float32)
    begins = np.cumsum([0, *(len(grams) for grams, _ in counted)])
    matrix = csr_matrix((data, columns, begins), shape=(len(texts), len(every)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    matrix.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(begins)).astype(np.float32)
    matrix.eliminate_zeros()
    return matrix


def _grams(text: str) -> Hashes:
    """Hashes of the character 4-grams of a text, each as often as it stands there."""
    plain = " ".join(text.lower().split())
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    return shingle_hashes(codes, SIZE)
