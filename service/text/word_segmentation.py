"""Word segmentation of Chinese and Japanese, which are written without spaces.

Chooses the segmentation with the highest probability under a unigram model with the frequencies of
`service.text.rarity`; the best path is found by dynamic programming. Text that is not in the list,
mostly names, remains as single characters. Each two neighbours of these become one token, so that
the tokens of a name do not depend on the text around it.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from service.text.loading import loading
from service.text.rarity import zipf_table

SEGMENTED = frozenset({"zh", "ja"})
"""Languages whose text is segmented."""

_LONGEST = 8
"""Maximum length of a word in characters; longer words are split into listed parts."""

_TOTAL = 9.0
_UNKNOWN_COST = 8.0
"""Cost of a character that is not listed. A listed word costs 9 minus its Zipf frequency, the
negative logarithm (base 10) of its share of all words."""

_COMMON_ZIPF = 5.2
"""Single characters with at least this Zipf frequency are words, not parts of an unlisted word."""

_KATAKANA = "\u30a1-\u30ff"
_PIECE = re.compile(rf"[{_KATAKANA}]+|[^{_KATAKANA}]+")


class WordSegmenter:
    """Segments text of one language.

    Args:
        zipf: Zipf frequency of each listed word.
    """

    def __init__(self, zipf: Mapping[str, float]) -> None:
        self._zipf = zipf
        # Lengths of the words with more than one character, by their first two characters: at most
        # positions of a text there are none or one, and only these have to be looked up. First as
        # bits: there are hundreds of thousands of words, and few different sets of lengths.
        lengths: dict[str, int] = {}
        ascii_words = []
        for word in zipf:
            length = min(len(word), _LONGEST + 1)
            if length == 2 or (length > 2 and not word.isascii()):
                head = word[:2]
                lengths[head] = lengths.get(head, 0) | 1 << length
            elif 2 < length <= _LONGEST:
                ascii_words.append(word)
        for word in ascii_words:  # they are looked up where a longer word that is not is
            if lengths.get(word[:2], 0) >> len(word):
                lengths[word[:2]] |= 1 << len(word)
        ascending = {
            bits: tuple(length for length in range(2, _LONGEST + 1) if bits >> length & 1)
            for bits in set(lengths.values())
        }
        self._lengths = {head: ascending[bits] for head, bits in lengths.items()}
        self._cost_alone = {c: _TOTAL - frequency for c, frequency in zipf.items() if len(c) == 1}

    def words_in(self, text: str) -> Iterator[str]:
        """The words of a text without spaces, with unlisted words as pairs of characters.

        A sequence of katakana, which spells foreign names, is one word.
        """
        for piece in _PIECE.findall(text):
            if "\u30a1" <= piece[0] <= "\u30ff":
                yield piece
            else:
                yield from self._paired(self._best_cut(piece))

    def _best_cut(self, text: str) -> list[str]:
        """The words of the segmentation with the lowest cost."""
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
                zipf = frequency(text[start:end])
                if zipf is not None and so_far - zipf < costs[end]:
                    costs[end], begins[end] = so_far - zipf, start
        words = []
        end = count
        while end:
            words.append(text[begins[end] : end])
            end = begins[end]
        return words[::-1]

    def _paired(self, words: list[str]) -> Iterator[str]:
        """The words, with sequences of uncommon single characters replaced by overlapping pairs."""
        unlisted = ""
        for word in words:
            if len(word) == 1 and self._zipf.get(word, 0.0) < _COMMON_ZIPF:
                unlisted += word
            else:
                if unlisted:
                    yield from _pairs(unlisted)
                    unlisted = ""
                yield word
        if unlisted:
            yield from _pairs(unlisted)


@lru_cache(maxsize=len(SEGMENTED))
@loading()
def word_segmenter(language: str) -> WordSegmenter:
    """The segmenter of a language in `SEGMENTED`."""
    return WordSegmenter(zipf_table(language))


def _pairs(text: str) -> Iterator[str]:
    if len(text) == 1:
        yield text
    for i in range(len(text) - 1):
        yield text[i : i + 2]
