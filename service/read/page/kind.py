"""Reject bodies that are not HTML."""

import re

from service.contract.outcome import Rejected, RejectionReason

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "Office document"),
    (b"{\\rtf", "RTF document"),
    (b"ID3", "MP3 audio"),
    (b"OggS", "Ogg audio"),
    (b"\x1aE\xdf\xa3", "Matroska video"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"\x00asm", "WebAssembly"),
)
OTHER_TYPES = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?:pdf|json|ld\+json|zip|msword|vnd\.|javascript"
    r"|x-javascript|octet-stream|rss\+xml|atom\+xml|rdf\+xml)|^text/(?:css|javascript|csv|calendar)",
    re.I,
)
# Possessive: a comment ends at the first `-->`. To try later ends as well would double the time
# with each comment.
XML_ROOT = re.compile(
    r"\s*+(?:(?:<\?.{0,500}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]*+>)\s*+)*+<([\w:.-]+)", re.S
)
FEEDS = {"rss", "feed", "urlset", "sitemapindex", "rdf:rdf", "opml"}
HTML_HINT = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|title|meta)\b", re.I)


def check_bytes(body: bytes) -> None:
    """Reject bodies whose first bytes show that they are not text.

    Raises:
        Rejected: NOT_HTML.
    """
    head = body[:1024].lstrip()
    for magic, name in MAGIC:
        if head.startswith(magic):
            raise Rejected(RejectionReason.NOT_HTML, f"first bytes of a {name}")
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise Rejected(RejectionReason.NOT_HTML, "first bytes of RIFF media")
    if head[4:8] == b"ftyp":
        raise Rejected(RejectionReason.NOT_HTML, "first bytes of MP4 media")


def check_text(text: str, content_type: str | None) -> None:
    """Reject text that is not HTML: feeds, sitemaps, JSON, scripts, plain text, noise.

    Text with HTML elements passes whatever type is declared, as servers are often wrong about it.
    Without HTML elements, the declared type is named in the rejection.

    Raises:
        Rejected: NOT_HTML.
    """
    head = text[:4096].lstrip("\ufeff \t\r\n\0")
    root = XML_ROOT.match(head)
    if root and root.group(1).lower() in FEEDS:
        raise Rejected(RejectionReason.NOT_HTML, f"XML document <{root.group(1)[:40]}>")
    if head.startswith(("{", "[")) and text.rstrip().endswith(("}", "]")):
        raise Rejected(RejectionReason.NOT_HTML, "JSON")
    if HTML_HINT.search(text):
        return
    declared = (content_type or "").partition(";")[0].strip()
    if OTHER_TYPES.match(declared):
        raise Rejected(RejectionReason.NOT_HTML, f"content type {declared[:80]}")
    if root and head.startswith("<?xml"):
        raise Rejected(RejectionReason.NOT_HTML, f"XML document <{root.group(1)[:40]}>")
    raise Rejected(RejectionReason.NOT_HTML, "no HTML element found")
