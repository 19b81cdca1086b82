"""Normalises the script of a text before it is split into tokens: one form for each letter, digit
and number, whatever the keyboard or the house style of the outlet."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from gzip import decompress
from importlib.resources import files

import msgpack

from service.text.loading import loading
from service.text.numbers.east_asian import with_digits

_EAST_ASIAN = ("zh", "ja")

# Stress marks, Hebrew points, Arabic vowel signs and the tatweel (stretched line); and characters
# without a shape of their own: soft hyphens, joiners, bidi marks, variation selectors. Joiners
# matter in Persian and in Indic scripts, but one outlet writes them and another does not.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_ARABIC = str.maketrans(
    dict.fromkeys("أإآٱ", "ا") | {"ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
)
_ZEROS = (
    *(0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6),
    *(0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810),
)
_FOREIGN_DIGITS = str.maketrans(
    {chr(zero + value): str(value) for zero in _ZEROS for value in range(10)}
    | {"\u066a": "%", "\u066b": ".", "\u066c": ","}
)
_FOREIGN_DIGIT = re.compile(f"[{''.join(map(chr, _FOREIGN_DIGITS))}]")
_SPACED_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")
_GROUPED_BY_SPACE = frozenset({"ru", "uk", "be", "bg"})

_V_SOUNDS = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))


def plain_script(text: str, language: str) -> str:
    """Return the text with one form for each letter and digit.

    Full-width and half-width forms become equal (normal form KC), all digits ASCII, and characters
    that are not seen are dropped. Arabic loses its vowel signs and the carriers of hamza. Chinese
    is converted to simplified characters; Chinese and Japanese numbers are written in digits.

    Args:
        language: primary subtag of a BCP 47 tag.
    """
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text
    if language in _GROUPED_BY_SPACE:
        text = _SPACED_NUMBER.sub(lambda number: number[0].replace(" ", ""), text)
    text = _DROPPED.sub("", text)
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
@loading()
def _simplified() -> Mapping[int, str]:
    """Table from traditional to simplified characters, one to one: the one that wordfreq's lists
    were made with."""
    packed = files("wordfreq").joinpath("data", "_chinese_mapping.msgpack.gz").read_bytes()
    table: dict[int, str] = msgpack.unpackb(decompress(packed), strict_map_key=False)
    return table
