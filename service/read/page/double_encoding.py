"""Mend text that was encoded twice: UTF-8 that some system read as Windows-1252 and encoded again.

`é` becomes `Ã©` and `’` becomes `â€™`. Put back into Windows-1252, such a run of characters is a
valid UTF-8 sequence, which other text hardly ever is. Only runs for which that is so are changed,
and only in documents that have many.
"""

import re

FEWEST = 8  # runs that must be mendable
LEAST = 0.5  # share of all runs of characters beyond ASCII, if they are of any script
FIRST = re.compile(rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xe2\x80|\xe2\x82\xac|[\xc5\xc6\xcb])")
"""The first character of such a run and what can follow it, in UTF-8."""
RUN = re.compile(r"[^\x00-\x7f]+")
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
    runs = RUN.findall(text)
    for run in dict.fromkeys(runs):
        if (decoded := decode_run(run)) is not None:
            mended[run] = decoded
    every = sum(run in mended for run in runs)
    if every < FEWEST:
        return text
    if every < LEAST * len(runs):
        mended = {run: decoded for run, decoded in mended.items() if is_western(decoded)}
        if sum(run in mended for run in runs) < FEWEST:
            return text
    return RUN.sub(lambda match: mended.get(match[0], match[0]), text)


def decode_run(run: str) -> str | None:
    """Return what a run of characters was before it was encoded twice, or None if it was not."""
    encoded = [BYTES.get(ord(char)) for char in run]
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
