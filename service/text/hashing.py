"""64-bit hashes of pairs and of sequences of token ids, computed with NumPy on whole arrays."""

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_ODD_A = np.uint64(0x9E3779B97F4A7C15)
_ODD_B = np.uint64(0xBF58476D1CE4E5B9)
_ODD_C = np.uint64(0x94D049BB133111EB)


def mix(values: Hashes) -> Hashes:
    """Mix the bits of each value with the finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    z = values + _ODD_A
    z = (z ^ (z >> np.uint64(30))) * _ODD_B
    z = (z ^ (z >> np.uint64(27))) * _ODD_C
    return z ^ (z >> np.uint64(31))


def pair_hashes(left: Hashes, right: Hashes) -> Hashes:
    """One hash for each unordered pair (left[i], right[i])."""
    return mix(np.minimum(left, right) * _ODD_B + mix(np.maximum(left, right)))


def shingle_hashes(ids: Hashes, length: int) -> Hashes:
    """One hash for each sequence of `length` consecutive ids; empty if there are fewer ids."""
    count = len(ids) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        hashes = mix(hashes + ids[offset : offset + count])
    return hashes


def run_marks(ids: Hashes, length: int) -> Hashes:
    """As `shingle_hashes`, but faster and without mixing the bits: use them to compare sequences
    for equality only, not as hash values."""
    count = len(ids) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    values = ids[:count].copy()
    for offset in range(1, length):
        values *= _ODD_B
        values += ids[offset : offset + count]
    return values


def next_mark(marks: Hashes, ids: Hashes) -> Hashes:
    """Extend each sequence by one id: the values that `run_marks` gives for the longer ones."""
    return marks * _ODD_B + ids


def firsts(ordered: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """For ascending values: True where a value differs from the one before it."""
    first = np.empty(len(ordered), dtype=bool)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def distinct(hashes: Hashes) -> Hashes:
    """The distinct hashes, ascending."""
    ordered = hashes.copy()
    ordered.sort()
    return ordered.compress(firsts(ordered))


def common(part: Hashes, whole: Hashes) -> int:
    """Number of hashes that occur in both arrays; both must be distinct and ascending."""
    if len(part) > len(whole):
        part, whole = whole, part
    if not len(part):
        return 0
    # mode="clip": a hash above all of `whole` is compared with the last one, and differs from it.
    return int(np.count_nonzero(whole.take(whole.searchsorted(part), mode="clip") == part))


def smallest(hashes: Hashes, count: int) -> Hashes:
    """The `count` smallest distinct hashes, ascending: a bottom-k sketch (Broder, 1997)."""
    return distinct(hashes)[:count]
