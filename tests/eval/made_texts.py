"""Texts made from a text, for training: what the recorded stories show too seldom.

A heavy rewording keeps names and numbers and little else; a twin keeps the wording of a form and
changes the facts; two tellings share the people and the place but no sentence.
"""

import random
import re
from collections.abc import Sequence

FACTS_OF_A_TWIN = 10

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE = re.compile(r"(?<=[.!?…][\"'”’ ])\s*(?=[A-Z\"“])|\n+")


def reword(text: str, lot: random.Random, pool: Sequence[str], strength: float) -> str:
    """Replace, drop and swap words, a share of `strength`; a few names and numbers change too."""
    lost_names, lost_numbers = lot.uniform(0, 0.25), lot.uniform(0, 0.15)

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        if word[0].isdigit():
            return str(lot.randint(2, 2000)) if lot.random() < lost_numbers else word
        if word[0].isupper() and not _opens_sentence(text, match.start()):
            return lot.choice(pool) if lot.random() < lost_names else word
        if lot.random() >= strength:
            return word
        chance = lot.random()
        if chance < 0.2:
            return ""
        if chance < 0.4:
            return f"{lot.choice(pool)} {lot.choice(pool)}"
        return lot.choice(pool)

    sentences = [_swap(_WORD.sub(replaced, s), lot, strength) for s in split(text)]
    return "\n\n".join(s for s in sentences if lot.random() > 0.1 * strength)


def twin(text: str, lot: random.Random, names: Sequence[str]) -> str | None:
    """The same form with other facts: each name and number becomes one other, or stays, throughout.

    None where the text has too few of them to make another story.
    """
    kept_names, kept_numbers = lot.uniform(0, 0.5), lot.uniform(0, 0.3)
    becomes: dict[str, str] = {}

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        if word[0].isdigit():
            if word not in becomes:
                becomes[word] = word if lot.random() < kept_numbers else _other_number(word, lot)
            return becomes[word]
        if word[0].isupper() and not _opens_sentence(text, match.start()):
            if word not in becomes:
                becomes[word] = word if lot.random() < kept_names else lot.choice(names)
            return becomes[word]
        return word

    made = _WORD.sub(replaced, text)
    changed = sum(fact != other for fact, other in becomes.items())
    return made if changed >= FACTS_OF_A_TWIN else None


def tellings(text: str, lot: random.Random) -> tuple[str, str]:
    """Two texts out of one, each with its own sentences of it; sometimes both tell the first."""
    sentences = split(text)
    first, second = sentences[::2], sentences[1::2]
    if lot.random() < 0.5:
        second = [*sentences[:1], *second]
    return "\n\n".join(first), "\n\n".join(second)


def split(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [s.strip() for s in _SENTENCE.split(text) if s.strip()]


def _other_number(word: str, lot: random.Random) -> str:
    return "".join(str(lot.randint(0, 9)) if c.isdigit() else c for c in word)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“‘(")[-1:]
    return before in ("", ".", "!", "?", "\n", "…")


def _swap(sentence: str, lot: random.Random, strength: float) -> str:
    words = sentence.split()
    for place in range(len(words) - 1):
        if lot.random() < 0.4 * strength:
            words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)
