"""Decode bytes: byte order mark, ISO-2022-JP, UTF-8 with at most a few broken bytes, HTTP header,
meta declaration, detector, in order."""

import codecs
import re

from service.read.page.charset_detection import SAMPLE, detect_charset

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*+=\s*+["']?\s*+([\w:.-]+)""", re.I
)
HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w:.-]+)", re.I)
META_WITHIN = 8192  # browsers look at 1024 bytes; real pages put scripts before the declaration
NO_CHARSETS = {"idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "undefined"}
TO_JAPANESE = re.compile(rb"\x1b\$[@B]")
FROM_JAPANESE = re.compile(rb"\x1b\([BJI]")
"""Changes of ISO-2022-JP to two-byte characters and back. All its bytes are ASCII."""
BROKEN_SHARE = 0.1
"""Broken sequences for each well-formed one, beyond the first, up to which bytes count as UTF-8. In
texts in other charsets there are at least two for each sequence that is well-formed by chance."""
FEWEST_FORMED = 3

# Labels that are read as a larger character set (WHATWG Encoding Standard): pages declared as
# Latin-1 contain Windows quotes, pages declared as GB2312 contain rarer characters.
WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}


def decode_text(body: bytes, content_type: str | None) -> str:
    """Return the document's text. Undecodable bytes become U+FFFD; no error is raised.

    A declaration is followed only if the bytes agree with it. Valid UTF-8 is read as UTF-8 whatever
    is declared: with each letter beyond ASCII it is less probable that the bytes are valid UTF-8 by
    chance. So is UTF-8 with a few broken bytes: a stray byte from another source, or a body that
    was cut inside a character. If a declared charset cannot decode the bytes, the next in order is
    tried.
    """
    for bom, name in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if (plain := read_utf8(body)) is not None:
        return plain
    if is_iso_2022_jp(body):
        return body.decode("iso2022_jp_ext", "replace")
    if (nearly := read_nearly_utf8(body)) is not None:
        return nearly
    declared = [name for name in (declared_in_header(content_type), declared_in_meta(body)) if name]
    for name in declared:
        text = read_strictly(body, name)
        if text is not None:
            return text
    for name in declared:
        text = read_tolerantly(body, name)
        if text is not None:
            return text
    return detect(body)


def read_utf8(body: bytes) -> str | None:
    """Return the text if the body is valid UTF-8 without a byte order mark, else None.

    The body is then exactly the text encoded in UTF-8. It may be pure ASCII, but not ISO-2022-JP.
    """
    if body.startswith(codecs.BOM_UTF8) or is_iso_2022_jp(body):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def is_iso_2022_jp(body: bytes) -> bool:
    """True if the bytes change between ASCII and Japanese characters as ISO-2022-JP does."""
    if b"\x1b$" not in body or not body.isascii():
        return False
    begin = TO_JAPANESE.search(body)
    return begin is not None and FROM_JAPANESE.search(body, begin.end()) is not None


def read_nearly_utf8(body: bytes) -> str | None:
    """Return the text if nearly all characters beyond ASCII are well-formed UTF-8, else None."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    formed = len(text) - broken - sum(byte < 0x80 for byte in body)
    return text if formed >= FEWEST_FORMED and broken <= 1 + BROKEN_SHARE * formed else None


def declared_in_header(content_type: str | None) -> str | None:
    """Return Python's name of the charset declared in the HTTP header."""
    match = HEADER.search(content_type or "")
    return python_name(match.group(1)) if match else None


def declared_in_meta(body: bytes) -> str | None:
    """Return Python's name of the charset declared in the document's head."""
    match = META.search(body[:META_WITHIN])
    return python_name(match.group(1).decode("ascii", "replace")) if match else None


def python_name(label: str) -> str | None:
    """Return Python's codec for a label, widened as browsers do; None if there is none."""
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):
        return None  # unknown, or a byte transformation such as base64
    if name in NO_CHARSETS:
        return None
    if name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        return "utf-8"  # a document whose declaration is readable as ASCII is not UTF-16
    return WIDER.get(name, name)


def read_strictly(body: bytes, name: str) -> str | None:
    """Return the text if every byte can be decoded and the result is plausible."""
    try:
        text = body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if plausible(text) else None


def read_tolerantly(body: bytes, name: str) -> str | None:
    """Return the text if few bytes are broken (a truncated or mixed-in character)."""
    try:
        text = body.decode(name, "replace")
    except LookupError:
        return None
    foreign = sum(1 for byte in body if byte >= 0x80)
    broken = text.count("\ufffd")
    return text if broken <= 3 + foreign * 0.02 and plausible(text) else None


def plausible(text: str) -> bool:
    """True if text has hardly any C1 controls, which a wrong single-byte charset produces."""
    return len(C1.findall(text[: 10 * SAMPLE])) <= 2


C1 = re.compile("[\x80-\x84\x86-\x9f]")


def detect(body: bytes) -> str:
    """Decode with the detector's best guess."""
    name = detect_charset(body)
    return body.decode(WIDER.get(name, name), "replace")
