"""A text with its tokens where they stand in print: what a hash in a signature means to a person.

The tokens are those of the signature. Which characters each was made of is found by asking the same
tokenizer about pieces of the text, so that it cannot disagree with it.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from service.story.record import MAX_TOKENS
from service.story.tokens import Tokens, tokenize

Span = tuple[int, int]

_PIECE = re.compile(r"[^\s，、；：。！？「」『』（）《》]+")
_MOST_PIECES = 8
"""Pieces that may make one token together, as a number in words does."""

_MOST_PASSED = 64
"""Tokens that may come out otherwise in the text than in its pieces, at once."""

_LONGEST_TOKEN = 80
"""Characters; a piece of several tokens, one of which is longer, is not taken apart."""

_SPACE = re.compile(r"\s+")
_OPENING = re.compile(r"[「『“‘(（《«¿¡\[]")


@dataclass(frozen=True)
class Printed:
    """A text as it was signed.

    Attributes:
        text: as given.
        tokens: of its first 3,000 words; the rest is not compared.
        spans: for each token the characters (start, end) of `text` that it was made of.
    """

    text: str
    tokens: Tokens
    spans: tuple[Span, ...]

    @cached_property
    def ids(self) -> list[int]:
        """The token ids as plain integers."""
        ids: list[int] = self.tokens.ids.tolist()
        return ids

    def word(self, place: int) -> str:
        """The token at a place, as printed."""
        start, end = self.spans[place]
        return self.text[start:end]

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token the number of its sentence in `sentences`."""
        numbers: list[int] = []
        last = None
        for number in self.tokens.sentences.tolist():
            numbers.append((numbers[-1] if numbers else -1) + (number != last))
            last = number
        return numbers

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The characters (start, end) of each sentence that has a token, in order."""
        bounds: list[Span] = []
        begin = 0
        numbers = self.sentence_of
        for place in range(1, len(numbers)):
            if numbers[place] != numbers[place - 1]:
                cut = self._between(place)
                bounds.append((begin, cut))
                begin = cut
        if numbers:
            whole = len(numbers) < MAX_TOKENS
            bounds.append((begin, len(self.text) if whole else self.spans[-1][1]))
        return tuple(bounds)

    def _between(self, place: int) -> int:
        """Where the sentence that begins with the token at a place begins, quotes and all."""
        end, start = self.spans[place - 1][1], self.spans[place][0]
        gap = self.text[end:start]
        if space := _SPACE.search(gap):
            return end + space.end()
        if opening := _OPENING.search(gap):
            return end + opening.start()
        return max(start, end)


def lay_out(text: str, language: str) -> Printed:
    """Find where each token of a text stands in it."""
    tokens = tokenize(text, language, MAX_TOKENS)
    ids: list[int] = tokens.ids.tolist()
    pieces = [match.span() for match in _PIECE.finditer(text)]
    reader = _Reader(text, language)
    spans: list[Span] = []
    at = 0
    while at < len(pieces) and len(spans) < len(ids):
        count, found = _next(reader, pieces[at : at + _MOST_PIECES], ids[len(spans) :])
        spans += found
        at += count
    spans += [(len(text), len(text))] * (len(ids) - len(spans))
    return Printed(text, tokens, tuple(spans[: len(ids)]))


def _next(reader: "_Reader", pieces: list[Span], ids: list[int]) -> tuple[int, list[Span]]:
    """How many pieces come next, and the spans of the tokens that they make together."""
    start = pieces[0][0]
    for count, (_, end) in enumerate(pieces, start=1):
        found = reader.ids(start, end)
        expected = ids[: len(found)]
        if found[: len(expected)] == expected:
            return count, reader.spans(start, end, expected, whole=len(expected) == len(found))
    return _pass_over(reader, pieces, ids)


def _pass_over(reader: "_Reader", pieces: list[Span], ids: list[int]) -> tuple[int, list[Span]]:
    """How many pieces lie before one that makes tokens which come soon; the tokens before these
    stand in all that was passed over."""
    for count in range(1, len(pieces)):
        found = reader.ids(*pieces[count])
        for passed in range(min(len(ids), _MOST_PASSED)):
            if found and ids[passed : passed + len(found)] == found:
                return count, [(pieces[0][0], pieces[count - 1][1])] * passed
    return len(pieces), []


class _Reader:
    """Tokenizes pieces of one text."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language

    def ids(self, start: int, end: int) -> list[int]:
        """The tokens of a piece."""
        tokens = tokenize(self._text[start:end], self._language, MAX_TOKENS + 1)
        found: list[int] = tokens.ids.tolist()
        return found

    def spans(self, start: int, end: int, ids: list[int], *, whole: bool) -> list[Span]:
        """Where in a piece its tokens stand; those that cannot be told apart stand in all of what
        is left of it.

        Args:
            whole: these are all the tokens of the piece.
        """
        spans: list[Span] = []
        base, last = start, start
        for place in range(len(ids) - whole):
            expected = ids[max(place - 1, 0) : place + 1]
            stop = self._end(base, last, end, expected)
            begin = stop and self._begin(base, stop, ids[place])
            if stop is None or begin is None:
                return spans + [self._trimmed(last, end)] * (len(ids) - place)
            spans.append(self._trimmed(begin, stop))
            base, last = begin, stop
        if ids and whole:
            begin = self._begin(base, end, ids[-1])
            spans.append(self._trimmed(last if begin is None else begin, end))
        return spans

    def _end(self, base: int, last: int, end: int, expected: list[int]) -> int | None:
        """The end of the longest stretch from a token's begin on that makes just these tokens."""
        found = None
        for stop in range(last + 1, min(last + _LONGEST_TOKEN, end) + 1):
            if self.ids(base, stop) == expected:
                found = stop
            elif found is not None:
                return found
        return found

    def _begin(self, base: int, end: int, token: int) -> int | None:
        """Where the last token before `end` begins."""
        for begin in range(end - 1, max(base, end - _LONGEST_TOKEN) - 1, -1):
            if self.ids(begin, end) == [token]:
                return begin
        return None

    def _trimmed(self, start: int, end: int) -> Span:
        """The span without the marks at its ends that are no part of the token."""
        ids, text = self.ids(start, end), self._text
        while end - start > 1 and not text[end - 1].isalnum() and self.ids(start, end - 1) == ids:
            end -= 1
        while end - start > 1 and not text[start].isalnum() and self.ids(start + 1, end) == ids:
            start += 1
        return start, end
