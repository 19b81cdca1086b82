"""Adversarial inputs for a pattern, made from its own structure.

Backtracking takes long where a part that repeats can match the same text in several ways, and what
follows it fails. For each repeat of the pattern: what precedes it, then what its body matches many
times, then something that cannot follow. And for a search, which begins anew at each position:
the beginning of a match many times.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LETTERS = (
    " \n\tae1209AEzéя漢カ。'\"’“”<>&/\\-–—.,;:!?()[]{}©@_=#%*+|•·〇十年,\u00a0\u0000\U000f0000"
)
"""Tried in this order as members of a class of characters."""
RUNS = (
    *(letter for letter in LETTERS),
    "a ", "A ", "Ab ", "a. ", "A. ", "1 ", "1.", "1,", "1-", "a-", "a.", "a,", "a'", "a/", " \n",
    "\r\n", "<a ", "<!--", "-->", "</", "&a;", "\\u", "\\", '",', "\"\n", ",\n", "by ", "By A ",
    "2024-", "10:00 ", "漢a", "十百", "1月", "x@", "http://", "www.",
)  # fmt: skip
"""Texts that are repeated for every pattern."""
ENDS = ("", "\u0000", "a", " ")
"""What may make a match fail after the repeated part."""
VARIANTS = 4
MOST = 120
"""Number of inputs of one pattern."""

Node = tuple[Any, Any]


def inputs(pattern: re.Pattern[Any]) -> list[Callable[[int], str | bytes]]:
    """Functions that make an adversarial input with a given number of repetitions."""
    text = pattern.pattern
    tree = parser.parse(text, pattern.flags)
    made: dict[tuple[str, str, str], None] = {}
    for prefix, pump in itertools.chain(_pumps(list(tree), ("",)), (("", run) for run in RUNS)):
        if pump:
            for end in ENDS if prefix or len(pump) > 2 else ENDS[:2]:
                made.setdefault((prefix, pump, end))
    chosen = list(made)
    if len(chosen) > MOST:  # evenly, so that every part of the pattern has some
        chosen = [chosen[len(chosen) * number // MOST] for number in range(MOST)]
    as_bytes = isinstance(text, bytes)
    return [_maker(*parts, as_bytes=as_bytes) for parts in chosen]


def _maker(prefix: str, pump: str, end: str, *, as_bytes: bool) -> Callable[[int], str | bytes]:
    def make(count: int) -> str | bytes:
        text = prefix + pump * count + end
        return text.encode("latin-1", "replace") if as_bytes else text

    make.__doc__ = f"{prefix!r} + {pump!r} * n + {end!r}"
    return make


def _pumps(nodes: Sequence[Node], before: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What precedes each repeat, and what it can repeat."""
    for number, (kind, value) in enumerate(nodes):
        prefix = before[0] + _first(nodes[:number])
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 1:
                for pump in _samples(list(body), VARIANTS):
                    yield prefix, pump
                    yield "", prefix + pump
            if prefix:
                yield "", prefix
            yield from _pumps(list(body), (prefix,))
        elif kind is op.SUBPATTERN:
            yield from _pumps(list(value[-1]), (prefix,))
        elif kind is op.ATOMIC_GROUP:
            yield from _pumps(list(value), (prefix,))
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _pumps(list(branch), (prefix,))
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _pumps(list(value[1]), (prefix,))


def _first(nodes: Sequence[Node]) -> str:
    return next(iter(_samples(nodes, 1)), "")


def _samples(nodes: Sequence[Node], most: int) -> list[str]:
    """Some texts that a sequence of nodes matches, as far as can be seen from each node alone."""
    texts = [""]
    for node in nodes:
        parts = _samples_of(node, most) or [""]
        texts = [text + part for text in texts for part in parts][: 4 * most]
    return list(dict.fromkeys(texts))[:most]


def _samples_of(node: Node, most: int) -> list[str]:
    kind, value = node
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.NOT_LITERAL:
        return [letter for letter in LETTERS if ord(letter) != value][:most]
    if kind is op.ANY:
        return ["a", " ", "1", "<"][:most]
    if kind is op.IN:
        return _members(value)[:most]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, _, body = value
        return [text * max(least, 1) for text in _samples(list(body), most)]
    if kind is op.SUBPATTERN:
        return _samples(list(value[-1]), most)
    if kind is op.ATOMIC_GROUP:
        return _samples(list(value), most)
    if kind is op.BRANCH:
        each = [_samples(list(branch), most) for branch in value[1]]
        return [text for texts in itertools.zip_longest(*each) for text in texts if text][:most]
    return [""]


def _members(items: Sequence[Node]) -> list[str]:
    """Characters of a class."""
    held = [letter for letter in LETTERS if _holds(items, letter)]
    if not held:
        for kind, value in items:
            if kind is op.LITERAL:
                held.append(chr(value))
            elif kind is op.RANGE:
                held.append(chr(value[0]))
    return held


def _holds(items: Sequence[Node], letter: str) -> bool:
    negated = False
    for kind, value in items:
        if kind is op.NEGATE:
            negated = True
        elif (
            (kind is op.LITERAL and ord(letter) == value)
            or (kind is op.RANGE and value[0] <= ord(letter) <= value[1])
            or (kind is op.CATEGORY and _in_category(value, letter))
        ):
            return not negated
    return negated


def _in_category(category: Any, letter: str) -> bool:
    word = letter.isalnum() or letter == "_"
    return {
        op.CATEGORY_DIGIT: letter.isdigit(),
        op.CATEGORY_NOT_DIGIT: not letter.isdigit(),
        op.CATEGORY_SPACE: letter.isspace(),
        op.CATEGORY_NOT_SPACE: not letter.isspace(),
        op.CATEGORY_WORD: word,
        op.CATEGORY_NOT_WORD: not word,
    }.get(category, False)
