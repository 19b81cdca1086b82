"""Parse revision markers: "UPDATE 2-", "(LEAD)", "(Adds ...)", "This version corrects ..."."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from service.agencies.table import agencies, any_of
from service.contract.attribution import Revision, RevisionKind
from service.read.attribution.core import cut_out
from service.read.attribution.trailer import last_paragraphs

HEAD_PARAGRAPHS = 5
LONGEST_NOTE = 600
"""Characters: a longer advisory is prose that happens to open like one."""
_MOST_MARKERS = 4
_LONGEST_MARKER = 60
_HEAD_CHARACTERS = 3000
_DAY = r"(?:[^\W\d_]{2,10}\.?,?\s{1,2}){0,2}\d{1,4}[^:()\n]{0,30}?"
"""A day as printed: up to two words, a number, and more that is no colon."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A headline and a text without revision markers, and the revision that the markers name.

    `notes` are the advisory lines, as printed; `corrections` those of them that say that this
    article was corrected, and the corrections that the page declares.
    """

    title: str
    text: str
    revision: Revision | None
    notes: tuple[str, ...]
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Form:
    """How one marker is printed, as three parts of a pattern."""

    before: str
    marker: str
    after: str
    flags: re.RegexFlag

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first asked for: most texts have no marker, and there are hundreds."""
        return re.compile(self.before + self.marker + self.after, self.flags)


Patterns = tuple[tuple[RevisionKind | None, _Form], ...]


@dataclass(frozen=True, slots=True)
class _Markers:
    """Patterns of markers by position; `any_*` matches if any pattern of its position does."""

    title: Patterns
    title_end: Patterns
    bracket: Patterns
    line: Patterns
    any_title: re.Pattern[str]
    any_title_end: re.Pattern[str]
    any_line: re.Pattern[str]


def take_revision(title: str, text: str, declared: tuple[str, ...] = ()) -> Revised:
    """Remove the revision markers from a headline and the advisories from a text.

    Args:
        declared: correction notes from the page's structured data.
    """
    said: list[Revision] = []
    title = _clean_title(title, said)
    notes, corrections, text = _take_notes(text, said)
    for note in declared:
        if note not in corrections:
            said.append(Revision(kind=RevisionKind.CORRECTION, text=note[:_LONGEST_MARKER]))
            corrections.append(note)
    return Revised(title, text, _weightiest(said), tuple(notes), tuple(corrections))


def begins_with_marker(title: str) -> bool:
    """Return True if a headline begins with a revision marker."""
    return _markers().any_title.match(title) is not None


def ends_with_marker(title: str) -> bool:
    """Return True if a headline ends with a revision marker."""
    return _markers().any_title_end.search(title, max(0, len(title) - _LONGEST_MARKER)) is not None


def _weightiest(said: list[Revision]) -> Revision | None:
    """Return the marker of the highest-ranking kind, with the first number that any marker has:
    "CORRECTED-UPDATE 2-" corrects update 2."""
    if not said:
        return None
    first = min(said, key=lambda revision: _order().index(revision.kind))
    numbers = [revision.number for revision in said if revision.number is not None]
    return first.model_copy(update={"number": numbers[0]}) if numbers else first


def _clean_title(title: str, said: list[Revision]) -> str:
    title = title.strip()
    for _ in range(_MOST_MARKERS):
        if _markers().any_title.match(title) is None:
            break
        for kind, form in _markers().title:
            match = form.pattern.match(title)
            if match is not None and match.end() < len(title):
                _say(said, kind, match)
                title = title[match.end() :].lstrip()
                break
        else:
            break
    end = max(0, len(title) - _LONGEST_MARKER)
    if _markers().any_title_end.search(title, end) is None:
        return title
    for kind, form in _markers().title_end:
        match = form.pattern.search(title, end)
        if match is not None and match.start() > 0:
            _say(said, kind, match)
            return title[: match.start()].rstrip()
    return title


def _take_notes(text: str, said: list[Revision]) -> tuple[list[str], list[str], str]:
    """Return the advisories, those of them that fill a paragraph and correct, and the rest."""
    cuts: list[tuple[int, int]] = []
    corrections: list[str] = []

    def line(start: int, end: int) -> tuple[int, int] | None:
        before = len(said)
        cut = _line(text, start, end, said)
        if cut is not None and any(one.kind is RevisionKind.CORRECTION for one in said[before:]):
            corrections.append(text[start:end].strip())
        return cut

    heads = _first_paragraphs(text)
    for start, end in heads:
        cut = _bracket(text, start, end, said) or line(start, end)
        if cut is not None:
            cuts.append(cut)
    for start, end in last_paragraphs(text):
        if (start, end) in heads:
            continue
        cut = line(start, end)
        if cut is not None:
            cuts.append(cut)
    notes = [text[start:end].strip() for start, end in cuts]
    return notes, corrections, cut_out(text, cuts)


