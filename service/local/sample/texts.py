"""Story texts: paragraphs, where a variant may cite paragraphs of its story's original.

A text is `stories/<story>/<variant>.txt`, its paragraphs parted by blank lines. A paragraph that
is only `{3}` or `{2-5}` stands for these paragraphs of `original.txt`, untouched: what a copy
shares with its original is written down once.
"""

import re
from functools import cache
from importlib.resources import files

CITED = re.compile(r"\{(\d+)(?:-(\d+))?\}")


@cache
def story_text(story: str, variant: str) -> tuple[str, ...]:
    """The paragraphs of a variant, the first of which starts without its dateline.

    Raises:
        FileNotFoundError: no such text.
        ValueError: a citation reaches beyond the original.
    """
    paragraphs: list[str] = []
    for paragraph in read_paragraphs(story, variant):
        cited = CITED.fullmatch(paragraph)
        if cited is None:
            paragraphs.append(paragraph)
        else:
            first = int(cited[1])
            paragraphs.extend(cited_paragraphs(story, first, int(cited[2] or first)))
    return tuple(paragraphs)


def read_paragraphs(story: str, variant: str) -> list[str]:
    """The paragraphs of the file, each on one line."""
    path = files(__package__).joinpath("stories", story, f"{variant}.txt")
    blocks = path.read_text("utf-8").split("\n\n")
    return [" ".join(block.split()) for block in blocks]


def cited_paragraphs(story: str, first: int, last: int) -> list[str]:
    """Paragraphs `first` to `last` of the original, counted from 1."""
    original = read_paragraphs(story, "original")
    if not 1 <= first <= last <= len(original):
        raise ValueError(f"{story}: no paragraphs {first} to {last} in the original")
    return original[first - 1 : last]
