"""Normalises numbers in digits: "1,000", "1.000" and "1 000" become 1000, "2,60" becomes 2.6."""

import re

_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+")
_SEPARATOR = re.compile(r"[.,\u00a0\u202f ]")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")

_FIXED_SPACES = "\u00a0\u2009\u202f"
_FIXED_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_SPACED = re.compile(r"(?<![\d.,:])\d{1,3}(?: \d{3})+(?![\d.])")
_GROUPED_BY_SPACE = frozenset({"es", "fr", "pt"})

# Times of day: hours and minutes are two numbers, whatever separates them.
_CLOCK = {
    "de": re.compile(r"(?<![\d.,])(\d{1,2})\.(\d\d)(?= Uhr)"),
    "fr": re.compile(r"(?<![\d.,])(\d{1,2}) ?h ?(\d\d)(?!\w)"),
    "it": re.compile(r"\b((?:alle|ore) \d{1,2})\.(\d\d)(?![\w.])"),
    "pt": re.compile(r"(?<![\d.,])(\d{1,2}) ?h ?(\d\d)(?!\w)"),
}


def join_groups(text: str, language: str) -> str:
    """Return the text without spaces inside numbers, and with hours and minutes separated.

    Expects the text as printed, before Unicode normalisation: that would replace fixed-width
    spaces, which never separate two numbers, by plain ones.

    Args:
        language: BCP 47 tag; only the primary subtag counts.
    """
    primary = language.split("-")[0]
    if any(space in text for space in _FIXED_SPACES):
        text = _FIXED_SPACE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")
    if primary in _GROUPED_BY_SPACE:
        text = _SPACED.sub(lambda number: number[0].replace(" ", ""), text)
    clock = _CLOCK.get(primary)
    return clock.sub(r"\1:\2", text) if clock is not None else text


def normalise_number(printed: str) -> str:
    """Return the normalised form of a number: without digit grouping, with a decimal point.

    A separator followed by exactly three digits groups thousands, except after a leading zero. Any
    other separator is decimal; trailing zeros after it are removed.
    """
    if _GROUPED.fullmatch(printed) and not printed.startswith("0"):
        return _SEPARATOR.sub("", printed)
    decimal = _DECIMAL.fullmatch(printed)
    if decimal is None:
        return printed.replace(",", ".")
    decimals = decimal[2].rstrip("0")
    return f"{decimal[1]}.{decimals}" if decimals else decimal[1]