def _bracket(text: str, start: int, end: int, said: list[Revision]) -> tuple[int, int] | None:
    if text[start] not in "([（":
        return None
    for kind, form in _markers().bracket:
        match = form.pattern.match(text, start, min(end, start + LONGEST_NOTE))
        if match is not None:
            _say(said, kind, match)
            return match.span()
    return None


def _line(text: str, start: int, end: int, said: list[Revision]) -> tuple[int, int] | None:
    if end - start > LONGEST_NOTE or _markers().any_line.match(text, start, end) is None:
        return None
    for kind, form in _markers().line:
        match = form.pattern.match(text, start, end)
        if match is not None:
            _say(said, kind, match)
            return start, end
    return None


def _say(said: list[Revision], kind: RevisionKind | None, match: re.Match[str]) -> None:
    if kind is None:
        return
    number = match.groupdict().get("n")
    said.append(
        Revision(
            kind=kind, number=int(number) if number else None, text=match.group().strip(" ,-:")
        )
    )


def _first_paragraphs(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text[:_HEAD_CHARACTERS].splitlines(keepends=True):
        if line.strip():
            start = position + len(line) - len(line.lstrip())
            spans.append((start, position + len(line.rstrip())))
        if len(spans) == HEAD_PARAGRAPHS:
            break
        position += len(line)
    return spans


@cache
def _order() -> tuple[RevisionKind, ...]:
    """Return the kinds, the highest-ranking first."""
    return tuple(RevisionKind(row["kind"]) for row in _data()["marker"])


@cache
def _data() -> dict[str, Any]:
    text = files(__package__).joinpath("revisions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _markers() -> _Markers:
    data = _data()
    rows = [(RevisionKind(row["kind"]), row) for row in data["marker"]]

    def compiled(key: str, before: str, after: str) -> Patterns:
        return tuple(
            (kind, _Form(before, _pattern(marker), after, _case(key, marker)))
            for kind, row in (*rows, (None, data["other"]))
            for marker in row.get(key, ())
        )

    title = compiled("title", r"\s*", r"\s*")
    title_end = compiled("title_end", r"\s*", r"\s*$")
    before, rest = r"[(*\[_•–—-]{0,3}\s?", r"[^\n]*"
    names = [name for agency in agencies() for name in (agency.name, *agency.names)]
    goes_on = [*data["goes_on"], *(f"by {the}{name}" for name in names for the in ("", "the "))]
    statement = rf"(?=[.!)\]*_]|\s*$|\s(?:{any_of(goes_on)})(?!\w))"
    line = (
        *compiled("line", before, rest),
        *compiled("statement", before, statement + rest),
        *compiled("sentence", before, r"[.!)\]*_ ]{0,4}$"),
    )
    return _Markers(
        title=title,
        title_end=title_end,
        bracket=compiled("bracket", r"[(\[（]{1,2}\s?", r"[^()\[\]（）\n]*[)\]）]{1,2}"),
        line=line,
        any_title=_any(title),
        any_title_end=_any(title_end),
        any_line=_any(line),
    )


def _any(patterns: Patterns) -> re.Pattern[str]:
    """Return a pattern that matches if one of these does. Markers with the same parts around them
    are grouped: what is around them is then compiled, and tried, once for all."""
    around: dict[tuple[str, str, re.RegexFlag], list[str]] = {}
    for _, form in patterns:
        marker = form.marker.replace("(?P<n>", "(?:")
        around.setdefault((form.before, form.after, form.flags), []).append(marker)
    return re.compile(
        "|".join(
            f"(?{'i' if flags & re.IGNORECASE else ''}:{before}(?:{'|'.join(markers)}){after})"
            for (before, after, flags), markers in around.items()
        )
    )


def _case(key: str, marker: str) -> re.RegexFlag:
    """Return the flags of a marker: bare words in a headline are matched in their own case only."""
    bare = marker[0] not in "([【（" and marker[-1] != "-" and "{n}" not in marker
    plain = bare and (key == "title" or (key == "title_end" and marker.isupper()))
    return re.NOFLAG if plain else re.IGNORECASE


def _pattern(marker: str) -> str:
    pattern = re.escape(marker).replace(r"\{n\}", r"(?P<n>\d{1,2})").replace(r"\ \?", " ?")
    pattern = pattern.replace(r"\{article\}", rf"(?:{any_of(_data()['article'])})")
    pattern = pattern.replace(r"\{own\}", rf"(?:{any_of(_data()['own'])})")
    pattern = pattern.replace(r"\{some\}", r"[^()\n]{0,40}?").replace(r"\{day\}", _DAY)
    whole = r"(?!\w)" if marker[-1].isalnum() or marker.endswith("}") else ""
    return pattern.replace(r"\{any\}", r"[^\n]{0,200}?") + whole
