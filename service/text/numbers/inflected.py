"""Numbers in words to digits in inflected languages, Russian and Arabic: "3,5 тыс." is 3500."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from service.text.loading import loading
from service.text.numbers.numerals import normalise_number
from service.text.numbers.spelled import PERCENT
from service.text.script import plain_script

_DATA = "inflected.toml"
_STAR = "*"
_THOUSAND = Decimal(1000)
_HALF = Decimal("0.5")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Word:
    """A number word.

    Attributes:
        value: added to the number, or multiplied with the part before it if it is a scale.
        scale: whether it is a scale, such as "thousand".
        alone: whether it is a number by itself; "one" and "thousands" are not.
        continues: whether it may follow another number word in the same number.
    """

    value: Decimal
    scale: bool
    alone: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class _Language:
    """The number words of a language, from `inflected.toml`.

    Attributes:
        words: by each form and spelling.
        half: the words of "and a half"; may be empty.
        percents: the first word of each term for "%", with its possible second words; an empty
            second word means that the first is enough.
    """

    words: Mapping[str, _Word]
    half: Sequence[str]
    percents: Mapping[str, frozenset[str]]


def inflected_to_digits(words: Sequence[str], language: str) -> Sequence[str]:
    """Replace each number in words, or in digits and words, by one in digits, and each "percent" by
    its sign.

    A lone "one" and a bare "thousands" are left. So are all words of languages that are not in
    `inflected.toml`.

    Args:
        words: of one sentence, after `plain_script`.
        language: primary subtag of a BCP 47 tag.
    """
    lexicon = _languages().get(language)
    if lexicon is None:
        return words
    normalised: list[str] = []
    position = 0
    while position < len(words):
        word = words[position]
        number, end = None, position + 1
        if word in lexicon.percents:
            number, end = _percent_at(words, position, lexicon)
        elif word in lexicon.words or word[0].isdecimal():
            number, end = _number_at(words, position, lexicon)
        normalised.append(word if number is None else number)
        position = end
    return normalised


def _percent_at(words: Sequence[str], begin: int, lexicon: _Language) -> tuple[str | None, int]:
    """The percent sign if a term for it begins at `begin`, else None; and the index after it."""
    following = lexicon.percents[words[begin]]
    if "" in following:
        return PERCENT, begin + 1
    if begin + 1 < len(words) and words[begin + 1] in following:
        return PERCENT, begin + 2
    return None, begin + 1


def _number_at(words: Sequence[str], begin: int, lexicon: _Language) -> tuple[str | None, int]:
    """The number that begins at `begin`, None if there is none; and the index after it."""
    printed = words[begin][0].isdecimal()
    digits = normalise_number(words[begin]) if printed else "0"
    if not _DIGITS.fullmatch(digits):
        return None, begin + 1
    total, part = Decimal(0), Decimal(digits)
    position = begin + printed
    lowest = Decimal("Infinity")
    used: list[_Word] = []
    while position < len(words):
        word = lexicon.words.get(words[position])
        if word is None:
            if not part or not _is_half(words, position, lexicon):
                break
            part += _HALF
            position += len(lexicon.half)
            continue
        if word.value >= _THOUSAND:
            size = _THOUSAND ** (word.value.adjusted() // 3)
            if size >= lowest or (part and not word.scale):
                break
            lowest = size
            total += (part or 1) * word.value
            part = Decimal(0)
        elif printed or (used and not word.continues) or not _fits(part, word.value, lowest):
            break
        else:
            part += word.value
        used.append(word)
        position += 1
        if printed:
            break
    if not used or (len(used) == 1 and not printed and not used[0].alone):
        return None, begin + 1
    return format((total + part).normalize(), "f"), position


def _is_half(words: Sequence[str], position: int, lexicon: _Language) -> bool:
    """True if "and a half" is at this position."""
    return bool(lexicon.half) and list(words[position : position + len(lexicon.half)]) == list(
        lexicon.half
    )


def _fits(part: Decimal, value: Decimal, lowest: Decimal) -> bool:
    """True if a value can be added to a part of a number: it is below the last scale, and the part
    has zeros where the value has digits."""
    if value >= lowest or part % 1 or (part and value % 1):
        return False
    own, added = str(int(part))[::-1], str(int(value))[::-1]
    return all("0" in pair for pair in zip(own, added, strict=False))


@cache
@loading()
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
    """Every spelling of every number word. A spelling may be repeated: cardinals come last, so that
    they replace ordinals and scales."""
    joined_by = row.get("joined_by", "")
    for section, least_alone in (("scales", None), ("ordinals", 3), ("words", 1.5)):
        for printed, forms in row[section].items():
            value, scale = Decimal(printed), section == "scales"
            alone = least_alone is not None and value >= least_alone
            for form in _forms(forms, row.get("endings", ())):
                plain = plain_script(form, name)
                # A short word after a prefix of one letter is mostly another word.
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
