"""Numbers in words to digits: "two hundred and fourteen" is 214, "3.5 million" 3500000."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from service.story.number_compounds import compounds, thousands
from service.story.numerals import fold_number
from service.story.spelling import without_accents

PERCENT = "%"
_DATA = "spelled.toml"
_MILLION = 10**6
_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class _Language:
    """The number words of a language; see `spelled.toml`. The weak mean nothing by themselves."""

    values: Mapping[str, Decimal]
    hundreds: frozenset[str]
    scales: Mapping[str, int]
    joiner: str | None
    joined: frozenset[str]
    parts: frozenset[str]
    weak: frozenset[str]
    percents: frozenset[str]
    percent_pairs: frozenset[tuple[str, str]]
    decimal: str | None
    tens_by_score: bool
    compounds: str | None
    closed: Mapping[str, int]

    def value(self, word: str) -> Decimal | None:
        """What a word adds to a number."""
        value = self.values.get(word)
        if value is None and self.compounds and len(word) > _LONGEST_SIMPLE:
            whole = thousands(self.compounds, word, self.closed)
            return None if whole is None else Decimal(whole)
        return value


class _PlainWords(dict[str, str]):
    """Words as printed to plain lower case if they may be part of a number, else to nothing.

    What was asked once is kept, so that the words of a sentence are looked up without a call each.

    Attributes:
        idle: those of the words kept that mean no number by themselves.
    """

    def __init__(self, known: _Language) -> None:
        self.known = known
        self.idle: set[str] = set()

    def __missing__(self, word: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
            self.idle.clear()
        known, plain = self.known, without_accents(word.casefold())
        if not (plain in known.parts or plain == known.joiner or known.value(plain) is not None):
            plain = ""
        if plain in known.weak:
            self.idle.add(word)
        self[word] = plain
        return plain


_LONGEST_SIMPLE = 6
"""A number above a thousand in one word is longer: "duemila" has seven letters."""


def fold_spelled(words: Sequence[str], language: str) -> Sequence[str]:
    """The words of a sentence, in order, with each number in words, or in digits and words, as one
    of digits, and with each "percent" as the sign.

    "One" on its own stays: in most languages it is the article too. So does a bare "million".
    """
    plain = _plain_words().get(language.split("-")[0])
    if plain is None or plain.idle.issuperset(words):
        return words
    known, lowered = plain.known, list(map(plain.__getitem__, words))
    if known.weak.issuperset(lowered):
        return words
    folded: list[str] = []
    place, end = 0, len(words)
    while place < end:
        if lowered[place] in known.percents:
            folded.append(PERCENT)
            place += 1
        elif place + 1 < end and (lowered[place], lowered[place + 1]) in known.percent_pairs:
            folded.append(PERCENT)
            place += 2
        elif words[place][0].isdigit():
            scale = known.scales.get(lowered[place + 1]) if place + 1 < end else None
            many = words[place] if scale is None else _scaled(words[place], scale, known)
            folded.append(many)
            place += 1 if scale is None else 2
        else:
            number, after = _read(lowered, place, known)
            folded.append(words[place] if number is None else format(number.normalize(), "f"))
            place = after
    return folded


def _scaled(printed: str, scale: int, known: _Language) -> str:
    """A number in digits before a word like million."""
    mark = known.decimal
    if mark is not None and printed.count(mark) == 1 and len(printed.split(mark)[1]) == 3:
        number = printed.replace(mark, ".")  # 2.127 billion: three decimals, not thousands
    else:
        number = fold_number(printed)
    try:
        return format((Decimal(number) * scale).normalize(), "f")
    except ArithmeticError:
        return printed


def _read(lowered: Sequence[str], begin: int, known: _Language) -> tuple[Decimal | None, int]:
    """The number in words that begins at a place, if one does, and where what stands there ends."""
    total = part = Decimal(0)
    lowest = Decimal("Infinity")
    taken, place = 0, begin
    while place < len(lowered):
        word = lowered[place]
        scale = known.scales.get(word)
        if scale is not None:
            if scale >= lowest or (not taken and scale >= _MILLION):
                break
            total, part, lowest = total + (part or Decimal(1)) * scale, Decimal(0), Decimal(scale)
        elif word in known.hundreds:
            if part >= 10 or part != int(part):
                break
            part = (part or Decimal(1)) * 100
        elif (value := known.value(word)) is not None:
            step = _step(part, value, by_score=known.tens_by_score)
            if step is None or value >= lowest:
                break
            part += step
        elif taken and word == known.joiner and place + 1 < len(lowered):
            following = known.value(lowered[place + 1])
            if following is None or not _joins(part, total, following, known.joined):
                break
            place += 1
            continue
        else:
            break
        taken += 1
        place += 1
    if not taken or (taken == 1 and total + part == 1):
        return None, begin + 1
    return total + part, place


def _step(part: Decimal, value: Decimal, *, by_score: bool) -> Decimal | None:
    """What a word adds to the part of a number below a thousand; None where it begins another."""
    held = part % 100
    if by_score and value == 20 and held == 4:
        return Decimal(76)
    if value >= 100 or value != int(value):
        free = part == 0
    elif value >= 20:
        free = held == 0
    elif value >= 10:
        free = held == 0 or (by_score and held in (60, 80))
    else:
        free = part % 10 == 0 and (held != 10 or by_score)
    return value if free else None


def _joins(part: Decimal, total: Decimal, following: Decimal, joined: frozenset[str]) -> bool:
    """Whether "and" between two number words makes one number of them."""
    held = part % 100
    tens = held >= 20 and part % 10 == 0
    return (
        ("tens" in joined and tens and following < 10)
        or ("ones" in joined and tens and following in (1, 11))
        or ("hundreds" in joined and part >= 100 and held == 0 and following < 100)
        or ("thousands" in joined and part == 0 and total > 0 and following < 1000)
    )


@cache
def _plain_words() -> Mapping[str, _PlainWords]:
    data = tomllib.loads(files(__package__).joinpath(_DATA).read_text(encoding="utf-8"))
    return {name: _PlainWords(_language(row)) for name, row in data.items()}


def _language(row: Mapping[str, Any]) -> _Language:
    values = {word: Decimal(1) for word in row["one"].split()}
    closed: dict[str, int] = {}
    if "compounds" in row:
        simple = {int(n): forms for n, forms in row["words"].items() if n.isdigit()}
        closed = compounds(row["compounds"], simple)
        values |= {word: Decimal(value) for word, value in closed.items()}
    for value, forms in row["words"].items():
        values |= {form: Decimal(value) for form in forms.split()}
    if row.get("compounds") == "de":
        values |= {f"{row['words'][str(n)]}einhalb": Decimal(n) + Decimal("0.5") for n in _UNITS}
    scales = {form: int(n) for n, forms in row["scales"].items() for form in forms.split()}
    pairs = [tuple(percent.split()) for percent in row["percent"]]
    hundreds = frozenset(row.get("hundreds", "").split())
    parts = {*hundreds, *scales, *(word for pair in pairs for word in pair)}
    return _Language(
        values={word: value for word, value in values.items() if word not in hundreds},
        hundreds=hundreds,
        scales=scales,
        joiner=row.get("and"),
        joined=frozenset(row.get("joined", ())),
        parts=frozenset(parts),
        weak=frozenset(
            {"", row.get("and", ""), *row["one"].split(), *(p[0] for p in pairs if p[1:])}
        ),
        percents=frozenset(pair[0] for pair in pairs if len(pair) == 1),
        percent_pairs=frozenset((pair[0], pair[1]) for pair in pairs if len(pair) == 2),
        decimal=row.get("decimal"),
        tens_by_score=row.get("tens_by_score", False),
        compounds=row.get("compounds"),
        closed=closed,
    )


_UNITS = range(2, 10)
