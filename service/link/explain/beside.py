"""Two texts in two languages side by side: what is in both, and which sentences tell the same."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from service.fold.explain.model import Agreement
from service.link.explain.aligned import align_in_order
from service.link.explain.located import Located
from service.link.explain.model import Common, Run, SentencesBeside, SharedWord, TextsBeside
from service.link.features import LEAST_FACT_WEIGHT
from service.text.concepts.lexicon import lexicon
from service.text.concepts.stream import NAME, NUMBER, WORD

MOST_WORDS = 60
"""Words in common that are listed."""

_MARKS: dict[int, Common] = {NUMBER: "number", NAME: "name", WORD: "word"}
_KIND_BITS = 24


def put_beside(a: Located, b: Located) -> TextsBeside:
    """Return what two texts have in common, and their sentences beside one another."""
    return TextsBeside(
        numbers=_agreement(a, b, NUMBER),
        names=_agreement(a, b, NAME),
        words=tuple(_words(a, b)),
        sentences=tuple(_sentences(a, b)),
    )


def _agreement(a: Located, b: Located, kind: int) -> Agreement:
    """The facts of a kind that weigh enough to count for a link, in either text: a name weighs less
    in a script that does not show which words are names."""
    in_a, in_b = _facts(a, kind), _facts(b, kind)
    shared = [id for id in dict.fromkeys([*in_a, *in_b]) if id in a.first and id in b.first]
    shared.sort(key=a.first.__getitem__)
    return Agreement(
        both=tuple(dict.fromkeys((a.word(id), b.word(id)) for id in shared)),
        only_a=_once(a.word(id) for id in in_a if id not in b.first),
        only_b=_once(b.word(id) for id in in_b if id not in a.first),
    )


def _facts(text: Located, kind: int) -> list[int]:
    return [
        id for id in text.first if id >> _KIND_BITS == kind and text.weight(id) >= LEAST_FACT_WEIGHT
    ]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _words(a: Located, b: Located) -> list[SharedWord]:
    named = lexicon().concepts
    shared = [id for id in a.first if id >> _KIND_BITS == WORD and id in b.first]
    shared.sort(key=lambda id: (-a.weight(id) - b.weight(id), a.first[id]))
    return [
        SharedWord(a=a.word(id), b=b.word(id), english=named[id & (1 << _KIND_BITS) - 1])
        for id in shared[:MOST_WORDS]
    ]


def _sentences(a: Located, b: Located) -> Iterator[SentencesBeside]:
    left, right = _weigh(a), _weigh(b)
    for bead in align_in_order(left, right):
        have_a = frozenset().union(*(left[number] for number in bead.a))
        have_b = frozenset().union(*(right[number] for number in bead.b))
        yield SentencesBeside(
            a=tuple(_runs(a, number, have_b) for number in bead.a),
            b=tuple(_runs(b, number, have_a) for number in bead.b),
            numbers_a=bead.a,
            numbers_b=bead.b,
            found=round(bead.found, 4),
        )


def _weigh(text: Located) -> list[dict[int, float]]:
    weights: list[dict[int, float]] = [{} for _ in text.printed.sentences]
    for token, number in enumerate(text.printed.sentence_of):
        weights[number].update(text.of_token[token])
    return weights


def _runs(text: Located, number: int, others: frozenset[int]) -> tuple[Run, ...]:
    """Split a sentence by what the sentences beside it have too."""
    printed = text.printed
    begin, end = printed.sentences[number]
    marks: list[Common | None] = [None] * (end - begin)
    before: tuple[int, Common | None] = (0, None)
    for token in text.by_sentence[number]:
        mark = _mark(id for id in text.of_token[token] if id in others)
        start, stop = (min(max(place - begin, 0), end - begin) for place in printed.spans[token])
        # A name of several words is one.
        first = before[0] if mark is not None and mark == before[1] == "name" else start
        marks[first:stop] = [mark] * (stop - first)
        before = (stop, mark)
    runs = [
        Run(text="".join(character for character, _ in own), mark=mark)
        for mark, own in groupby(
            zip(printed.text[begin:end], marks, strict=True), key=lambda each: each[1]
        )
    ]
    return _stripped(runs)


def _mark(shared: Iterable[int]) -> Common | None:
    kinds = {id >> _KIND_BITS for id in shared}
    return next((_MARKS[kind] for kind in (NUMBER, NAME, WORD) if kind in kinds), None)


def _stripped(runs: list[Run]) -> tuple[Run, ...]:
    if runs:
        runs[0] = runs[0].model_copy(update={"text": runs[0].text.lstrip()})
        runs[-1] = runs[-1].model_copy(update={"text": runs[-1].text.rstrip()})
    return tuple(run for run in runs if run.text)
