"""Aligns the sentences of two texts for display, and finds the words in which they differ.

The search is that of `service.fold.verify.alignment`, which computes sums only and for speed.
"""

from collections import defaultdict
from itertools import accumulate, groupby

from service.fold.explain.model import AlignedSentences, Stretch
from service.fold.explain.printed import Printed
from service.fold.verify.alignment import ALIGNED, PAIR_PENALTY
from service.fold.verify.text_record import TextRecord

_LEAST_SHARE = 0.15
"""Of two neighbouring sentences that are a partner together, one that contains less than this share
of the sentence's weight is not shown beside it."""

Weights = tuple[dict[int, float], ...]
"""Weight of each word by id, for each sentence. Words without weight are left out; they weigh 1
each if the sentence has no others."""


def weigh(printed: Printed, record: TextRecord) -> Weights:
    """Return the weights of a text's words, from its verification record."""
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
    """Return each sentence's partner in the other text: one sentence, two neighbours, or none."""
    by_word: dict[int, list[int]] = defaultdict(list)
    for number, words in enumerate(theirs):
        for word in words:
            by_word[word].append(number)
    return [_partner(words, by_word, len(theirs)) for words in mine]


def _partner(words: dict[int, float], by_word: dict[int, list[int]], count: int) -> tuple[int, ...]:
    """Return the one or two neighbouring sentences with most of the words' weight, if it is enough.

    Args:
        by_word: numbers of the other text's sentences that have a word.
        count: number of these sentences.
    """
    alone: dict[int, float] = defaultdict(float)
    pairs: dict[int, float] = defaultdict(float)
    for word, weight in words.items():
        numbers = by_word.get(word, ())
        for number in numbers:
            alone[number] += weight
        for first in {first for number in numbers for first in (number - 1, number)}:
            pairs[first] += weight
    pairs = {first: weight for first, weight in pairs.items() if 0 <= first < count - 1}
    if not alone:
        return ()
    enough = ALIGNED * sum(words.values())
    single = max(alone, key=lambda number: (alone[number], -number))
    double = max(pairs, key=lambda first: (pairs[first], -first), default=single)
    better = pairs.get(double, 0.0) - PAIR_PENALTY * sum(words.values())
    if better <= alone[single]:
        return (single,) if alone[single] >= enough else ()
    if better < enough:
        return ()
    least = _LEAST_SHARE * sum(words.values())
    return tuple(number for number in (double, double + 1) if alone[number] >= least)


def group(
    forward: list[tuple[int, ...]], backward: list[tuple[int, ...]]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Group sentences that are partners, in either direction.

    Args:
        forward: for each sentence of A its partner in B.
        backward: for each sentence of B its partner in A.

    Returns:
        The numbers of each group's sentences in A and in B. Groups are in the order of A; those of
        B alone come after the sentence that they follow in B.
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
        ordered.insert(_insertion_index(ordered, alone[1][0]), alone)
    return ordered


def _insertion_index(ordered: list[tuple[tuple[int, ...], tuple[int, ...]]], number: int) -> int:
    """Return the index at which a sentence of B alone is inserted: after the group of the sentence
    before it in B; for the first sentence, before all others of B."""
    for index, (_, right) in enumerate(ordered):
        if number - 1 in right:
            return index + 1
        if number == 0 and right:
            return index
    return len(ordered)


def align_sentences(
    a: Printed, a_record: TextRecord, b: Printed, b_record: TextRecord
) -> tuple[AlignedSentences, ...]:
    """Return every sentence of both texts once, beside its partners if it has any."""
    left, right = weigh(a, a_record), weigh(b, b_record)
    groups = group(find_partners(left, right), find_partners(right, left))
    in_a, in_b = _words(a), _words(b)
    rows = []
    for numbers_a, numbers_b in groups:
        have_a = frozenset().union(*(in_a[number] for number in numbers_a))
        have_b = frozenset().union(*(in_b[number] for number in numbers_b))
        found = min(_share_found(left, numbers_a, have_b), _share_found(right, numbers_b, have_a))
        rows.append(
            AlignedSentences(
                a=tuple(_stretches(a, number, have_b) for number in numbers_a),
                b=tuple(_stretches(b, number, have_a) for number in numbers_b),
                numbers_a=numbers_a,
                numbers_b=numbers_b,
                found=round(found, 4),
            )
        )
    return tuple(rows)


def _words(printed: Printed) -> list[frozenset[int]]:
    """Return the ids of each sentence's words, those without weight included."""
    words: list[set[int]] = [set() for _ in printed.sentences]
    for token, number in zip(printed.ids, printed.sentence_of, strict=True):
        words[number].add(token)
    return [frozenset(each) for each in words]


def _share_found(weights: Weights, numbers: tuple[int, ...], others: frozenset[int]) -> float:
    """Return the share of the weight of sentences whose words are among the others."""
    total = found = 0.0
    for number in numbers:
        for word, weight in weights[number].items():
            total += weight
            found += weight * (word in others)
    return found / total if total else 0.0


def _stretches(printed: Printed, number: int, others: frozenset[int]) -> tuple[Stretch, ...]:
    """Split a sentence into parts whose words are, and are not, among the others.

    A character of several tokens, as in Chinese, is shared if one of them is. Punctuation and space
    between words belong to a shared part beside them.
    """
    begin, end = printed.sentences[number]
    shared: list[bool | None] = [None] * (end - begin)
    for index, owner in enumerate(printed.sentence_of):
        if owner == number:
            start, stop = printed.spans[index]
            same = printed.ids[index] in others
            for character in range(max(start, begin) - begin, min(stop, end) - begin):
                shared[character] = same or bool(shared[character])
    filled = [before is not False or after is not False for before, after in _around(shared)]
    stretches = []
    for same, characters in groupby(range(end - begin), key=filled.__getitem__):
        own = list(characters)
        stretches.append(
            Stretch(text=printed.text[begin + own[0] : begin + own[-1] + 1], shared=same)
        )
    return _stripped(stretches)


def _around(flags: list[bool | None]) -> list[tuple[bool | None, bool | None]]:
    """Return for each flag the last that is not None, up to it, and the next, from it on."""

    def last(found: bool | None, flag: bool | None) -> bool | None:
        return found if flag is None else flag

    before = accumulate(flags, last)
    after = reversed(list(accumulate(reversed(flags), last)))
    return [
        (left if left is not None else right, right if right is not None else left)
        for left, right in zip(before, after, strict=True)
    ]


def _stripped(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Return the parts of a sentence without the space around it."""
    first = stretches[0]
    stretches[0] = first.model_copy(update={"text": first.text.lstrip()})
    last = stretches[-1]
    stretches[-1] = last.model_copy(update={"text": last.text.rstrip()})
    return tuple(stretch for stretch in stretches if stretch.text)
