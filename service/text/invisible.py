"""Text as its reader sees it: without invisible characters, and with composed letters.

Sites put invisible characters into words (break opportunities, watermarks, direction marks), so
that two copies of a text differ where nobody sees it. They are dropped, except the two joiners
U+200C and U+200D where the script needs them: Persian and Urdu, the Indic scripts, Mongolian, and
emoji. A base letter and a combining mark become one character where Unicode has one (form NFC).
"""

import re
import unicodedata

_DROPPED = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f"  # soft hyphen, fillers, marks
    "\u202a-\u202e\u2060-\u206f\u3164\ufe0e\ufeff\uffa0\ufff9-\ufffb"  # direction, operators
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"  # tags: invisible copies of ASCII
)
_JOINERS = "\u200c\u200d"
_FLAG = "\U0001f3f4"  # tags after it name a region: the flags of England, Scotland and Wales
_JOINED = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua877\ua8e0-\ua8ff\ufb50-\ufdff"
    "\ufe70-\ufefc"
)
"""Scripts in which a joiner changes the shape of letters: Arabic to Sinhala, Tibetan to Myanmar,
Khmer and Mongolian."""
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    f"(?<=[{_JOINED}])[{_JOINERS}](?=[{_JOINED}])|(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])"
    f"|{_FLAG}[\U000e0020-\U000e007f]+"
    f"|([{_DROPPED}{_JOINERS}]+)"
)
_MAY_BE_INVISIBLE = re.compile(f"[{_DROPPED}{_JOINERS}]")
_COMBINING = re.compile("[\u0300-\u036f\u3099\u309a\u1100-\u11ff]")


def visible(text: str) -> str:
    """Return the text without invisible characters, its letters composed."""
    if _MAY_BE_INVISIBLE.search(text) is not None:
        text = _INVISIBLE.sub(_kept, text)
    if text.isascii() or _COMBINING.search(text) is None:
        return text
    return unicodedata.normalize("NFC", text)


def _kept(match: re.Match[str]) -> str:
    """Return nothing for characters to drop, and what was matched for those that are needed."""
    return "" if match.group(1) else match.group()
