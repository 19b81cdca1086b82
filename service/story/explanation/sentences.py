"""Two texts side by side: the sentences that say the same, and what differs inside them."""

from itertools import accumulate, groupby

from service.story.explanation.model import AlignedSentences, Run
from service.story.explanation.partners import Weights, find_partners, group, weigh
from service.story.explanation.printed import Printed
from service.story.record import TextRecord


def align_sentences(
    a: Printed, a_record: TextRecord, b: Printed, b_record: TextRecord
) -> tuple[AlignedSentences, ...]:
    """Every sentence of both texts, once, beside its partners if it has any."""
    left, right = weigh(a, a_record), weigh(b, b_record)
    groups = group(find_partners(left, right), find_partners(right, left))
    in_a, in_b = _words(a), _words(b)
    rows = []
    for numbers_a, numbers_b in groups:
        have_a = frozenset().union(*(in_a[number] for number in numbers_a))
        have_b = frozenset().union(*(in_b[number] for number in numbers_b))
        found = min(_held(left, numbers_a, have_b), _held(right, numbers_b, have_a))
        rows.append(
            AlignedSentences(
                a=tuple(_runs(a, number, have_b) for number in numbers_a),
                b=tuple(_runs(b, number, have_a) for number in numbers_b),
                numbers_a=numbers_a,
                numbers_b=numbers_b,
                found=round(found, 4),
            )
        )
    return tuple(rows)


def _words(printed: Printed) -> list[frozenset[int]]:
    """The ids of each sentence, those of the commonest words too."""
    words: list[set[int]] = [set() for _ in printed.sentences]
    for token, number in zip(printed.ids, printed.sentence_of, strict=True):
        words[number].add(token)
    return [frozenset(each) for each in words]


def _held(weights: Weights, numbers: tuple[int, ...], others: frozenset[int]) -> float:
    """The share of the weight of sentences whose words are among the others."""
    total = held = 0.0
    for number in numbers:
        for word, weight in weights[number].items():
            total += weight
            held += weight * (word in others)
    return held / total if total else 0.0


def _runs(printed: Printed, number: int, others: frozenset[int]) -> tuple[Run, ...]:
    """A sentence cut where it begins or ceases to have words in common with the others.

    Where tokens overlap, as in Chinese, a character of one that is shared is. Marks and space
    between words go with what is shared.
    """
    begin, end = printed.sentences[number]
    shared: list[bool | None] = [None] * (end - begin)
    for place, at in enumerate(printed.sentence_of):
        if at == number:
            start, stop = printed.spans[place]
            same = printed.ids[place] in others
            for character in range(max(start, begin) - begin, min(stop, end) - begin):
                shared[character] = same or bool(shared[character])
    filled = [before is not False or after is not False for before, after in _around(shared)]
    runs = []
    for same, characters in groupby(range(end - begin), key=filled.__getitem__):
        own = list(characters)
        runs.append(Run(text=printed.text[begin + own[0] : begin + own[-1] + 1], shared=same))
    return _stripped(runs)


def _around(flags: list[bool | None]) -> list[tuple[bool | None, bool | None]]:
    """For each flag the last that is set, up to it, and the next that is, from it on."""

    def last(found: bool | None, flag: bool | None) -> bool | None:
        return found if flag is None else flag

    before = accumulate(flags, last)
    after = reversed(list(accumulate(reversed(flags), last)))
    return [
        (left if left is not None else right, right if right is not None else left)
        for left, right in zip(before, after, strict=True)
    ]


def _stripped(runs: list[Run]) -> tuple[Run, ...]:
    """The runs of a sentence without the space around it."""
    first = runs[0]
    runs[0] = first.model_copy(update={"text": first.text.lstrip()})
    last = runs[-1]
    runs[-1] = last.model_copy(update={"text": last.text.rstrip()})
    return tuple(run for run in runs if run.text)
