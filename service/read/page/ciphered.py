"""Paragraphs whose letters are moved in the alphabet, as some paywalls show the rest of a text.

Seen on German sites: `Ejf Gppe.Usvdlt` for `Die Food-Trucks`, every character moved by one. A
paragraph is ciphered if it has none of the commonest words of any language in Latin script and has
several once its characters are moved back, by one in either direction or its letters by thirteen.
"""

import re
from codecs import encode
from collections.abc import Sequence

from service.read.page.paragraph import Paragraph

COMMON = """
the and of to in is was for that with on as it said der die das und ist den von zu mit nicht ein
eine auf für sich auch le la les des et est dans pour que qui une du pas sur el los las del una
por con para se il di che per non sono della de het een van en dat niet voor op och att som är på
av og det at er til na nie się do że jest od
"""
WORDS = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(COMMON.split(), key=len, reverse=True))})(?!\w)", re.I
)
LATIN = re.compile("[A-Za-z]")
SHORTEST = 40  # characters of a paragraph that is judged
LEAST_LATIN = 0.5  # share of its characters that are Latin letters
LEAST_COMMON = 2  # common words in a paragraph moved back ...
LEAST_SHARE = 0.12  # ... and their share of its words
LONGEST = 1_000  # characters of a paragraph that are read
MOVED = {step: {code: code - step for code in range(33, 383)} for step in (1, -1)}


def part_ciphered(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], int]:
    """Return the readable paragraphs, and how many ciphered ones there were."""
    if not any(is_ciphered(paragraph.text) for paragraph in paragraphs):
        return list(paragraphs), 0
    kept = [paragraph for paragraph in paragraphs if not reads_better_moved(paragraph.text)]
    return kept, len(paragraphs) - len(kept)


def reads_better_moved(text: str) -> bool:
    """Whether a text has more common words once its letters are moved back."""
    text = text[:LONGEST]
    own = len(WORDS.findall(text))
    return any(len(WORDS.findall(moved)) > own for moved in moved_back(text))


def is_ciphered(text: str) -> bool:
    """Whether the letters of a text are moved in the alphabet."""
    text = text[:LONGEST]
    if len(text) < SHORTEST or WORDS.search(text) is not None:
        return False
    if len(LATIN.findall(text)) < LEAST_LATIN * len(text):
        return False
    least = max(LEAST_COMMON, LEAST_SHARE * len(text.split()))
    return any(len(WORDS.findall(moved)) >= least for moved in moved_back(text))


def moved_back(text: str) -> tuple[str, ...]:
    """Return a text with its characters moved by one, either way, and its letters by thirteen."""
    return (text.translate(MOVED[1]), text.translate(MOVED[-1]), encode(text, "rot13"))
