"""Agency names inside a signature: "AP", "dpa/lsw", "AP, Reuters", "the Associated Press"."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from service.wire.agency import Agency, Ambiguity, book
from service.wire.shapes import BETWEEN, MASK

_SEPARATOR = re.compile(BETWEEN)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"\w+")
# Where a word in lower case does not tell what a pattern without regard to case finds: no blanks
# between words; more than two forms of one letter.
_NOT_BY_WORDS = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
    r"\u00b5\u0130\u0131\u017f\u0345\u0370-\u03ff\u1c80-\u1c88\u1e9b\u1f00-\u1fff\u212a\u212b\ufb05\ufb06]"
)
_EDGES = " \t\n.:*()[]\"'“”„©®™"


def read_names(text: str) -> tuple[Agency, ...]:
    """The agencies that a signature lists, in its order. Only whole parts of the list count."""
    whole = name_of(text)
    if whole is not None:
        return (whole,)
    found = {agency.key: agency for part in _SEPARATOR.split(text) if (agency := name_of(part))}
    return tuple(found.values())


def name_of(text: str) -> Agency | None:
    """The agency whose name this is, letter for letter (full names in any case)."""
    text = " ".join(text.strip(_EDGES).split())
    return _short().get(text) or _full().get(_fold(text))


def too_vague(
    agency: Agency, names: str, language: str, *, alone: bool, apart: bool = True
) -> bool:
    """Whether a signature outside a dateline is too vague for this agency: an ambiguous
    abbreviation that does not stand as its kind of ambiguity demands.

    `alone`: nothing else is signed there. `apart`: punctuation parts it from any other words.
    """
    if agency.ambiguity is Ambiguity.NONE or any(_fold(part) in _full() for part in _parts(names)):
        return False
    if len(read_names(names)) > 1:
        return False
    if agency.ambiguity is Ambiguity.SOME:
        return not apart
    return not (alone and language.partition("-")[0] in (*agency.languages, "und"))


@lru_cache(maxsize=128)  # several steps ask for the same first and last lines of a text
def mask(text: str) -> str | None:
    """The text with each list of agencies' names masked, every character by one; None where it
    names none. Shapes are matched against this."""
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
    """Whether a text may name an agency: whether all words of a name are in it. Most texts hold
    none, which is told in a fraction of the time that the pattern of all names takes."""
    if not text.isascii() and _NOT_BY_WORDS.search(text):
        return True
    words = set(_WORD.findall(text.lower()))
    names = _by_first_word()
    return any(name <= words for first in names.keys() & words for name in names[first])


def names_within(text: str) -> tuple[Agency, ...]:
    """Agencies whose full names, or hardly ambiguous abbreviations, stand anywhere in a text.

    For texts that are signatures as a whole, such as a copyright notice; never for prose.
    """
    found: dict[str, tuple[int, Agency]] = {}
    for match in _any_name().finditer(text):
        agency = name_of(match.group())
        if agency is not None and not too_vague(agency, match.group(), "", alone=False):
            found.setdefault(agency.key, (match.start(), agency))
    return tuple(agency for _, agency in sorted(found.values(), key=lambda item: item[0]))


def _parts(names: str) -> tuple[str, ...]:
    return (names, *_SEPARATOR.split(names))


def _fold(text: str) -> str:
    return " ".join(fold_case(text.strip(_EDGES)).split())


def fold_case(name: str) -> str:
    """A name without regard to case, as a pattern sees it: one i for the four of Turkish, of which
    the large dotted one would become two characters."""
    return name.replace("İ", "i").casefold().replace("ı", "i")


@cache
def _full() -> dict[str, Agency]:
    names = {_fold(name): agency for agency in book().rows for name in agency.names}
    return {f"the {name}": agency for name, agency in names.items()} | names


@cache
def _short() -> dict[str, Agency]:
    return {name: agency for agency in book().rows for name in agency.short}


@cache
def _by_first_word() -> dict[str, list[frozenset[str]]]:
    """The words of each name, folded, by the first of them. The pattern takes an article before any
    name."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in book().rows:
        for name in (*row.names, *row.short):
            folded = _WORD.findall(fold_case(name))
            words = [word for word in folded if word != "the"]
            found[words[0]].append(frozenset(words))
    return found


@cache
def _any_name() -> re.Pattern[str]:
    """Any agency's name: full names in any case, abbreviations in their own; as whole words,
    except in scripts that set no blanks between words."""
    full = {" ".join(name.split()) for row in book().rows for name in row.names}
    short = {name for row in book().rows for name in row.short}
    unspaced = {name for name in full | short if _UNSPACED.match(name)}
    full |= {f"the {name}" for name in full - unspaced if not name.lower().startswith("the ")}
    folded = set(map(fold_case, full - unspaced))
    spaced = rf"(?i:{_branch(folded)})|{_branch(short - unspaced)}"
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{_branch(unspaced)}")


def _branch(names: Iterable[str]) -> str:
    """A pattern of these names that decides character by character, the longest first."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_first[name[:1]].append(name[1:])
    branches = [
        re.escape(first) + (_branch(rest) if any(rest) else "")
        for first, rest in sorted(by_first.items(), reverse=True)
    ]
    return f"(?:{'|'.join(branches)})" if len(branches) > 1 else branches[0]
