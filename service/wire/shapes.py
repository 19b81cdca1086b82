"""Shapes: how a signature looks, written as a template with named gaps, compiled to a pattern.

A template is plain text with gaps: `{place} ({names}) {dash}`. `<a|b>` is a choice. A blank
stands for any blanks, and for none where it touches punctuation. Every gap is bounded, so that no
text, however hostile, costs more than a fixed number of steps for each place it is tried at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DASH = r"(?:-{1,3}|[‐-―−])"
DATE = (
    r"(?:[^\W\d_]{2,12}[.,]?\s{1,2}){0,2}"  # weekday, month
    r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.|日|일)?"
    r"(?:/\d{1,2}(?!\d)|[./ ]{1,2}(?:de\s)?[^\W\d_]{2,12}\.?)?"  # month
    r"(?:,?\s{1,2}(?:de\s)?\d{4}|/\d{2,4})?"  # year
)
BETWEEN = (
    r"(?:\s{0,2}[/,;&+|·•،、]\s{0,2}|\s{1,2}(?:and|und|et|y|e|i|en|og|och|med|with|mit|via|ve|и)\s{1,2}"
    r"|\s{1,2}[-–—]\s{1,2})"
)
"""What may stand between two names of a list."""
GAPS = {
    "place": r"(?P<place>[^\W\d_][^\d()\n:;!?\"“”„«»]{0,70}?)",
    "date": rf"(?P<date>{DATE})",
    "names": r"(?P<names>[^\W_][^()\n]{0,60}?)",
    "dash": DASH,
    "any": r"[^\n]{0,300}?",
    "text": r"[^()\n]{0,300}?",
    "person": r"[^\W\d_][^\d\n|/]{1,80}?",
    "initials": r"[^\W\d_]{2,4}",
    "year": r"(?:19|20)\d\d",
}
_PART = re.compile(r"\{(\w+)\}|<([^<>]*)>|(\s+)|([^{}<>\s]+)")
_TOUCHING = ("punctuation", "dash")


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled template.

    Attributes:
        name: what a row of `agencies.toml` calls it.
        template: as written.
        pattern: may hold the groups `names`, `place` and `date`.
    """

    name: str
    template: str
    pattern: re.Pattern[str]


def compile_shape(
    name: str, template: str, agency_names: str, flags: re.RegexFlag = re.NOFLAG
) -> Shape:
    """Compile a template. `agency_names` is a pattern of every agency's name: the gap `{signers}`
    is a list of these and nothing else, where `{names}` is any list that a bracket encloses.

    Raises:
        ValueError: the template names a gap that there is not, or has a stray bracket.
    """
    signers = rf"(?P<names>{agency_names}(?:{BETWEEN}{agency_names}){{0,4}})"
    parts = _parts(name, template, {**GAPS, "signers": signers})
    pattern = ""
    for number, (kind, text) in enumerate(parts):
        if kind != "blank":
            pattern += text
            continue
        before = parts[number - 1] if number else ("punctuation", "")
        after = parts[number + 1] if number + 1 < len(parts) else ("punctuation", "")
        pattern += r"\s{0,3}" if _loose(before, -1) or _loose(after, 0) else r"\s{1,3}"
    return Shape(name, template, re.compile(pattern, flags))


def _parts(name: str, template: str, gaps: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parts of a template, as (kind, pattern)."""
    parts: list[tuple[str, str]] = []
    position = 0
    for match in _PART.finditer(template):
        if match.start() != position:
            raise ValueError(f"{name}: stray bracket at {position} in {template!r}")
        position = match.end()
        gap, choice, blank, literal = match.groups()
        if gap is not None:
            if gap not in gaps:
                raise ValueError(f"{name}: no gap is called {gap!r}")
            parts.append(("dash" if gap == "dash" else "gap", gaps[gap]))
        elif choice is not None:
            options = "|".join(re.escape(option) for option in choice.split("|"))
            parts.append(("choice", f"(?:{options})"))
        elif blank is not None:
            parts.append(("blank", ""))
        else:
            parts.append(("literal", re.escape(literal)))
    if position != len(template):
        raise ValueError(f"{name}: stray bracket at {position} in {template!r}")
    return parts


def _loose(neighbour: tuple[str, str], edge: int) -> bool:
    """Whether a blank beside this part may be left out."""
    kind, text = neighbour
    return kind in _TOUCHING or (kind == "literal" and not text[edge].isalnum())
