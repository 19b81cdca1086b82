"""A text in one spelling of its script, before it is cut: what a keyboard or a desk decides."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from gzip import decompress
from importlib.resources import files

import msgpack  # type: ignore[import-untyped]

from service.story.east_asian_numbers import with_digits

_EAST_ASIAN = ("zh", "ja")

# Stress marks, Hebrew points, Arabic vowel signs and the stretched line.
_POINTS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_ARABIC = str.maketrans(
    dict.fromkeys("أإآٱ", "ا") | {"ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
)
_FOREIGN_DIGITS = str.maketrans(
    {
        chr(zero + value): str(value)
        for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50)
        for value in range(10)
    }
    | {"\u066a": "%", "\u066b": ".", "\u066c": ","}
)
_FOREIGN_DIGIT = re.compile(f"[{''.join(map(chr, _FOREIGN_DIGITS))}]")
_SPACED_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")
_GROUPED_BY_SPACE = frozenset({"ru", "uk", "be", "bg"})

_V_SOUNDS = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))


def plain_script(text: str, language: str) -> str:
    """The text with one form for each letter and digit.

    Full-width and half-width forms are one (normal form KC), digits are European ones, Arabic loses
    vowel signs and the bearers of hamza, Chinese is in simplified characters and, as Japanese, has
    its numbers in digits.

    Args:
        language: the first part of a BCP 47 tag.
    """
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text
    if language in _GROUPED_BY_SPACE:
        text = _SPACED_NUMBER.sub(lambda number: number[0].replace(" ", ""), text)
    text = _POINTS.sub("", text)
    if _FOREIGN_DIGIT.search(text):
        text = text.translate(_FOREIGN_DIGITS)
    if language in _EAST_ASIAN:
        if language == "zh":
            text = text.translate(_simplified())
        for variant, plain in _V_SOUNDS:
            text = text.replace(variant, plain)
        text = with_digits(text)
    elif language in ("ar", "fa", "ur"):
        text = text.translate(_ARABIC)
    return text


@cache
def _simplified() -> Mapping[int, str]:
    """Traditional to simplified characters, one to one: the table that wordfreq's lists rest on."""
    packed = files("wordfreq").joinpath("data", "_chinese_mapping.msgpack.gz").read_bytes()
    table: dict[int, str] = msgpack.unpackb(decompress(packed), strict_map_key=False)
    return table
