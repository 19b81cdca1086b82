"""Traps written for this purpose: short reports in different languages of which none is a
translation of another, though they share much.

- events: reports of one event by several newsrooms, told in sentences, an order and with details of
  their own; they share names and some numbers.
- templates: reports of several events in one form, sentence by sentence, with other names and
  numbers.

A file `traps/KIND.PART.toml` holds groups; all are invented:

    [[group]]
    name = "train"
    [group.texts]               one in a language (BCP 47), the title in its first line, 80 to
    en = \"\"\"...\"\"\"              250 words

Each two texts of a group are a trap. Those of the part "train" may be tuned and trained on; for
these `traps/translated.train.toml` has translations of one text of a group, in the same form, where
`of` names the language of the text.
"""

import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

KINDS = ("events", "templates")
FOLDER = Path(__file__).parent / "traps"

Written = tuple[str, str]
"""The language of a text, and the text."""


def written_groups(kind: str, part: str) -> dict[str, dict[str, str]]:
    """Return the texts of each group by language.

    Args:
        kind: one of `KINDS`.
        part: "train" or "test".
    """
    groups = tomllib.loads((FOLDER / f"{kind}.{part}.toml").read_text("utf-8"))["group"]
    return {group["name"]: group["texts"] for group in groups}


def written_traps(kind: str, part: str) -> Iterator[tuple[str, Written, Written]]:
    """Yield the traps of a kind: the name of the group, and two texts."""
    for name, texts in written_groups(kind, part).items():
        for one, other in combinations(sorted(texts.items()), 2):
            yield name, one, other


def written_translations() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the name of a group for training, the language of one of its texts, and that text with
    its translations, by language."""
    texts = {name: own for kind in KINDS for name, own in written_groups(kind, "train").items()}
    for group in tomllib.loads((FOLDER / "translated.train.toml").read_text("utf-8"))["group"]:
        name, language = group["name"], group["of"]
        yield name, language, {language: texts[name][language], **group["texts"]}
