"""Features of two texts in different languages, from which the verifier computes how likely one is
a translation of the other."""

from bisect import bisect_left
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from service.link.alignment import SharedIds, align
from service.link.profile import Profile
from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts

LEAST_FACT_WEIGHT = 1.6
"""Lighter names and numbers are shared by texts about anything: single digits, years, and what may
be a name in a script that does not show it."""

LEAST_ORDERED = 3
"""Ids that two texts must share for their order to say something."""


@dataclass(frozen=True, slots=True)
class LinkFeatures:
    """What two texts have in common. Shares are 0 to 1, by weight. None is a share of nothing: a
    text without numbers says nothing of how they agree.

    The fields and their order are those of the model, see `service.link.verifier`. The shorter text
    is the one with fewer words.

    Attributes:
        words, names, numbers: share of the shorter text's that the longer has.
        long_words, long_names, long_numbers: the reverse.
        cosine: of the weights of the ids of both.
        common_words, common_names, common_numbers: how many different ones both have.
        common_weight: weight of all that both have.
        order: longest run, of the ids that each text has once, in the same order, as a share of
            these ids; None if both have too few.
        soft, covered, in_order, clash, partners: alignment of the shorter text with the longer, see
            `service.link.alignment`.
        long_soft, long_covered, long_clash: alignment of the longer with the shorter.
        head: share of the first ids of the shorter text that are anywhere in the longer.
        known: ids a word, of the text with fewer: how much of it the lexicon knows.
        count: different ids of the text with fewer.
        ratio: words of the shorter text as a share of those of the longer.
        keys: keys that both have, see `service.text.concepts.keys`: pairs of ids near each other.
        size: words of the shorter text.
    """

    words: float | None
    names: float | None
    numbers: float | None
    long_words: float | None
    long_names: float | None
    long_numbers: float | None
    cosine: float
    common_words: int
    common_names: int
    common_numbers: int
    common_weight: float
    order: float | None
    soft: float
    covered: float
    in_order: float | None
    clash: float | None
    partners: int
    long_soft: float
    long_covered: float
    long_clash: float | None
    head: float
    known: float
    count: int
    ratio: float
    keys: int
    size: int


ALIGNED = frozenset(
    {
        *("soft", "covered", "in_order", "clash", "partners"),
        *("long_soft", "long_covered", "long_clash"),
    }
)
"""The features of the alignment."""

HEAD = 40
"""Ids at the beginning of a text that `LinkFeatures.head` is of."""

_KIND_BITS = np.uint32(24)


class Shared:
    """What two texts share, of which the features are computed: first what is cheap.

    Attributes:
        short, long: the texts; the shorter is the one with fewer words.
        keys: that both have.
        common_names, common_numbers: see `LinkFeatures`.
        order: likewise.
    """

    __slots__ = (
        "_in_long",
        "_in_short",
        "_kinds",
        "_weights",
        "common_names",
        "common_numbers",
        "keys",
        "long",
        "order",
        "short",
    )

    def __init__(self, a: Profile, b: Profile, keys: int) -> None:
        """Compare two texts, in either order.

        Args:
            keys: that both have.
        """
        self.short, self.long = short, long = by_length(a, b)
        self.keys = keys
        place = long.ids.searchsorted(short.ids)
        found = long.ids.take(place, mode="clip") == short.ids if len(long.ids) else place < 0
        self._in_short = in_short = found.nonzero()[0]
        self._in_long = in_long = place.take(in_short)
        self._weights = short.weights.take(in_short)
        kinds = short.ids.take(in_short) >> _KIND_BITS
        self._kinds = [kinds == kind for kind in (WORD, NAME, NUMBER)]
        solid = self._weights >= LEAST_FACT_WEIGHT
        self.common_names = int(np.count_nonzero(self._kinds[NAME] & solid))
        self.common_numbers = int(np.count_nonzero(self._kinds[NUMBER] & solid))
        once = short.once.take(in_short) & long.once.take(in_long)
        self.order = in_same_order(
            short.places.take(in_short.compress(once)), long.places.take(in_long.compress(once))
        )

    def unaligned(self) -> LinkFeatures:
        """Return the features but for those of the alignment, which are as of a text of which
        nothing is found."""
        short, long = self.short, self.long
        in_short, in_long = self._in_short, self._in_long
        weights, long_weights = self._weights, long.weights.take(in_long)
        shares = [
            _share(weights.compress(own), total)
            for own, total in zip(self._kinds, short.totals, strict=True)
        ]
        long_shares = [
            _share(long_weights.compress(own), total)
            for own, total in zip(self._kinds, long.totals, strict=True)
        ]
        found = np.zeros(len(short.ids), dtype=bool)
        found[in_short] = True
        head = found.take(short.numbers[:HEAD])
        return LinkFeatures(
            words=shares[0],
            names=shares[1],
            numbers=shares[2],
            long_words=long_shares[0],
            long_names=long_shares[1],
            long_numbers=long_shares[2],
            cosine=_cosine(short, long, weights, long_weights),
            common_words=int(np.count_nonzero(self._kinds[WORD])),
            common_names=self.common_names,
            common_numbers=self.common_numbers,
            common_weight=float(weights.sum()),
            order=self.order,
            soft=0.0,
            covered=0.0,
            in_order=None,
            clash=None,
            partners=0,
            long_soft=0.0,
            long_covered=0.0,
            long_clash=None,
            head=float(head.mean()) if len(head) else 0.0,
            known=min(len(each.text) / max(each.words, 1) for each in (short, long)),
            count=min(len(short.ids), len(long.ids)),
            ratio=short.words / max(long.words, 1),
            keys=self.keys,
            size=short.words,
        )

    def aligned(self, unaligned: LinkFeatures) -> LinkFeatures:
        """Return the features with those of the alignment, which take most of the time."""
        ids_of_short = SharedIds(self.short, self._in_short)
        ids_of_long = SharedIds(self.long, self._in_long)
        forward, backward = align(ids_of_short, ids_of_long), align(ids_of_long, ids_of_short)
        return replace(
            unaligned,
            soft=forward.soft,
            covered=forward.covered,
            in_order=forward.order,
            clash=forward.clash,
            partners=forward.partners,
            long_soft=backward.soft,
            long_covered=backward.covered,
            long_clash=backward.clash,
        )


def compare_concepts(a: Concepts, b: Concepts, keys: int) -> LinkFeatures:
    """Return the features of two texts, in either order.

    Args:
        keys: that both have.
    """
    shared = Shared(Profile(a), Profile(b), keys)
    return shared.aligned(shared.unaligned())


def in_same_order(places: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32]) -> float | None:
    """Return the length of the longest run that ascends in both texts, as a share of all; None if
    there are too few.

    Args:
        places, theirs: where each id stands in one text and in the other.
    """
    if len(places) < LEAST_ORDERED:
        return None
    tails: list[int] = []
    for value in theirs[np.argsort(places, kind="stable")].tolist():
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
    return len(tails) / len(places)


def by_length(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    """Return two texts, the one with fewer words first; of equal ones, always the same."""
    if a.words != b.words:
        return (a, b) if a.words < b.words else (b, a)
    return (a, b) if a.text.ids.tobytes() <= b.text.ids.tobytes() else (b, a)


def _share(weights: npt.NDArray[np.float32], total: float) -> float | None:
    return float(weights.sum()) / total if total else None


def _cosine(
    a: Profile, b: Profile, of_a: npt.NDArray[np.float32], of_b: npt.NDArray[np.float32]
) -> float:
    norm = float(np.sqrt(a.square * b.square))
    return float((of_a * of_b).sum()) / norm if norm else 0.0
