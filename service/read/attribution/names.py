"""Find agency names in a credit: "AP", "dpa/lsw", "AP, Reuters", "the Associated Press"."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from service.agencies.shapes import BETWEEN, MASK
from service.agencies.table import Agency, Ambiguity, book

_SEPARATOR = re.compile(BETWEEN)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"\w+")
# Characters for which comparing lower-cased words can miss what a case-insensitive pattern finds:
# scripts without spaces between words, and letters with more than two case forms.
_NOT_BY_WORDS = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
    r"\u00b5\u0130\u0131\u017f\u0345\u0370-\u03ff\u1c80-\u1c88\u1e9b\u1f00-\u1fff\u212a\u212b\ufb05\ufb06]"
)
_EDGES = " \t\n.:*()[]\"'“”„©®™"


def read_names(text: str) -> tuple[Agency, ...]:
    """Return the agencies that a credit lists, in order. Only whole items of the list count."""
    whole = name_of(text)
    if whole is not None:
        return (whole,)
    found = {agency.key: agency for part in _SEPARATOR.split(text) if (agency := name_of(part))}
    return tuple(found.values())


def name_of(text: str) -> Agency | None:
    """Return the agency with exactly this name (full names in any case), or None."""
    text = " ".join(text.strip(_EDGES).split())
    return _short().get(text) or _full().get(_normalise(text))


def too_vague(
    agency: Agency, names: str, language: str, *, alone: bool, apart: bool = True
) -> bool:
    """Whether a credit outside a dateline is too vague for this agency: an ambiguous abbreviation
    that does not meet the condition of its `Ambiguity`.

    Args:
        names: the list of names in the credit.
        alone: the credit names nobody else.
        apart: punctuation separates the list from any other words.
    """
    if agency.ambiguity is Ambiguity.NONE or any(
        _normalise(part) in _full() for part in _parts(names)
    ):
        return False
    if len(read_names(names)) > 1:
        return False
    if agency.ambiguity is Ambiguity.SOME:
        return not apart
    return not (alone and language.partition("-")[0] in (*agency.languages, "und"))


@lru_cache(maxsize=128)  # several steps mask the same first and last lines of a text
def mask(text: str) -> str | None:
    """Return the text with each character of each list of agencies' names replaced by MASK; None
    if it names no agency. Shapes are matched against the masked text."""
    if not may_name(text):
        return None
    masked: list[str] = []
    position = end = 0
    for match in _any_name().finditer(text):
        between = _SEPARATOR.fullmatch(text, end, match.start()) if end else None
        if between is None:
            masked.append(text[position : match.start()])
            position = match.start()
        end = match.end()
        masked.append(MASK * (end - position))
        position = end
    if not end:
        return None
    return "".join((*masked, text[position:]))


def may_name(text: str) -> bool:
    """Whether a text may name an agency: all words of some name are in it. This check rules out
    most texts in a fraction of the time that the pattern of all names takes."""
    if not text.isascii() and _NOT_BY_WORDS.search(text):
        return True
    words = set(_WORD.findall(text.lower()))
    names = _by_first_word()
    return any(name <= words for first in names.keys() & words for name in names[first])


def names_within(text: str) -> tuple[Agency, ...]:
    """Return agencies whose full names or not highly ambiguous abbreviations occur in a text.

    For texts that are credits as a whole, such as a copyright notice; never for prose.
    """
    found: dict[str, tuple[int, Agency]] = {}
    for match in _any_name().finditer(text):
        agency = name_of(match.group())
        if agency is not None and not too_vague(agency, match.group(), "", alone=False):
            found.setdefault(agency.key, (match.start(), agency))
    return tuple(agency for _, agency in sorted(found.values(), key=lambda item: item[0]))


def _parts(names: str) -> tuple[str, ...]:
    return (names, *_SEPARATOR.split(names))


def _normalise(text: str) -> str:
    return " ".join(lower_case(text.strip(_EDGES)).split())


def lower_case(name: str) -> str:
    """Lower-case a name as a case-insensitive pattern does: the four forms of the Turkish i become
    one. (`casefold` would turn the dotted capital into two characters.)"""
    return name.replace("İ", "i").casefold().replace("ı", "i")


@cache
def _full() -> dict[str, Agency]:
    names = {_normalise(name): agency for agency in book().rows for name in agency.names}
    return {f"the {name}": agency for name, agency in names.items()} | names


@cache
def _short() -> dict[str, Agency]:
    return {name: agency for agency in book().rows for name in agency.short}


@cache
def _by_first_word() -> dict[str, list[frozenset[str]]]:
    """Return the lower-cased words of each name, by the first word. "The" is left out, as the
    pattern of all names accepts it before any name."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in book().rows:
        for name in (*row.names, *row.short):
            lowered = _WORD.findall(lower_case(name))
            words = [word for word in lowered if word != "the"]
            found[words[0]].append(frozenset(words))
    return found


@cache
def _any_name() -> re.Pattern[str]:
    """Return a pattern of all agencies' names: full names in any case, abbreviations in their own
    case; as whole words, except in scripts without spaces between words."""
    full = {" ".join(name.split()) for row in book().rows for name in row.names}
    short = {name for row in book().rows for name in row.short}
    unspaced = {name for name in full | short if _UNSPACED.match(name)}
    full |= {f"the {name}" for name in full - unspaced if not name.lower().startswith("the ")}
    lowered = set(map(lower_case, full - unspaced))
    spaced = rf"(?i:{_branch(lowered)})|{_branch(short - unspaced)}"
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{_branch(unspaced)}")


def _branch(names: Iterable[str]) -> str:
    """Return a pattern of these names in the form of a trie, longer names before their prefixes."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_first[name[:1]].append(name[1:])
    branches = [
        re.escape(first) + (_branch(rest) if any(rest) else "")
        for first, rest in sorted(by_first.items(), reverse=True)
    ]
    return f"(?:{'|'.join(branches)})" if len(branches) > 1 else branches[0]
