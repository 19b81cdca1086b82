"""Which sentence of one text stands where in another, sentence by sentence.

The same search as `service.story.align`, which only needs the sums; here it is written to be read.
"""

from collections import defaultdict

from service.story.align import ALIGNED
from service.story.explanation.printed import Printed
from service.story.record import TextRecord

_PAIR_PENALTY = 0.02
"""As in `align`: a single sentence wins over two neighbours unless these hold more."""

_OF_A_PAIR = 0.15
"""Of two neighbours that are a partner together, one that alone holds less than this share of the
sentence is not shown beside it."""


Weights = tuple[dict[int, float], ...]
"""For each sentence the weight of its words by id, without the words that weigh nothing; where all
are such, each counts alike."""


def weigh(printed: Printed, record: TextRecord) -> Weights:
    """The sentences of a text with the weights of its verification record."""
    words: Weights = tuple({} for _ in printed.sentences)
    commonest: Weights = tuple({} for _ in printed.sentences)
    weights = record.weights.tolist()
    for token, weight, number in zip(printed.ids, weights, printed.sentence_of, strict=True):
        if weight > 0:
            words[number].setdefault(token, weight)
        else:
            commonest[number][token] = 1.0
    return tuple(some or others for some, others in zip(words, commonest, strict=True))


def find_partners(mine: Weights, theirs: Weights) -> list[tuple[int, ...]]:
    """For each sentence its partner in the other text: one sentence, two neighbours, or none."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, words in enumerate(theirs):
        for word in words:
            holders[word].append(number)
    return [_partner(words, holders, len(theirs)) for words in mine]


def _partner(words: dict[int, float], holders: dict[int, list[int]], count: int) -> tuple[int, ...]:
    """The window, one or two sentences, that holds most of the words' weight, if it is enough."""
    alone: dict[int, float] = defaultdict(float)
    pairs: dict[int, float] = defaultdict(float)
    for word, weight in words.items():
        held = holders.get(word, ())
        for number in held:
            alone[number] += weight
        for first in {first for number in held for first in (number - 1, number)}:
            pairs[first] += weight
    pairs = {first: weight for first, weight in pairs.items() if 0 <= first < count - 1}
    if not alone:
        return ()
    enough = ALIGNED * sum(words.values())
    single = max(alone, key=lambda number: (alone[number], -number))
    double = max(pairs, key=lambda first: (pairs[first], -first), default=single)
    better = pairs.get(double, 0.0) - _PAIR_PENALTY * sum(words.values())
    if better <= alone[single]:
        return (single,) if alone[single] >= enough else ()
    if better < enough:
        return ()
    least = _OF_A_PAIR * sum(words.values())
    return tuple(number for number in (double, double + 1) if alone[number] >= least)


def group(
    forward: list[tuple[int, ...]], backward: list[tuple[int, ...]]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Sentences that are each other's partners, together: numbers in A, numbers in B.

    In the order of A; what stands in B alone comes after what it follows there.

    Args:
        forward: for each sentence of A its partner in B.
        backward: for each sentence of B its partner in A.
    """
    parent = list(range(len(forward) + len(backward)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for number, partners in enumerate(forward):
        for partner in partners:
            parent[root(len(forward) + partner)] = root(number)
    for number, partners in enumerate(backward):
        for partner in partners:
            parent[root(len(forward) + number)] = root(partner)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(len(parent)):
        left, right = members.setdefault(root(node), ([], []))
        if node < len(forward):
            left.append(node)
        else:
            right.append(node - len(forward))
    groups = [(tuple(left), tuple(right)) for left, right in members.values()]
    ordered = sorted((each for each in groups if each[0]), key=lambda each: each[0])
    for alone in sorted(each for each in groups if not each[0]):
        ordered.insert(_after(ordered, alone[1][0]), alone)
    return ordered


def _after(ordered: list[tuple[tuple[int, ...], tuple[int, ...]]], number: int) -> int:
    """The place of a sentence that stands in B alone: behind the one before it in B; the first
    before what else is of B."""
    for place, (_, right) in enumerate(ordered):
        if number - 1 in right:
            return place + 1
        if number == 0 and right:
            return place
    return len(ordered)
