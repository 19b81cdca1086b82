"""Compares a copy with its original: sentences kept, cut, added and reworded."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.fold.explain.model import AlignedSentences, Stretch
from service.fold.explain.printed import Printed, locate_tokens
from service.fold.explain.sentences import align_sentences
from service.fold.verify.text_record import TextRecord, unpack
from service.read.page.paragraph import count_words
from service.text.packed import pack

_REMEMBERED = 512
"""Size of the caches: an open page repeats its comparisons at each change of its story."""


class Change(StrEnum):
    """What was done to a sentence."""

    KEPT = "kept"
    REWORDED = "reworded"
    CUT = "cut"
    ADDED = "added"


Sentence = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of the original and their counterparts in the copy; one side may be empty.

    `moved`: in the copy they precede a sentence that they follow in the original.
    """

    change: Change
    original: tuple[Sentence, ...]
    copy: tuple[Sentence, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in the order of the original; consecutive rows that were kept form one block.

    Attributes:
        kept: share of the copy's words that are words of the sentences they are aligned with, 0 to
            1; None for a copy without words.
        length: words of the copy as a share of those of the original; None if that has none.
    """

    blocks: tuple[tuple[Row, ...], ...]
    counts: Counter[Change]
    moved: int
    kept: float | None
    length: float | None

    @property
    def is_same(self) -> bool:
        """Whether nothing was changed or moved."""
        return set(self.counts) <= {Change.KEPT} and not self.moved

    @property
    def changes(self) -> int:
        """Number of changed rows plus number of moved rows."""
        return self.counts.total() - self.counts[Change.KEPT] + self.moved


@lru_cache(maxsize=_REMEMBERED)
def compare_texts(original: str, copy: str, language: str) -> Comparison:
    """Align two texts of one language (BCP 47) and classify what was done to each sentence."""
    a, b = _laid_out(original, language), _laid_out(copy, language)
    rows, last = list[Row](), -1
    for aligned in align_sentences(*a, *b):
        moved = bool(aligned.numbers_a and aligned.numbers_b) and aligned.numbers_b[0] < last
        if aligned.numbers_a and aligned.numbers_b:
            last = max(last, aligned.numbers_b[-1])
        rows.append(Row(_change(aligned), aligned.a, aligned.b, moved))
    words, shared = count_words(copy), sum(_shared_words(row) for row in rows)
    return Comparison(
        blocks=tuple(_blocks(rows)),
        counts=Counter(row.change for row in rows),
        moved=sum(row.moved for row in rows),
        kept=_share(min(shared, words), words),
        length=_share(words, count_words(original)),
    )


def _shared_words(row: Row) -> int:
    return sum(count_words(run.text) for sentence in row.copy for run in sentence if run.shared)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@lru_cache(maxsize=_REMEMBERED)
def _laid_out(text: str, language: str) -> tuple[Printed, TextRecord]:
    printed = locate_tokens(text, language)
    return printed, unpack(pack(printed.tokens))


def _change(aligned: AlignedSentences) -> Change:
    if not aligned.b:
        return Change.CUT
    if not aligned.a:
        return Change.ADDED
    return Change.KEPT if _words(aligned.a) == _words(aligned.b) else Change.REWORDED


def _words(sentences: tuple[Sentence, ...]) -> str:
    """Letters and digits, lower-cased: equal if only quotes, dashes, spaces or case differ."""
    text = "".join(run.text for sentence in sentences for run in sentence)
    return "".join(filter(str.isalnum, text)).casefold()


def _blocks(rows: list[Row]) -> list[tuple[Row, ...]]:
    """Group consecutive rows that were kept and not moved into blocks; other rows are alone."""
    blocks: list[list[Row]] = []
    for row in rows:
        plain = row.change is Change.KEPT and not row.moved
        if plain and blocks and blocks[-1][-1].change is Change.KEPT and not blocks[-1][-1].moved:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return [tuple(block) for block in blocks]
