"""Stories in one language, as pairs of texts that are copies and pairs that are not.

A file `xx.toml` (BCP 47) holds a table and the stories of that language, all of them invented:

    [wrapping]                  what a site puts around a text: each a list of lines
    above = ["Photo: ..."]      a byline, a photo credit, a place to share
    below = ["Source: ..."]     a source line, a notice, links to other articles

    [[story]]
    event = "ferry"             optional: the same for stories about the same event in any language
    title = "..."               the story: at least 160 words, in at least four paragraphs with
    text = \"\"\"...\"\"\"            an empty line between them
    title_again = "..."         the story reworded: other words and order, other spellings of
    text_again = \"\"\"...\"\"\"      numbers and names, the same facts; 160 words too
    other_title = "..."         a trap: the same kind of event in nearly the same wording, with
    other_text = \"\"\"...\"\"\"      another place, other people and numbers; 160 words too

A text of fewer than 150 words is never folded with a rewording, see `service.fold.verify.features`.
In a script without spaces 160 words are some 300 characters.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KEPT = 0.6
"""Least share of the characters that a trimmed text keeps."""


class Form(StrEnum):
    """How a text was made."""

    STORY = "story"
    REWORDED = "reworded"
    TRIMMED = "trimmed"
    WRAPPED = "wrapped"
    OTHER = "other"


COPIES = ((Form.STORY, Form.REWORDED), (Form.STORY, Form.TRIMMED), (Form.REWORDED, Form.WRAPPED))
"""The forms of one story that are paired."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """One text of a story.

    Attributes:
        story: number of the story in its file.
        event: name of the event, which is the same in every language.
    """

    language: str
    story: int
    form: Form
    title: str
    text: str
    event: str | None = None

    @property
    def name(self) -> str:
        """For messages: `es-3-wrapped`."""
        return f"{self.language}-{self.story}-{self.form}"

    @property
    def label(self) -> tuple[str, int, bool]:
        """Equal for texts that are copies; a trap is a story of its own."""
        return self.language, self.story, self.form is Form.OTHER


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, the earlier first."""

    left: StoryText
    right: StoryText

    @property
    def name(self) -> str:
        return f"{self.left.name} {self.right.name}"


def languages() -> tuple[str, ...]:
    """Return the languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def stories(language: str) -> list[dict[Form, StoryText]]:
    """Return the stories of a language, each in its five forms."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    return [
        _forms(language, number, row, data["wrapping"])
        for number, row in enumerate(data["story"], start=1)
    ]


def story_texts(language: str) -> list[StoryText]:
    """Return all texts of a language."""
    return [text for forms in stories(language) for text in forms.values()]


def copies(language: str, left: Form, right: Form) -> list[Pair]:
    """Return a pair of each story, in two of its forms."""
    return [Pair(forms[left], forms[right]) for forms in stories(language)]


def traps(language: str) -> list[Pair]:
    """Return each story and its rewording, paired with the text that only resembles them."""
    return [
        Pair(forms[form], forms[Form.OTHER])
        for forms in stories(language)
        for form in (Form.STORY, Form.REWORDED)
    ]


def strangers(language: str) -> list[Pair]:
    """Return pairs of texts of two stories of a language, in the forms with different wording."""
    forms = (Form.STORY, Form.REWORDED, Form.OTHER)
    return [
        Pair(one[left], other[right])
        for one, other in combinations(stories(language), 2)
        for left, right in product(forms, forms)
    ]


def translations() -> Iterator[Pair]:
    """Yield pairs of texts in two languages about the same event, in each of the two wordings."""
    every = [forms for language in languages() for forms in stories(language)]
    for one, other in combinations(every, 2):
        left, right = one[Form.STORY], other[Form.STORY]
        if left.event is None or left.event != right.event or left.language == right.language:
            continue
        for form in (Form.STORY, Form.REWORDED):
            yield Pair(left, other[form])


def _forms(
    language: str, number: int, row: dict[str, Any], wrapping: dict[str, list[str]]
) -> dict[Form, StoryText]:
    title, text = row["title"], row["text"].strip()
    title_again, text_again = row["title_again"], row["text_again"].strip()
    wrapped = "\n\n".join((*wrapping["above"], text_again, *wrapping["below"]))
    made = {
        Form.STORY: (title, text),
        Form.REWORDED: (title_again, text_again),
        Form.TRIMMED: (title, trimmed(text)),
        Form.WRAPPED: (title_again, wrapped),
        Form.OTHER: (row["other_title"], row["other_text"].strip()),
    }
    event = row.get("event")
    return {form: StoryText(language, number, form, *text, event) for form, text in made.items()}


def trimmed(text: str) -> str:
    """Return a text's first paragraphs, as few as contain `KEPT` of it."""
    paragraphs = text.split("\n\n")
    kept: list[str] = []
    while paragraphs and len("\n\n".join(kept)) < KEPT * len(text):
        kept.append(paragraphs.pop(0))
    return "\n\n".join(kept)
