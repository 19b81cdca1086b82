"""Revision marks: "UPDATE 2-", "(LEAD)", "(Adds ...)", "This version corrects ..."."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.events.wire import Revision, RevisionKind
from service.wire.trailer import last_paragraphs

HEAD_PARAGRAPHS = 5
LONGEST_NOTE = 600
"""Characters: a longer advisory is prose that happens to open like one."""
_MARKS_AT_MOST = 4
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
    title: Patterns
    title_end: Patterns
    bracket: Patterns
    line: Patterns


def take_marks(title: str, text: str) -> Revised:
    """Take the marks off a headline and the advisories out of a text."""
    said: list[Revision] = []
    title = _clean_title(title, said)
    notes, text = _take_notes(text, said)
    said.sort(key=lambda revision: _order().index(revision.kind))
    return Revised(title, text, said[0] if said else None, tuple(notes))


def _clean_title(title: str, said: list[Revision]) -> str:
    for _ in range(_MARKS_AT_MOST):
        for kind, pattern in _marks().title:
            match = pattern.match(title)
            if match is not None and match.end() < len(title):
                _say(said, kind, match)
                title = title[match.end() :].lstrip()
                break
        else:
            break
    for kind, pattern in _marks().title_end:
        match = pattern.search(title)
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
    if end - start > LONGEST_NOTE:
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


def cut_out(text: str, cuts: Iterable[tuple[int, int]]) -> str:
    """The text without these spans, and without the empty paragraphs that they leave."""
    kept: list[str] = []
    position = 0
    cuts = sorted(cuts)
    if not cuts:
        return text
    for start, end in cuts:
        kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", "".join(kept)).strip()


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
    return tuple(dict.fromkeys(kind for kind, _ in _rows() if kind is not None))


@cache
def _rows() -> tuple[tuple[RevisionKind | None, Mapping[str, list[str]]], ...]:
    text = files("service.wire").joinpath("revisions.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    marks = [(RevisionKind(row["kind"]), row) for row in data["mark"]]
    return (*marks, (None, data["other"]))


@cache
def _marks() -> _Marks:
    def compiled(key: str, before: str, after: str) -> Patterns:
        return tuple(
            (kind, re.compile(before + _escape(mark) + after, re.IGNORECASE))
            for kind, row in _rows()
            for mark in row.get(key, ())
        )

    return _Marks(
        title=compiled("title", r"\s*", r"\s*"),
        title_end=compiled("title_end", r"\s*", r"\s*$"),
        bracket=compiled("bracket", r"[(\[（]\s?", r"[^()\[\]（）\n]*[)\]）]"),
        line=compiled("line", r"[(*\[_]{0,3}", r"[^\n]*"),
    )


def _escape(mark: str) -> str:
    return (
        re.escape(mark).replace(r"\{n\}", r"(?P<n>\d{1,2})").replace(r"\{any\}", r"[^\n]{0,200}?")
    )
