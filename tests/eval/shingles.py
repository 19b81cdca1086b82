"""How well one text covers another: precision and recall of token 4-grams, as in the article
extraction benchmark of Scrapinghub."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"\w+")
SIZE = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The text's token 4-grams and how often each stands there; a shorter text is one.

    Letters are composed first (form NFC): some labels have decomposed ones, as their pages do, and
    would be split at the marks.
    """
    tokens = WORD.findall(unicodedata.normalize("NFC", text or ""))
    if 0 < len(tokens) < SIZE:
        return Counter([tuple(tokens)])
    return Counter(zip(*(tokens[i:] for i in range(SIZE)), strict=False))


def score(found: str, wanted: str) -> tuple[float, float]:
    """Precision and recall of one found text."""
    got, want = shingles(found), shingles(wanted)
    common = sum((got & want).values())
    if not got or not want:
        return (1.0, 1.0) if not got and not want else (0.0, 0.0)
    return common / got.total(), common / want.total()


def mean_f1(scores: Iterable[tuple[float, float]]) -> tuple[float, float, float]:
    """Mean precision, mean recall, and the F1 of these means."""
    pairs = list(scores)
    precision = sum(p for p, _ in pairs) / len(pairs)
    recall = sum(r for _, r in pairs) / len(pairs)
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0
