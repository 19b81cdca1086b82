"""Mend text that was encoded twice: UTF-8 that some system read as Windows-1252 and encoded again.

`é` becomes `Ã©` and `’` becomes `â€™`. Put back into Windows-1252, such a stretch is a valid UTF-8
sequence, which other text hardly ever is. Only stretches for which that is so are changed, and only
in documents that have many.
"""

import re

FEWEST = 8  # stretches that must be mendable
LEAST = 0.5  # share of all stretches beyond ASCII, if they are of any script ...
LEAST_LONG = 0.95  # ... and of those of several characters
FIRST = re.compile(rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xe2\x80|\xe2\x82\xac|[\xc5\xc6\xcb])")
"""The first character of such a stretch and what can follow it, in UTF-8."""
STRETCH = re.compile(r"[^\x00-\x7f]+")
BYTES = {
    **{code: bytes((code,)) for code in range(0x80, 0x100)},
    **{ord(char): bytes((byte,)) for byte in range(0x80, 0xA0)
       if (char := bytes((byte,)).decode("cp1252", "ignore"))},
}  # fmt: skip
"""The byte of each character in Windows-1252; of its five gaps, as in Latin-1."""


def mend_double_encoding(text: str, encoded: bytes | None) -> str:
    """Return a document with what was encoded twice decoded, or the same object if nothing was.

    Args:
        encoded: the document in UTF-8, if it was received so.
    """
    if text.isascii():
        return text
    body = text.encode("utf-8", "replace") if encoded is None else encoded
    if len(FIRST.findall(body)) < FEWEST:
        return text
    mended: dict[str, str] = {}
    stretches = STRETCH.findall(text)
    for stretch in dict.fromkeys(stretches):
        if (decoded := decode_stretch(stretch)) is not None:
            mended[stretch] = decoded
    every = sum(stretch in mended for stretch in stretches)
    if every < FEWEST:
        return text
    long = sum(len(stretch) > 1 for stretch in stretches)
    if every < max(LEAST * len(stretches), LEAST_LONG * long):
        mended = {stretch: decoded for stretch, decoded in mended.items() if is_western(decoded)}
        if sum(stretch in mended for stretch in stretches) < FEWEST:
            return text
    return STRETCH.sub(lambda match: mended.get(match[0], match[0]), text)


def decode_stretch(stretch: str) -> str | None:
    """Return what a stretch was before it was encoded twice, or None if it was not."""
    encoded = [BYTES.get(ord(char)) for char in stretch]
    if None in encoded:
        return None
    try:
        return b"".join(filter(None, encoded)).decode("utf-8")
    except UnicodeDecodeError:
        return None


def is_western(text: str) -> bool:
    """Whether all characters are Latin letters, or signs and dashes as texts in them have.

    A letter before a closing quotation mark (`ß“`, `à »`) may be valid too, but as a character of
    a rare script.
    """
    return all(char < "\u0250" or "\u2000" <= char <= "\u2122" for char in text)
