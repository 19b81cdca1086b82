"""Chinese and Japanese text, written without spaces, to words.

The cut is the one whose words are the most frequent together, by the frequency list that rarity is
taken from (a unigram model, best path by dynamic programming). What the list does not know, mostly
names, is left in single characters; of these each two neighbours become one token, so that a name
is found again whatever stands next to it.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from service.story.rarity import zipf_table

SEGMENTED = frozenset({"zh", "ja"})
"""Languages whose text is cut so."""

_LONGEST = 8
"""Characters of a word at most: longer ones are known by their parts."""

_TOTAL = 9.0
_UNKNOWN_COST = 8.0
"""Of a character that the list does not have; a word of the list costs 9 less its frequency, which
is the negative logarithm of its share."""

_COMMON_ZIPF = 5.2
"""Single characters from this frequency are words of their own, not parts of an unknown one."""

_KATAKANA = "\u30a1-\u30ff"
_PIECE = re.compile(rf"[{_KATAKANA}]+|[^{_KATAKANA}]+")


class Cutter:
    """Cuts the text of one language.

    Args:
        zipf: the frequency of each known word.
    """

    def __init__(self, zipf: Mapping[str, float]) -> None:
        self._zipf = zipf
        # Lengths of the words of more than one character, by their first two: at most places of a
        # text there is no such word, or one, and only what there is must be looked at.
        longest: dict[str, int] = {}
        for word in zipf:
            if len(word) > 2 and not word.isascii():
                longest[word[:2]] = max(longest.get(word[:2], 0), min(len(word), _LONGEST))
        lengths: dict[str, set[int]] = {}
        for word in zipf:
            if 2 <= len(word) <= longest.get(word[:2], 2):
                lengths.setdefault(word[:2], set()).add(len(word))
        shared: dict[frozenset[int], tuple[int, ...]] = {}
        self._lengths = {
            head: shared.setdefault(frozenset(held), tuple(sorted(held)))
            for head, held in lengths.items()
        }
        self._cost_alone = {c: _TOTAL - known for c, known in zipf.items() if len(c) == 1}

    def words_in(self, run: str) -> Iterator[str]:
        """The words of a run of characters without spaces, and pairs of characters of unknown ones.

        Katakana, in which Japanese spells foreign names, stays together.
        """
        for piece in _PIECE.findall(run):
            if "\u30a1" <= piece[0] <= "\u30ff":
                yield piece
            else:
                yield from self._paired(self._best_cut(piece))

    def _best_cut(self, text: str) -> list[str]:
        """The words of the cheapest cut."""
        count = len(text)
        frequency, alone, lengths = self._zipf.get, self._cost_alone.get, self._lengths.get
        costs = [0.0] + [math.inf] * count
        begins = [0] * (count + 1)
        for start, char in enumerate(text):
            so_far = costs[start]
            end = start + 1
            cost = so_far + alone(char, _UNKNOWN_COST)
            if cost < costs[end]:
                costs[end], begins[end] = cost, start
            so_far += _TOTAL
            for length in lengths(text[start : start + 2], ()):
                end = start + length
                if end > count:
                    break
                known = frequency(text[start:end])
                if known is not None and so_far - known < costs[end]:
                    costs[end], begins[end] = so_far - known, start
        words = []
        end = count
        while end:
            words.append(text[begins[end] : end])
            end = begins[end]
        return words[::-1]

    def _paired(self, words: list[str]) -> Iterator[str]:
        """The words, with neighbouring single characters that are not common as pairs."""
        run = ""
        for word in words:
            if len(word) == 1 and self._zipf.get(word, 0.0) < _COMMON_ZIPF:
                run += word
            else:
                if run:
                    yield from _pairs(run)
                    run = ""
                yield word
        if run:
            yield from _pairs(run)


@lru_cache(maxsize=len(SEGMENTED))
def cutter(language: str) -> Cutter:
    """The cutter of a language of `SEGMENTED`."""
    return Cutter(zipf_table(language))


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for i in range(len(run) - 1):
        yield run[i : i + 2]
