"""Numbers and names in added sentences that the version before did not have, as printed.

The version before is known by the hashes of its words alone. So each word of the new sentences is
given to the tokenizer that made those hashes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.contract.changes import WORDS_SHOWN
from service.text.anchors import RARE_NAME_ZIPF
from service.text.packed import ID_BITS, MAX_TOKENS
from service.text.tokens import NAME, NUMBER, tokenize

_PIECE = re.compile(r"[^\s\-–—/、，。]+")
_AROUND = "\"'“”„‘’«»()[]¿¡.,;:!?…"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
_BEFORE = "x "
"""Put before each word, which is then not the first of its sentence: that one would be no name."""

_CACHE_LIMIT = 50_000
"""Words as printed whose tokens are kept, of each language: most words of an update stand in others
too, and giving them to the tokenizer one by one is most of what an update costs here."""


@dataclass(frozen=True, slots=True)
class NewWords:
    """Numbers and names, as printed, each once and in order."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word as printed.

    Attributes:
        opens: it begins a sentence or a quotation, where every word has a capital.
        joins: nothing but a blank parts it from the word before.
    """

    text: str
    opens: bool
    joins: bool


def new_words(sentences: Iterable[str], language: str, known: frozenset[int]) -> NewWords:
    """Return the numbers and names of sentences that are not known.

    Args:
        known: hashes of the words of the version before, `ID_BITS` of each.
    """
    pieces = [piece for sentence in sentences for piece in _pieces(sentence)][: MAX_TOKENS // 4]
    made_of = _tokens_by_word(language)
    if len(made_of) > _CACHE_LIMIT:
        made_of.clear()
    made_of.update(_tokens_of({each.text for each in pieces} - made_of.keys(), language))
    numbers: dict[str, None] = {}
    names: dict[str, None] = {}
    run: list[_Piece] = []
    for piece in pieces:
        made = made_of[piece.text]
        fresh = [(kind, zipf) for token, kind, zipf in made if token not in known]
        if any(kind == NUMBER for kind, _ in fresh):
            printed = _DIGITS.search(piece.text) if len(made) > 1 else None
            numbers[printed[0] if printed else piece.text] = None
        is_name = len(made) == 1 and _is_name(piece, fresh)
        if run and not (is_name and piece.joins):
            _close(run, names)
        if is_name:
            run.append(piece)
    _close(run, names)
    return NewWords(tuple(numbers)[:WORDS_SHOWN], tuple(names)[:WORDS_SHOWN])


@lru_cache(maxsize=64)
def _tokens_by_word(language: str) -> dict[str, list[tuple[int, int, float]]]:
    """Cache of the results of `_tokens_of` for the words of one language."""
    return {}


def _tokens_of(words: set[str], language: str) -> dict[str, list[tuple[int, int, float]]]:
    """Return the tokens of each word as printed: id, kind and Zipf frequency."""
    if not words:
        return {}
    printed = sorted(words)
    lines: list[list[tuple[int, int, float]]] = [[] for _ in printed]
    tokens = tokenize("\n".join(_BEFORE + each for each in printed), language, MAX_TOKENS)
    for line, token, kind, zipf in zip(
        tokens.sentences.tolist(),
        (tokens.ids & ID_BITS).tolist(),
        tokens.kinds.tolist(),
        tokens.zipf.tolist(),
        strict=True,
    ):
        if line < len(lines):
            lines[line].append((token, kind, zipf))
    return {word: made[1:] for word, made in zip(printed, lines, strict=True)}


def _is_name(piece: _Piece, fresh: list[tuple[int, float]]) -> bool:
    if len(piece.text) < 2 or piece.text.casefold() in _CALENDAR:
        return False
    return any(kind == NAME and zipf < RARE_NAME_ZIPF for kind, zipf in fresh)


def _close(run: list[_Piece], names: dict[str, None]) -> None:
    """Take over a name of one or several words; a single word that opens a sentence may be any."""
    if len(run) > 1 or (run and not run[0].opens):
        names[" ".join(each.text for each in run)] = None
    run.clear()


def _pieces(sentence: str) -> Iterator[_Piece]:
    end, opens = 0, True
    for found in _PIECE.finditer(sentence):
        printed, gap = found[0], sentence[end : found.start()]
        text = printed.strip(_AROUND)
        opens = opens or printed[0] in _AROUND
        if text:
            yield _Piece(text, opens, joins=bool(end) and not gap.strip() and printed[0] == text[0])
            opens = printed[-1] in ":.!?…"
            end = found.end() if printed[-1] == text[-1] else 0
