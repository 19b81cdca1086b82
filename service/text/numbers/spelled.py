"""Numbers in words to digits: "two hundred and fourteen" is 214, "3.5 million" is 3500000."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from service.text.loading import loading
from service.text.numbers.compounds import compounds, thousands
from service.text.numbers.numerals import normalise_number
from service.text.spelling import without_accents

PERCENT = "%"
_DATA = "spelled.toml"
_MILLION = 10**6
_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class _Language:
    """The number words of a language, from `spelled.toml`, without accents.

    Attributes:
        values: words that are added, with their values.
        hundreds: words for 100, which multiply a value below 10.
        scales: words from 1,000 up, which multiply the part before them.
        joiner: the word for "and" inside numbers, if any.
        joined: after which kinds of number the joiner may follow (see `_joins`).
        parts: hundreds, scales and words for percent.
        weak: words that are no number by themselves, such as "and" and "one".
        percents: single words for "%".
        percent_pairs: pairs of words for "%".
        decimal: the decimal separator, if it is unambiguous.
        tens_by_score: whether 70 to 99 are made of twenties, as in French.
        compounds: the language for `compounds`, if numbers are written as one word.
        closed: the result of `compounds`; empty without.
    """

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
        """The value that a word adds to a number; None if it is not a number word."""
        value = self.values.get(word)
        if value is None and self.compounds and len(word) > _LONGEST_SIMPLE:
            whole = thousands(self.compounds, word, self.closed)
            return None if whole is None else Decimal(whole)
        return value


class _PlainWords(dict[str, str]):
    """Cache from words as printed to lower case without accents, if they may be part of a number,
    else to an empty string.

    As a dictionary it is looked up without a function call for each word.

    Attributes:
        idle: the cached words that are no number by themselves.
    """

    def __init__(self, lexicon: _Language) -> None:
        self.lexicon = lexicon
        self.idle: set[str] = set()

    def __missing__(self, word: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
            self.idle.clear()
        lexicon, plain = self.lexicon, without_accents(word.casefold())
        if not (
            plain in lexicon.parts or plain == lexicon.joiner or lexicon.value(plain) is not None
        ):
            plain = ""
        if plain in lexicon.weak:
            self.idle.add(word)
        self[word] = plain
        return plain


_LONGEST_SIMPLE = 6
"""Words of at most this many letters are no numbers above a thousand: "duemila" has seven."""


def spelled_to_digits(words: Sequence[str], language: str) -> Sequence[str]:
    """Replace each number in words, or in digits and words, by one in digits, and each "percent" by
    its sign.

    A lone "one" is left, because in most languages it is also the article; so is a bare "million".

    Args:
        words: of one sentence, as printed.
        language: BCP 47 tag; only the primary subtag counts.
    """
    plain = _plain_words().get(language.split("-")[0])
    if plain is None or plain.idle.issuperset(words):
        return words
    lexicon, lowered = plain.lexicon, list(map(plain.__getitem__, words))
    if lexicon.weak.issuperset(lowered):
        return words
    normalised: list[str] = []
    position, end = 0, len(words)
    while position < end:
        if lowered[position] in lexicon.percents:
            normalised.append(PERCENT)
            position += 1
        elif (
            position + 1 < end
            and (lowered[position], lowered[position + 1]) in lexicon.percent_pairs
        ):
            normalised.append(PERCENT)
            position += 2
        elif words[position][0].isdigit():
            scale = lexicon.scales.get(lowered[position + 1]) if position + 1 < end else None
            many = words[position] if scale is None else _scaled(words[position], scale, lexicon)
            normalised.append(many)
            position += 1 if scale is None else 2
        else:
            number, after = _read(lowered, position, lexicon)
            normalised.append(
                words[position] if number is None else format(number.normalize(), "f")
            )
            position = after
    return normalised


def _scaled(printed: str, scale: int, lexicon: _Language) -> str:
    """Multiply a number in digits with the scale that follows it ("3.5 million")."""
    separator = lexicon.decimal
    if (
        separator is not None
        and printed.count(separator) == 1
        and len(printed.split(separator)[1]) == 3
    ):
        number = printed.replace(separator, ".")  # 2.127 billion: three decimals, not thousands
    else:
        number = normalise_number(printed)
    try:
        return format((Decimal(number) * scale).normalize(), "f")
    except ArithmeticError:
        return printed


def _read(lowered: Sequence[str], begin: int, lexicon: _Language) -> tuple[Decimal | None, int]:
    """The number in words that begins at `begin`, None if there is none; and the index after it."""
    total = part = Decimal(0)
    lowest = Decimal("Infinity")
    used, position = 0, begin
    while position < len(lowered):
        word = lowered[position]
        scale = lexicon.scales.get(word)
        if scale is not None:
            if scale >= lowest or (not used and scale >= _MILLION):
                break
            total, part, lowest = total + (part or Decimal(1)) * scale, Decimal(0), Decimal(scale)
        elif word in lexicon.hundreds:
            if part >= 10 or part != int(part):
                break
            part = (part or Decimal(1)) * 100
        elif (value := lexicon.value(word)) is not None:
            step = _step(part, value, by_score=lexicon.tens_by_score)
            if step is None or value >= lowest:
                break
            part += step
        elif used and word == lexicon.joiner and position + 1 < len(lowered):
            following = lexicon.value(lowered[position + 1])
            if following is None or not _joins(part, total, following, lexicon.joined):
                break
            position += 1
            continue
        else:
            break
        used += 1
        position += 1
    if not used or (used == 1 and total + part == 1):
        return None, begin + 1
    return total + part, position


def _step(part: Decimal, value: Decimal, *, by_score: bool) -> Decimal | None:
    """The value that a word adds to the part of a number below a thousand; None if the word cannot
    continue that part, and so begins another number."""
    rest = part % 100
    if by_score and value == 20 and rest == 4:
        return Decimal(76)
    if value >= 100 or value != int(value):
        free = part == 0
    elif value >= 20:
        free = rest == 0
    elif value >= 10:
        free = rest == 0 or (by_score and rest in (60, 80))
    else:
        free = part % 10 == 0 and (rest != 10 or by_score)
    return value if free else None


def _joins(part: Decimal, total: Decimal, following: Decimal, joined: frozenset[str]) -> bool:
    """True if "and" between two number words joins them into one number."""
    rest = part % 100
    tens = rest >= 20 and part % 10 == 0
    return (
        ("tens" in joined and tens and following < 10)
        or ("ones" in joined and tens and following in (1, 11))
        or ("hundreds" in joined and part >= 100 and rest == 0 and following < 100)
        or ("thousands" in joined and part == 0 and total > 0 and following < 1000)
    )


@cache
@loading()
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
