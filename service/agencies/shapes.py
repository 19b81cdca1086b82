"""Shapes: forms of credits, written as templates with named gaps and compiled to patterns.

A template is plain text with gaps: `{place} ({names}) {dash}`. `<a|b>` is a choice. A space
matches up to three white-space characters, and also none next to punctuation. Every gap is
bounded, so that matching takes at most a fixed number of steps per start position, even on hostile
input.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DASH = r"(?:-{1,3}|[‐-―−])"
DATE = (
    r"(?:(?:\d{1,2}月)?\d{1,2}日"
    r"|(?:[^\W\d_]{2,12}\.?\s{1,2}){0,2}"  # weekday, month
    r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.|일)?"
    r"(?:/\d{1,2}(?!\d)|[./ ]{1,2}(?:de\s)?[^\W\d_]{2,12}\.?)?"  # month
    r"(?:,?\s{1,2}(?:de\s)?\d{4}\.?|/\d{2,4})?)"  # year
)
MASK = "\ue000"
"""The character that replaces agencies' names before a shape is matched: the gap `{signers}` is a
sequence of it (see `names.mask`)."""
BETWEEN = (
    r"(?:\s{0,2}[/,;&+|·•،、]\s{0,2}|\s{1,2}(?:and|und|et|y|e|i|en|og|och|med|with|mit|via|ve|и)\s{1,2}"
    r"|\s{1,2}[-–—]\s{1,2})"
)
"""Separators between two names of a list."""
GAPS = {
    "place": r"(?P<place>[^\W\d_][^\d()（）\n:;!?\"“”„«»]{0,70}?)",
    "date": rf"(?P<date>{DATE})",
    "names": r"(?P<names>[^()（）\n]{2,60}?)",
    "signers": rf"(?P<names>{MASK}+)",
    "dash": DASH,
    "any": r"[^\n]{0,300}?",
    "text": r"[^()（）\n]{0,80}?",
    "person": r"(?P<person>[^\W\d_][^\d\n|/]{1,100}?)",
    "reporter": r"[^\W\d_][^\d\n()=]{1,40}?",
    "initials": r"(?-i:[a-zäöüß]{2,4})",
    "apart": r"\s{1,3}(?:[/|·•‐-―−]|-{1,3})\s{1,3}",
    "town": (
        r"(?:(?-i:San|Santa|São|New|Nueva|Los|Las|La|Le|El|Rio de|Buenos|Ciudad de)\s{1,2})?"
        r"(?-i:[^\W\d_a-zà-ÿ][^\W\d_]{2,20})"
    ),
    "country": r"[^\W\d_][^\d()（）\n]{2,30}",
    "written": (
        rf"(?:{DATE}(?:,?\s{{1,2}}(?:um\s|à\s|at\s|alle\s|a las\s)?\d{{1,2}}[:.hH]\d\d"
        r"(?:\s?(?:Uhr|Z|GMT|UTC|h|CET|[ap]\.?m\.?))?)?"
        r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}(?:,?\s{1,2}\d{1,2}[:.]\d\d(?:\s?Uhr)?)?)"
    ),
    "before_day": r"(?:,\s{1,2}|\s{0,2}[/|·•‐-―−-]\s{0,2}|\s{1,2})",
    "outlet_name": (
        r"(?-i:[^\W_a-zà-ÿ][\w.'’&-]{0,20}(?:\s{1,2}[^\W_a-zà-ÿ][\w.'’&-]{0,20}){0,3})"
    ),
    "outlet": r"\w[\w.-]{1,30}\.[a-z]{2,4}",
    "year": r"(?:19|20)\d\d",
}
_WIDE = {"(": "[(（]", ")": "[)）]", "[": r"[\[［]", "]": r"[\]］]"}
"""Full-width brackets, used in East Asian texts, match too."""
_PART = re.compile(r"\{(\w+)\}|<([^<>]*)>|(\s+)|([^{}<>\s]+)")


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled template.

    Attributes:
        name: as used in the rows of `agencies.toml`.
        pattern: may have the groups `names`, `place`, `date` and `person`.
    """

    name: str
    pattern: re.Pattern[str]


def compile_shape(
    name: str, template: str, more_gaps: Mapping[str, str], flags: re.RegexFlag = re.NOFLAG
) -> Shape:
    """Compile a template. `more_gaps` are patterns of gaps in addition to GAPS.

    Raises:
        ValueError: the template names an unknown gap, or has a stray bracket.
    """
    parts = _parts(name, template, {**GAPS, **more_gaps})
    pattern = ""
    for number, (kind, text, _) in enumerate(parts):
        if kind != "blank":
            pattern += text
            continue
        before = parts[number - 1] if number else ("dash", "", False)
        after = parts[number + 1] if number + 1 < len(parts) else ("dash", "", False)
        pattern += r"\s{0,3}" if before[2] or after[2] else r"\s{1,3}"
    return Shape(name, re.compile(pattern, flags))


def _parts(name: str, template: str, gaps: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """Split a template into parts: (kind, pattern, whether a space next to it is optional)."""
    parts: list[tuple[str, str, bool]] = []
    position = 0
    for match in _PART.finditer(template):
        if match.start() != position:
            raise ValueError(f"{name}: stray bracket at {position} in {template!r}")
        position = match.end()
        gap, choice, blank, literal = match.groups()
        if gap is not None:
            if gap not in gaps:
                raise ValueError(f"{name}: no gap is called {gap!r}")
            parts.append(("gap", gaps[gap], gap == "dash"))
        elif choice is not None:
            options = choice.split("|")
            pattern = "|".join(_literal(option) for option in options)
            parts.append(("choice", f"(?:{pattern})", not any(map(_wordy, options))))
        elif blank is not None:
            parts.append(("blank", "", False))
        else:
            edges = not (literal[0].isalnum() and literal[-1].isalnum())
            parts.append(("literal", _literal(literal), edges))
    if position != len(template):
        raise ValueError(f"{name}: stray bracket at {position} in {template!r}")
    return parts


def _wordy(option: str) -> bool:
    return any(character.isalpha() for character in option)


def _literal(text: str) -> str:
    return "".join(_WIDE.get(character) or re.escape(character) for character in text)
