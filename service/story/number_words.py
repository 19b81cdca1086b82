"""Numbers in words to digits where words are inflected: Russian "3,5 тыс." is 3500, and Arabic."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from service.story.numerals import fold_number
from service.story.script import plain_script
from service.story.spelled import PERCENT

_DATA = "number_words.toml"
_STAR = "*"
_THOUSAND = Decimal(1000)
_HALF = Decimal("0.5")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Word:
    """What a number word does.

    Attributes:
        value: what it adds; a scale ("thousand") multiplies what stands before it by this.
        alone: whether it is a number on its own; "one" and "thousands" are not.
        continues: whether it may follow another number word in one number.
    """

    value: Decimal
    scale: bool
    alone: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class _Language:
    """The number words of a language in all forms and spellings; see `number_words.toml`.

    `percents` holds the first word of each term for "%", with what follows it: nothing or a word.
    """

    words: Mapping[str, _Word]
    half: Sequence[str]
    percents: Mapping[str, frozenset[str]]


def fold_number_words(words: Sequence[str], language: str) -> Sequence[str]:
    """The words of a sentence, in plain script, with each number in words, or in digits and words,
    as one of digits, and with each "percent" as the sign.

    "One" on its own stays, so do bare "thousands". Words come back as they are in languages that
    `number_words.toml` does not have.
    """
    known = _languages().get(language)
    if known is None:
        return words
    folded: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        number, end = None, place + 1
        if word in known.percents:
            number, end = _percent_at(words, place, known)
        elif word in known.words or word[0].isdecimal():
            number, end = _number_at(words, place, known)
        folded.append(word if number is None else number)
        place = end
    return folded


def _percent_at(words: Sequence[str], begin: int, known: _Language) -> tuple[str | None, int]:
    """The sign, if the words at a place mean it, and where the next word stands."""
    following = known.percents[words[begin]]
    if "" in following:
        return PERCENT, begin + 1
    if begin + 1 < len(words) and words[begin + 1] in following:
        return PERCENT, begin + 2
    return None, begin + 1


def _number_at(words: Sequence[str], begin: int, known: _Language) -> tuple[str | None, int]:
    """The number that begins at a place, None if none does, and where the next word stands."""
    printed = words[begin][0].isdecimal()
    digits = fold_number(words[begin]) if printed else "0"
    if not _DIGITS.fullmatch(digits):
        return None, begin + 1
    total, part = Decimal(0), Decimal(digits)
    place = begin + printed
    lowest = Decimal("Infinity")
    taken: list[_Word] = []
    while place < len(words):
        word = known.words.get(words[place])
        if word is None:
            if not part or not _is_half(words, place, known):
                break
            part += _HALF
            place += len(known.half)
            continue
        if word.value >= _THOUSAND:
            size = _THOUSAND ** (word.value.adjusted() // 3)
            if size >= lowest or (part and not word.scale):
                break
            lowest = size
            total += (part or 1) * word.value
            part = Decimal(0)
        elif printed or (taken and not word.continues) or not _fits(part, word.value, lowest):
            break
        else:
            part += word.value
        taken.append(word)
        place += 1
        if printed:
            break
    if not taken or (len(taken) == 1 and not printed and not taken[0].alone):
        return None, begin + 1
    return format((total + part).normalize(), "f"), place


def _is_half(words: Sequence[str], place: int, known: _Language) -> bool:
    """Whether "and a half" stands at a place."""
    return bool(known.half) and list(words[place : place + len(known.half)]) == list(known.half)


def _fits(part: Decimal, value: Decimal, lowest: Decimal) -> bool:
    """Whether a value adds to a number: its decimal places are free, and it is below the scale."""
    if value >= lowest or part % 1 or (part and value % 1):
        return False
    held, added = str(int(part))[::-1], str(int(value))[::-1]
    return all("0" in pair for pair in zip(held, added, strict=False))


@cache
def _languages() -> Mapping[str, _Language]:
    data = tomllib.loads(files(__package__).joinpath(_DATA).read_text(encoding="utf-8"))
    return {name: _language(name, row) for name, row in data.items()}


def _language(name: str, row: Mapping[str, Any]) -> _Language:
    percents: dict[str, set[str]] = {}
    for term in row["percent"]:
        first, _, second = plain_script(term, name).partition(" ")
        percents.setdefault(first, set()).add(second)
    return _Language(
        words=dict(_words(name, row)),
        half=row.get("half", ()),
        percents={first: frozenset(following) for first, following in percents.items()},
    )


def _words(name: str, row: Mapping[str, Any]) -> Iterator[tuple[str, _Word]]:
    """Every spelling of every number word, the plainest meaning last, so that it counts."""
    joined_by = row.get("joined_by", "")
    for section, least_alone in (("scales", None), ("ordinals", 3), ("words", 1.5)):
        for printed, forms in row[section].items():
            value, scale = Decimal(printed), section == "scales"
            alone = least_alone is not None and value >= least_alone
            for form in _forms(forms, row.get("endings", ())):
                plain = plain_script(form, name)
                # A short word with a letter before it is mostly another word.
                for prefix in ("", *row.get("prefixes", ())) if len(plain) > 2 else ("",):
                    continues = scale or value == 10 or prefix.startswith(joined_by)
                    for spelled in _spellings(prefix + plain):
                        yield spelled, _Word(value, scale, alone, continues)


def _forms(forms: str, endings: Sequence[str]) -> Iterator[str]:
    for form in forms.split():
        if form.endswith(_STAR):
            yield from (form[:-1] + ending for ending in endings)
        else:
            yield form


def _spellings(word: str) -> Iterator[str]:
    for spelled in (word, word.replace("ё", "е")):
        yield from (spelled, spelled.capitalize())
