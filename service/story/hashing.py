"""64-bit hashes of pairs and runs of token ids, many at once."""

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_ODD_A = np.uint64(0x9E3779B97F4A7C15)
_ODD_B = np.uint64(0xBF58476D1CE4E5B9)
_ODD_C = np.uint64(0x94D049BB133111EB)


def mix(values: Hashes) -> Hashes:
    """Spread the bits of each value; the finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    z = values + _ODD_A
    z = (z ^ (z >> np.uint64(30))) * _ODD_B
    z = (z ^ (z >> np.uint64(27))) * _ODD_C
    return z ^ (z >> np.uint64(31))


def pair_hashes(left: Hashes, right: Hashes) -> Hashes:
    """A hash of each unordered pair (left[i], right[i])."""
    return mix(np.minimum(left, right) * _ODD_B + mix(np.maximum(left, right)))


def run_hashes(ids: Hashes, length: int) -> Hashes:
    """A hash of each run of `length` neighbours; empty where there are fewer."""
    count = len(ids) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    run = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        run = mix(run + ids[offset : offset + count])
    return run


def run_marks(ids: Hashes, length: int) -> Hashes:
    """As `run_hashes`, quicker, with the bits not spread: good only to tell runs apart."""
    count = len(ids) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    run = ids[:count].copy()
    for offset in range(1, length):
        run *= _ODD_B
        run += ids[offset : offset + count]
    return run


def next_mark(marks: Hashes, ids: Hashes) -> Hashes:
    """The marks of runs that go on with these ids, see `run_marks`."""
    return marks * _ODD_B + ids


def firsts(ordered: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Of ascending values, those that are no repeat."""
    first = np.empty(len(ordered), dtype=bool)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def distinct(hashes: Hashes) -> Hashes:
    """Each hash once, ascending."""
    ordered = hashes.copy()
    ordered.sort()
    return ordered.compress(firsts(ordered))


def common(part: Hashes, whole: Hashes) -> int:
    """How many of these distinct, ascending hashes are in `whole`, which is such too."""
    if len(part) > len(whole):
        part, whole = whole, part
    if not len(part):
        return 0
    # What is above all of `whole` is compared with its last, and is not that.
    return int(np.count_nonzero(whole.take(whole.searchsorted(part), mode="clip") == part))


def smallest(hashes: Hashes, count: int) -> Hashes:
    """The `count` smallest distinct hashes, ascending: a bottom-k sketch (Broder 1997)."""
    return distinct(hashes)[:count]
