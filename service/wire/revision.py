"""Revision marks: "UPDATE 2-", "(LEAD)", "(Adds ...)", "This version corrects ..."."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from service.events.wire import Revision, RevisionKind
from service.wire.agency import any_of
from service.wire.cuts import cut_out
from service.wire.trailer import last_paragraphs

HEAD_PARAGRAPHS = 5
LONGEST_NOTE = 600
"""Characters: a longer advisory is prose that happens to open like one."""
_MARKS_AT_MOST = 4
_LONGEST_MARK = 60
_HEAD_CHARACTERS = 3000


Patterns = tuple[tuple[RevisionKind | None, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A headline and a text without revision marks, and what the marks said.

    `notes` are the advisory lines, as printed.
    """

    title: str
    text: str
    revision: Revision | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """The patterns, and for most kinds one that tells whether any of them matches."""

    title: Patterns
    title_end: Patterns
    bracket: Patterns
    line: Patterns
    any_title: re.Pattern[str]
    any_title_end: re.Pattern[str]
    any_line: re.Pattern[str]


def take_marks(title: str, text: str) -> Revised:
    """Take the marks off a headline and the advisories out of a text."""
    said: list[Revision] = []
    title = _clean_title(title, said)
    notes, text = _take_notes(text, said)
    return Revised(title, text, _weightiest(said), tuple(notes))


def _weightiest(said: list[Revision]) -> Revision | None:
    """The mark that rules, with the number of any: "CORRECTED-UPDATE 2-" corrects update 2."""
    if not said:
        return None
    first = min(said, key=lambda revision: _order().index(revision.kind))
    numbers = [revision.number for revision in said if revision.number is not None]
    return first.model_copy(update={"number": numbers[0]}) if numbers else first


def _clean_title(title: str, said: list[Revision]) -> str:
    title = title.strip()
    for _ in range(_MARKS_AT_MOST):
        if _marks().any_title.match(title) is None:
            break
        for kind, pattern in _marks().title:
            match = pattern.match(title)
            if match is not None and match.end() < len(title):
                _say(said, kind, match)
                title = title[match.end() :].lstrip()
                break
        else:
            break
    end = max(0, len(title) - _LONGEST_MARK)
    if _marks().any_title_end.search(title, end) is None:
        return title
    for kind, pattern in _marks().title_end:
        match = pattern.search(title, end)
        if match is not None and match.start() > 0:
            _say(said, kind, match)
            return title[: match.start()].rstrip()
    return title


def _take_notes(text: str, said: list[Revision]) -> tuple[list[str], str]:
    cuts: list[tuple[int, int]] = []
    heads = _first_paragraphs(text)
    for start, end in heads:
        cut = _bracket(text, start, end, said) or _line(text, start, end, said)
        if cut is not None:
            cuts.append(cut)
    for start, end in last_paragraphs(text):
        if (start, end) in heads:
            continue
        cut = _line(text, start, end, said)
        if cut is not None:
            cuts.append(cut)
    notes = [text[start:end].strip() for start, end in cuts]
    return notes, cut_out(text, cuts)


def _bracket(text: str, start: int, end: int, said: list[Revision]) -> tuple[int, int] | None:
    if text[start] not in "([（":
        return None
    for kind, pattern in _marks().bracket:
        match = pattern.match(text, start, min(end, start + LONGEST_NOTE))
        if match is not None:
            _say(said, kind, match)
            return match.span()
    return None


def _line(text: str, start: int, end: int, said: list[Revision]) -> tuple[int, int] | None:
    if end - start > LONGEST_NOTE or _marks().any_line.match(text, start, end) is None:
        return None
    for kind, pattern in _marks().line:
        match = pattern.match(text, start, end)
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
    """The kinds, the weightiest first."""
    return tuple(RevisionKind(row["kind"]) for row in _data()["mark"])


@cache
def _data() -> dict[str, Any]:
    text = files("service.wire").joinpath("revisions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _marks() -> _Marks:
    data = _data()
    rows = [(RevisionKind(row["kind"]), row) for row in data["mark"]]

    def compiled(key: str, before: str, after: str) -> Patterns:
        return tuple(
            (kind, re.compile(before + _pattern(mark) + after, _case(key, mark)))
            for kind, row in (*rows, (None, data["other"]))
            for mark in row.get(key, ())
        )

    title = compiled("title", r"\s*", r"\s*")
    title_end = compiled("title_end", r"\s*", r"\s*$")
    line = compiled("line", r"[(*\[_]{0,3}", r"[^\n]*")
    return _Marks(
        title=title,
        title_end=title_end,
        bracket=compiled("bracket", r"[(\[（]{1,2}\s?", r"[^()\[\]（）\n]*[)\]）]{1,2}"),
        line=line,
        any_title=_any(title),
        any_title_end=_any(title_end),
        any_line=_any(line),
    )


def _any(patterns: Patterns) -> re.Pattern[str]:
    """A pattern that matches where one of these does. Alike in case, they share a beginning."""
    by_case: dict[str, list[str]] = {"": [], "i": []}
    for _, pattern in patterns:
        case = "i" if pattern.flags & re.IGNORECASE else ""
        by_case[case].append(pattern.pattern.replace("(?P<n>", "(?:"))
    parts = [f"(?{case}:{'|'.join(forms)})" for case, forms in by_case.items() if forms]
    return re.compile("|".join(parts))


def _case(key: str, mark: str) -> re.RegexFlag:
    """A mark of bare words in a headline is one only in its own case."""
    bare = mark[0] not in "([【（" and mark[-1] != "-" and "{n}" not in mark
    plain = bare and (key == "title" or (key == "title_end" and mark.isupper()))
    return re.NOFLAG if plain else re.IGNORECASE


def _pattern(mark: str) -> str:
    pattern = re.escape(mark).replace(r"\{n\}", r"(?P<n>\d{1,2})").replace(r"\ \?", " ?")
    pattern = pattern.replace(r"\{article\}", rf"(?:{any_of(_data()['article'])})")
    pattern = pattern.replace(r"\{some\}", r"[^()\n]{0,40}?")
    whole = r"(?!\w)" if mark[-1].isalnum() or mark.endswith("{article}") else ""
    return pattern.replace(r"\{any\}", r"[^\n]{0,200}?") + whole
