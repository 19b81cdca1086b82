"""Finds the characters of each token of a text, to show the hashes of a signature as words.

The characters of a token are found by giving parts of the text to the tokenizer that the signature
was made with, so that none of its rules is repeated here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from service.text.packed import MAX_TOKENS
from service.text.tokens import Tokens, tokenize

Span = tuple[int, int]

Tokenizer = Callable[[str, str, int], Tokens]
"""Text, language and most tokens to tokens, as `service.text.tokens.tokenize`."""

_PIECE = re.compile(r"[^\s，、；：。！？「」『』（）《》]+")
_MOST_PIECES = 8
"""Most pieces, separated by space, that make one token together, such as a number in words."""

_MOST_SKIPPED = 64
"""Most consecutive tokens of the text that its pieces alone may fail to produce."""

_LONGEST_TOKEN = 80
"""Most characters of a token in a piece of several tokens; one with a longer token is not split."""

_SPACE = re.compile(r"\s+")
_OPENING = re.compile(r"[「『“‘(（《«¿¡\[]")


@dataclass(frozen=True)
class Printed:
    """A text and the characters of its tokens.

    Attributes:
        text: as given.
        tokens: the first `MAX_TOKENS`; the others are not compared.
        spans: start and end in `text` of each token.
    """

    text: str
    tokens: Tokens
    spans: tuple[Span, ...]

    @cached_property
    def ids(self) -> list[int]:
        """Ids of the tokens, as integers of Python."""
        ids: list[int] = self.tokens.ids.tolist()
        return ids

    def word(self, index: int) -> str:
        """Return a token as printed."""
        start, end = self.spans[index]
        return self.text[start:end]

    @cached_property
    def sentence_of(self) -> list[int]:
        """Index in `sentences` of each token's sentence."""
        numbers: list[int] = []
        last = None
        for number in self.tokens.sentences.tolist():
            numbers.append((numbers[-1] if numbers else -1) + (number != last))
            last = number
        return numbers

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Start and end in `text` of each sentence that has a token."""
        bounds: list[Span] = []
        begin = 0
        numbers = self.sentence_of
        for index in range(1, len(numbers)):
            if numbers[index] != numbers[index - 1]:
                cut = self._sentence_start(index)
                bounds.append((begin, cut))
                begin = cut
        if numbers:
            whole = len(numbers) < MAX_TOKENS
            bounds.append((begin, len(self.text) if whole else self.spans[-1][1]))
        return tuple(bounds)

    def _sentence_start(self, index: int) -> int:
        """Return the start of the sentence whose first token this is, with its opening quotes."""
        end, start = self.spans[index - 1][1], self.spans[index][0]
        gap = self.text[end:start]
        if space := _SPACE.search(gap):
            return end + space.end()
        if opening := _OPENING.search(gap):
            return end + opening.start()
        return max(start, end)


def locate_tokens(text: str, language: str, cut: Tokenizer = tokenize) -> Printed:
    """Return a text with the characters of each token.

    Args:
        cut: makes the tokens; those of a signature unless given.
    """
    tokens = cut(text, language, MAX_TOKENS)
    ids: list[int] = tokens.ids.tolist()
    pieces = [match.span() for match in _PIECE.finditer(text)]
    tokenizer = _Pieces(text, language, cut)
    spans: list[Span] = []
    at = 0
    while at < len(pieces) and len(spans) < len(ids):
        count, found = _next(tokenizer, pieces[at : at + _MOST_PIECES], ids[len(spans) :])
        spans += found
        at += count
    spans += [(len(text), len(text))] * (len(ids) - len(spans))
    return Printed(text, tokens, tuple(spans[: len(ids)]))


def _next(tokenizer: "_Pieces", pieces: list[Span], ids: list[int]) -> tuple[int, list[Span]]:
    """Return how many of the next pieces make whole tokens together, and the spans of these.

    Args:
        ids: of the tokens from here on.
    """
    start = pieces[0][0]
    for count, (_, end) in enumerate(pieces, start=1):
        found = tokenizer.ids(start, end)
        expected = ids[: len(found)]
        if found[: len(expected)] == expected:
            return count, tokenizer.spans(start, end, expected, whole=len(expected) == len(found))
    return _skip(tokenizer, pieces, ids)


def _skip(tokenizer: "_Pieces", pieces: list[Span], ids: list[int]) -> tuple[int, list[Span]]:
    """Return the number of pieces before one that makes tokens found further on, and the spans of
    the tokens before those: all that was skipped."""
    for count in range(1, len(pieces)):
        found = tokenizer.ids(*pieces[count])
        for skipped in range(min(len(ids), _MOST_SKIPPED)):
            if found and ids[skipped : skipped + len(found)] == found:
                return count, [(pieces[0][0], pieces[count - 1][1])] * skipped
    return len(pieces), []


class _Pieces:
    """Tokenizes pieces of a text."""

    def __init__(self, text: str, language: str, cut: Tokenizer) -> None:
        self._text = text
        self._language = language
        self._cut = cut

    def ids(self, start: int, end: int) -> list[int]:
        """Return the token ids of a piece."""
        tokens = self._cut(self._text[start:end], self._language, MAX_TOKENS + 1)
        found: list[int] = tokens.ids.tolist()
        return found

    def spans(self, start: int, end: int, ids: list[int], *, whole: bool) -> list[Span]:
        """Return the span of each token of a piece; for tokens that cannot be separated, the rest
        of the piece.

        Args:
            whole: True if these are all the tokens of the piece.
        """
        spans: list[Span] = []
        base, last = start, start
        for index in range(len(ids) - whole):
            expected = ids[max(index - 1, 0) : index + 1]
            stop = self._end(base, last, end, expected)
            begin = stop and self._begin(base, stop, ids[index])
            if stop is None or begin is None:
                return spans + [self._trimmed(last, end)] * (len(ids) - index)
            spans.append(self._trimmed(begin, stop))
            base, last = begin, stop
        if ids and whole:
            begin = self._begin(base, end, ids[-1])
            spans.append(self._trimmed(last if begin is None else begin, end))
        return spans

    def _end(self, base: int, last: int, end: int, expected: list[int]) -> int | None:
        """Return the end of the longest stretch from `base` that makes just these tokens."""
        found = None
        for stop in range(last + 1, min(last + _LONGEST_TOKEN, end) + 1):
            if self.ids(base, stop) == expected:
                found = stop
            elif found is not None:
                return found
        return found

    def _begin(self, base: int, end: int, token: int) -> int | None:
        """Return the start of the last token before `end`."""
        for begin in range(end - 1, max(base, end - _LONGEST_TOKEN) - 1, -1):
            if self.ids(begin, end) == [token]:
                return begin
        return None

    def _trimmed(self, start: int, end: int) -> Span:
        """Return a span without the punctuation at its ends that does not change the token."""
        ids, text = self.ids(start, end), self._text
        while end - start > 1 and not text[end - 1].isalnum() and self.ids(start, end - 1) == ids:
            end -= 1
        while end - start > 1 and not text[start].isalnum() and self.ids(start + 1, end) == ids:
            start += 1
        return start, end
