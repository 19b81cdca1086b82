"""Foreign text made safe to print: no control characters, terminal escapes or direction overrides.

Every output of a command and every line of a log goes through one of these functions. `one_line`
and `several_lines` replace such characters by spaces; `escaped_json` escapes them, so that the line
is still the same JSON value.
"""

import json
import re

_UNSAFE = (
    "\x00-\x1f\x7f-\x9f"  # Cc: C0 and C1, with newline, tab and the introducers of escapes
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"  # direction, invisible
    "\u2028\u2029"  # separators of lines and paragraphs
    "\u00ad\u180e\ufff9-\ufffb"  # soft hyphen, vowel separator, annotations
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"  # tags: invisible copies of ASCII
    "\ud800-\udfff"  # lone surrogates, which cannot be encoded
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # private use
)
"""The categories Cc, Cf, Cs, Co, Zl and Zp of Unicode, as the inside of a character class. Left
out are the joiners U+200C and U+200D, which words and emoji need, and Arabic and Syriac signs that
are visible (U+0600-0605, 06DD, 070F, 0890, 0891, 08E2)."""

_NOT_ON_A_LINE = re.compile(f"[{_UNSAFE}]")
_NOT_IN_LINES = re.compile(f"(?![\n\t])[{_UNSAFE}]")
_BETWEEN_TOKENS = str.maketrans("\t\r\n", "   ")


def one_line(text: str) -> str:
    """The text with unsafe characters, newlines and tabs replaced by spaces."""
    return _NOT_ON_A_LINE.sub(" ", text)


def several_lines(text: str) -> str:
    """The text with unsafe characters replaced by spaces; newlines and tabs stay."""
    return _NOT_IN_LINES.sub(" ", text)


def escaped_json(value: bytes) -> bytes:
    """The same JSON value on one line, with unsafe characters escaped (`\\u001b`).

    Args:
        value: valid JSON in UTF-8. In strings, JSON itself forbids raw C0 characters; between
            tokens, tabs and line breaks become spaces.
    """
    text = value.decode("utf-8").translate(_BETWEEN_TOKENS)
    return _NOT_ON_A_LINE.sub(_escaped, text).encode()


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found.group())[1:-1]
