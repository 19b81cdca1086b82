"""Bytes to text: byte order mark, HTTP header, meta declaration, detector, in this order."""

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.I
)
HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
META_WITHIN = 8192  # browsers look at 1024 bytes; real pages put scripts before the declaration
NO_CHARSETS = {"idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "undefined"}
SAMPLE = 20_000

# The labels that mean a larger set than they say (WHATWG Encoding Standard): what is declared
# as Latin-1 holds Windows quotes, what is declared as GB2312 holds rarer characters.
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
    """The document's text. Undecodable bytes become U+FFFD; nothing raises.

    A declaration is taken at its word only if the bytes agree: valid UTF-8 with letters beyond
    ASCII is UTF-8 whatever is declared (chance makes it so with a probability that vanishes
    with each such letter), and a declared charset that cannot read the bytes gives way to the
    next in order.
    """
    for bom, name in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if (plain := read_utf8(body)) is not None:
        return plain
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
    """The text, if the body is nothing but UTF-8: then the body is the text's encoding too. It may
    be pure ASCII, which is the same in every superset."""
    if body.startswith(codecs.BOM_UTF8):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def declared_in_header(content_type: str | None) -> str | None:
    """The charset that the HTTP header declares, as Python names it."""
    match = HEADER.search(content_type or "")
    return python_name(match.group(1)) if match else None


def declared_in_meta(body: bytes) -> str | None:
    """The charset that the document's head declares, as Python names it."""
    match = META.search(body[:META_WITHIN])
    return python_name(match.group(1).decode("ascii", "replace")) if match else None


def python_name(label: str) -> str | None:
    """Python's codec for a label, widened as browsers do; None for an unknown one."""
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):
        return None  # unknown, or a transformation of bytes such as base64
    if name in NO_CHARSETS:
        return None
    if name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        return "utf-8"  # a declaration that could be read as ASCII is not in UTF-16
    return WIDER.get(name, name)


def read_strictly(body: bytes, name: str) -> str | None:
    """The text if every byte can be read and the result looks written, not scrambled."""
    try:
        text = body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if plausible(text) else None


def read_tolerantly(body: bytes, name: str) -> str | None:
    """The text if few enough bytes are broken (a cut or mixed-in character)."""
    try:
        text = body.decode(name, "replace")
    except LookupError:
        return None
    foreign = sum(1 for byte in body if byte >= 0x80)
    broken = text.count("\ufffd")
    return text if broken <= 3 + foreign * 0.02 and plausible(text) else None


def plausible(text: str) -> bool:
    """Whether text holds no C1 control characters, which a wrong single-byte charset makes."""
    sample = text[: 10 * SAMPLE]
    controls = sum(1 for char in C1.findall(sample))
    return controls <= 2


C1 = re.compile("[\x80-\x84\x86-\x9f]")


def detect(body: bytes) -> str:
    """The text by the detector's best guess; Windows-1252 where it has none."""
    text_only = MARKUP.sub(b" ", body)
    foreign = bytes(text_only[:SAMPLE]) if len(text_only) > SAMPLE else text_only
    best = from_bytes(foreign).best()
    name = WIDER.get(best.encoding, best.encoding) if best else "cp1252"
    return body.decode(name, "replace")


MARKUP = re.compile(
    rb"<script\b.*?</script|<style\b.*?</style|<[^>]*>|[\x00-\x7f]{200,}", re.I | re.S
)
