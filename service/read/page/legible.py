"""Whether a text is written in some language, or is what a wrong charset made of one.

Bytes read in a wrong charset give words that no language has: letters of two alphabets beside each
other, symbols and control characters between letters, words of accented letters alone, or hardly
any common Chinese characters.
"""

import re

from service.contract.outcome import Failed, FailureReason
from service.read.page.charset_detection import COMMON

SAMPLE = 2_000  # characters
FEWEST_WORDS = 12
MOST_BROKEN = 0.25
"""Share of the words beyond ASCII that may be broken, in texts with at least FEWEST_WORDS of them.
The highest share on the training pages is .07; texts read in a wrong charset have .5 and more."""
WORD = re.compile(r"\S{1,16}")  # texts without spaces are cut into pieces
INSIDE = re.compile(
    r"[^\W\d_][\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6\u00b8\u00bb-\u00bf\u00d7\u00f7\u20ac\u2020-\u2022"
    r"\u2030\u2122\u0192]+[^\W\d_]"
)
"""A symbol of Latin-1 or Windows-1252 between two letters."""
NO_LETTER = re.compile("[\ufffd\x80-\x84\x86-\x9f\ue000-\uf8ff]")
ALPHABETS = {
    "latin": "A-Za-zÀ-ÖØ-öø-ʯ",
    "greek": "Ͱ-Ͽἀ-῿",
    "cyrillic": "Ѐ-ԯ",
    "hebrew": "\u0591-\u05f4",
    "arabic": "\u0600-\u06ff",
    "thai": "\u0e01-\u0e5b",
    "korean": "\uac00-\ud7a3",
    "chinese": "\u3400-\u9fff",
    "halfwidth": "\uff61-\uff9f",
}
TOGETHER = ({"latin", "chinese", "korean", "thai"}, {"chinese", "halfwidth"})
"""East Asian texts put these beside each other without a space."""
MIXED = re.compile(
    "|".join(
        f"[{letters}](?=[{''.join(others)}])"
        for name, letters in ALPHABETS.items()
        if (
            others := [
                ALPHABETS[other]
                for other in ALPHABETS
                if other != name and not any({name, other} <= group for group in TOGETHER)
            ]
        )
    )
)
"""Letters of two alphabets beside each other."""
ACCENTED = re.compile("[À-ÖØ-öø-ʯ]{3}")
"""Three accented letters in a row. (Vietnamese has two at most, except in a few words.)"""
LOST_QUOTE = re.compile(
    r"(?<![^\W\d_])\ufffd(?=[A-Za-z]{2})|(?<=[A-Za-z]{2})\ufffd(?=(?:s|t|re|ve|ll|d|m)\b|(?!\w|\ufffd))"
)
"""A replacement character where a quotation mark or apostrophe was: some systems lose all of them
and nothing else, and the text is read without trouble. (Lost letters also stand inside words.)"""
CHINESE = re.compile("[\u3400-\u9fff]")
FEWEST_CHINESE = 100
LEAST_COMMON = 0.06
"""Share of common characters below which Chinese characters are no text: the lowest share on the
training pages is above .2."""


def check_legible(text: str) -> None:
    """Refuse a text that no language has.

    Raises:
        Failed: BAD_ENCODING, with a part of the text.
    """
    begin = text[:SAMPLE]
    if begin.isascii():
        return
    words = [word for word in WORD.findall(begin) if not word.isascii()]
    broken = [word for word in words if is_broken(word)]
    if len(broken) >= FEWEST_WORDS and len(broken) > MOST_BROKEN * len(words):
        raise illegible(" ".join(broken))
    chinese = CHINESE.findall(begin)
    if len(chinese) >= FEWEST_CHINESE:
        common = sum(char in EVERY_COMMON for char in chinese)
        if common < LEAST_COMMON * len(chinese):
            raise illegible("".join(chinese))


EVERY_COMMON = frozenset("".join(COMMON.values()))


def illegible(words: str) -> Failed:
    """Return the failure of a text with these words."""
    return Failed(
        FailureReason.BAD_ENCODING, f"no language has these words: {words[:80]!r} (wrong charset?)"
    )


BROKEN = re.compile("|".join(pattern.pattern for pattern in (NO_LETTER, INSIDE, ACCENTED, MIXED)))


def is_broken(word: str) -> bool:
    """Whether a word has a character that is none (but for a lost quotation mark), a symbol between
    letters, three accented letters in a row, or letters of two alphabets beside each other."""
    return BROKEN.search(LOST_QUOTE.sub("", word) if "\ufffd" in word else word) is not None
