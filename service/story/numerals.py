"""Numbers as printed to one spelling: "1,000" and "1.000" are 1000, "nine" is 9."""

import re

_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+")
_SEPARATOR = re.compile(r"[.,\u00a0\u202f ]")

# From two (one is an article in most of these languages) to twelve: style books spell these out,
# translators turn them into digits and back.
_SPELLED = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
}
_DIGITS = {
    language: {word: str(value) for value, word in enumerate(words.split(), start=2)}
    for language, words in _SPELLED.items()
}


def fold_number(printed: str) -> str:
    """One spelling for a number: digit groups joined, a decimal comma made a point.

    A separator followed by exactly three digits groups thousands; anything else is decimal.
    """
    if _GROUPED.fullmatch(printed):
        return _SEPARATOR.sub("", printed)
    return printed.replace(",", ".")


def spelled_out(word: str, language: str) -> str | None:
    """The digits of a small number written as a word in this language, else None."""
    return _DIGITS.get(language.split("-")[0], {}).get(word)
