"""Stories told in one language, as pairs of texts that are copies and pairs that are not.

A file `xx.toml` (BCP 47) holds a table and the stories of that language, all of them invented:

    [wrapping]                  what a site puts around a text: each a list of lines
    above = ["Photo: ..."]      a byline, a photo credit, a place to share
    below = ["Source: ..."]     a source line, a notice, links to other articles

    [[story]]
    event = "ferry"             optional: the stories of all languages that tell the very same event
    title = "..."               the story: at least 160 words, in at least four paragraphs that
    text = \"\"\"...\"\"\"            are parted by an empty line
    title_again = "..."         told again by another desk: other words and order, other
    text_again = \"\"\"...\"\"\"      spellings of numbers and names, the same facts; 160 words too
    other_title = "..."         a trap: the same kind of event in nearly the same wording, with
    other_text = \"\"\"...\"\"\"      another place, other people and numbers; 160 words too

A text of fewer than 150 words is never folded with a rewording (see `service.story.compare`), so
shorter ones would test nothing. In a script without spaces 160 words are some 300 characters.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KEPT = 0.6
"""Of a trimmed text at least this share is left."""


class Form(StrEnum):
    """How a text came to be."""

    STORY = "story"
    REWORDED = "reworded"
    TRIMMED = "trimmed"
    WRAPPED = "wrapped"
    OTHER = "other"


COPIES = ((Form.STORY, Form.REWORDED), (Form.STORY, Form.TRIMMED), (Form.REWORDED, Form.WRAPPED))
"""The forms of one story that are paired."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One text. `story` is its number in the file, `event` what it tells in every language."""

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
    def told(self) -> tuple[str, int, bool]:
        """Texts are copies where this agrees; a trap is a story of its own."""
        return self.language, self.story, self.form is Form.OTHER


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, the earlier first."""

    left: Telling
    right: Telling

    @property
    def name(self) -> str:
        return f"{self.left.name} {self.right.name}"


def languages() -> tuple[str, ...]:
    """The languages that there is a file for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def stories(language: str) -> list[dict[Form, Telling]]:
    """The stories of a language, each in its five forms."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    return [
        _forms(language, number, row, data["wrapping"])
        for number, row in enumerate(data["story"], start=1)
    ]


def tellings(language: str) -> list[Telling]:
    """All texts of a language."""
    return [telling for forms in stories(language) for telling in forms.values()]


def copies(language: str, left: Form, right: Form) -> list[Pair]:
    """One pair a story, of two of its forms."""
    return [Pair(forms[left], forms[right]) for forms in stories(language)]


def traps(language: str) -> list[Pair]:
    """Each story and its rewording beside the text that only looks like it."""
    return [
        Pair(forms[form], forms[Form.OTHER])
        for forms in stories(language)
        for form in (Form.STORY, Form.REWORDED)
    ]


def strangers(language: str) -> list[Pair]:
    """The texts of every two stories of a language, in the forms that differ in wording."""
    forms = (Form.STORY, Form.REWORDED, Form.OTHER)
    return [
        Pair(one[left], other[right])
        for one, other in combinations(stories(language), 2)
        for left, right in product(forms, forms)
    ]


def translations() -> Iterator[Pair]:
    """The same event told in two languages, in each of the two wordings."""
    told = [forms for language in languages() for forms in stories(language)]
    for one, other in combinations(told, 2):
        left, right = one[Form.STORY], other[Form.STORY]
        if left.event is None or left.event != right.event or left.language == right.language:
            continue
        for form in (Form.STORY, Form.REWORDED):
            yield Pair(left, other[form])


def _forms(
    language: str, number: int, row: dict[str, Any], wrapping: dict[str, list[str]]
) -> dict[Form, Telling]:
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
    return {form: Telling(language, number, form, *told, event) for form, told in made.items()}


def trimmed(text: str) -> str:
    """A text without its last paragraphs: the fewest first ones that hold `KEPT` of it."""
    paragraphs = text.split("\n\n")
    kept: list[str] = []
    while paragraphs and len("\n\n".join(kept)) < KEPT * len(text):
        kept.append(paragraphs.pop(0))
    return "\n\n".join(kept)
