"""Story texts: variants, which may refer to paragraphs of their story's original.

A text is `stories/<story>/<variant>.txt`, with paragraphs separated by blank lines. A paragraph
that is only `{3}` or `{2-5}` is replaced by these paragraphs of `original.txt`, so that text that a
copy shares with its original is not repeated.
"""

import re
from functools import cache
from importlib.resources import files

CITED = re.compile(r"\{(\d+)(?:-(\d+))?\}")


@cache
def story_text(story: str, variant: str) -> tuple[str, ...]:
    """The paragraphs of a variant, without a dateline.

    Raises:
        FileNotFoundError: there is no such text.
        ValueError: a reference is to paragraphs that the original does not have.
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
    """The paragraphs of a file, each on one line."""
    path = files(__package__).joinpath("stories", story, f"{variant}.txt")
    blocks = path.read_text("utf-8").split("\n\n")
    return [" ".join(block.split()) for block in blocks]


def cited_paragraphs(story: str, first: int, last: int) -> list[str]:
    """Paragraphs `first` to `last` of the original, counted from 1."""
    original = read_paragraphs(story, "original")
    if not 1 <= first <= last <= len(original):
        raise ValueError(f"{story}: no paragraphs {first} to {last} in the original")
    return original[first - 1 : last]
