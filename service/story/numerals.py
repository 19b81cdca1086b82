"""Numbers in digits to one spelling: "1,000", "1.000" and "1 000" are 1000, "2,60" is 2.6."""

import re

_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+")
_SEPARATOR = re.compile(r"[.,\u00a0\u202f ]")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")

_FIXED_SPACES = "\u00a0\u2009\u202f"
_FIXED_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_SPACED = re.compile(r"(?<![\d.,:])\d{1,3}(?: \d{3})+(?![\d.])")
_GROUPED_BY_SPACE = frozenset({"es", "fr", "pt"})

# Hours and minutes are two numbers, whatever stands between them.
_CLOCK = {
    "de": re.compile(r"(?<![\d.,])(\d{1,2})\.(\d\d)(?= Uhr)"),
    "fr": re.compile(r"(?<![\d.,])(\d{1,2}) ?h ?(\d\d)(?!\w)"),
    "it": re.compile(r"\b((?:alle|ore) \d{1,2})\.(\d\d)(?![\w.])"),
    "pt": re.compile(r"(?<![\d.,])(\d{1,2}) ?h ?(\d\d)(?!\w)"),
}


def join_groups(text: str, language: str) -> str:
    """A text with the spaces within its numbers gone, and hours apart from minutes.

    Expects the text as printed: compatibility forms make plain spaces of fixed ones, which are
    never between two numbers.
    """
    primary = language.split("-")[0]
    if any(space in text for space in _FIXED_SPACES):
        text = _FIXED_SPACE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")
    if primary in _GROUPED_BY_SPACE:
        text = _SPACED.sub(lambda number: number[0].replace(" ", ""), text)
    clock = _CLOCK.get(primary)
    return clock.sub(r"\1:\2", text) if clock is not None else text


def fold_number(printed: str) -> str:
    """One spelling for a number: digit groups joined, a decimal comma made a point.

    A separator followed by exactly three digits groups thousands, but not after a lone zero;
    anything else is decimal, and zeros at its end go.
    """
    if _GROUPED.fullmatch(printed) and not printed.startswith("0"):
        return _SEPARATOR.sub("", printed)
    decimal = _DECIMAL.fullmatch(printed)
    if decimal is None:
        return printed.replace(",", ".")
    places = decimal[2].rstrip("0")
    return f"{decimal[1]}.{places}" if places else decimal[1]
