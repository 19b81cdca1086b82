"""HTTP: which statuses carry a page, and how content encodings are undone within a size limit.

What a crawler cut off or a server damaged is read as far as it goes, and said to be cut.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import zstandard

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason


def check_status(status: int | None) -> None:
    """Accept statuses 200 to 299, and a fetch without a status.

    Raises:
        Rejected: NO_BODY for 204, 205 and 304, which have no body; HTTP_ERROR for all others,
            whose bodies describe the error and not the URL.
    """
    if status is None:
        return
    if status in (204, 205, 304):
        raise Rejected(RejectionReason.NO_BODY, f"HTTP status {status} has no body")
    if not 200 <= status < 300:
        raise Rejected(RejectionReason.HTTP_ERROR, f"HTTP status {status}")


GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_WINDOW = 1 << 27  # the maximum that browsers accept; bounds the memory of a frame
_BLOCK = 64 * 1024
MARKUP_WITHIN = 4096
MARKUP = re.compile(rb"<(?:!doctype\s|html|head|body|article|main|meta|title|div|p)\b", re.I)
MOST_CONTROLS = 0.01
CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
"""Bytes that texts do not have. (27 begins a change of characters in ISO-2022-JP.)"""


@dataclass(frozen=True, slots=True)
class Content:
    """A body without its content encodings.

    Attributes:
        body: all of it, or what could be decoded of a stream that ends early.
        cut: why it is not all, for people; None if it is.
    """

    body: bytes
    cut: str | None = None


def decode_content(body: bytes, declared: str | None, *, limit: int, layers: int) -> Content:
    """Return the body without its content encodings.

    The bytes decide. `declared`, the `content-encoding` header, is followed where they agree with
    it: many crawlers decode a body and keep the header, others drop the header and keep the
    encoding, and some servers declare what is no encoding (`utf8`, `aws-chunked`, `binary`).

    Args:
        limit: maximum number of bytes that any layer may decode to.
        layers: maximum number of declared encodings.

    Raises:
        Failed: BAD_ENCODING, if the bytes are neither in the declared encoding nor text, if
            nothing can be decoded of a stream that ends early, or if there are more than `layers`.
        Rejected: TOO_LARGE, if a layer decodes to more than `limit` bytes.
    """
    names = [name for part in (declared or "").split(",") if (name := part.strip().lower())]
    if len(names) > layers:
        raise Failed(FailureReason.BAD_ENCODING, f"{len(names)} content encodings, over {layers}")
    content = Content(body)
    undone = 0
    for name in reversed([name for name in names if name in DECODERS] or [""]):
        decoder = decoder_of(content.body, name)
        if decoder is None:
            continue
        try:
            decoded = decoder(content.body, limit)
        except Failed:
            if looks_like_markup(content.body):
                continue
            raise
        undone += 1
        content = Content(decoded.body, content.cut or decoded.cut)
    unknown = [name for name in names if name not in DECODERS and name not in NO_ENCODINGS]
    if unknown and not undone and not looks_like_markup(content.body):
        raise Failed(FailureReason.BAD_ENCODING, f"unknown content encoding {unknown[0][:40]!r}")
    return content


def decoder_of(body: bytes, declared: str) -> Callable[[bytes, int], Content] | None:
    """Return the decoder that fits the first bytes, else the declared one; None if the body begins
    as a document, or if nothing is declared that has no such first bytes."""
    if body.startswith(GZIP_MAGIC):
        return ungzip
    if body.startswith(ZSTD_MAGIC):
        return unzstd
    if begins_as_markup(body):
        return None
    return DECODERS.get(declared)


def begins_as_markup(body: bytes) -> bool:
    """True if the bytes begin like a document, as no compressed stream can."""
    head = body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and (head[1:2].isalpha() or head[1:2] in b"!?")


def looks_like_markup(body: bytes) -> bool:
    """True if the bytes are text with HTML elements near the beginning: a document, perhaps with a
    server's notice before it."""
    if begins_as_markup(body):
        return True
    head = body[:MARKUP_WITHIN]
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls <= MOST_CONTROLS * len(head) and MARKUP.search(head) is not None


def ungzip(body: bytes, limit: int) -> Content:
    """Decode one or more gzip members."""
    content = Content(b"")
    while True:
        inflater = zlib.decompressobj(wbits=31)
        part, rest = inflate(inflater, body, limit - len(content.body), "gzip")
        content = Content(content.body + part.body, part.cut)
        body = rest.lstrip(b"\0")
        if part.cut is not None or not body.startswith(GZIP_MAGIC):
            return content  # browsers ignore bytes after the last member as padding


def undeflate(body: bytes, limit: int) -> Content:
    """Decode a zlib stream, or the raw deflate stream that some servers send under that name."""
    try:
        return inflate(zlib.decompressobj(), body, limit, "deflate")[0]
    except Failed:
        return inflate(zlib.decompressobj(wbits=-15), body, limit, "deflate")[0]


def inflate(
    inflater: "zlib._Decompress", body: bytes, limit: int, name: str
) -> tuple[Content, bytes]:
    """Run one zlib decompressor to the end of its stream, to its damage, or to the limit; return
    what it decoded and the bytes after the stream."""
    out = bytearray()
    cut, end = None, 0
    try:
        while end < len(body) and not inflater.eof:
            # In blocks: what was decoded in the call that meets the damage is lost.
            data = body[end : end + _BLOCK]
            out += inflater.decompress(data, limit + 1 - len(out))
            end += len(data) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
            if len(out) > limit:
                raise too_large(name, limit)
    except zlib.error as error:
        cut = f"{name}: {error}"
    return finish(name, bytes(out), cut, ended=inflater.eof), body[end:]


def unbrotli(body: bytes, limit: int) -> Content:
    """Decode a brotli stream."""
    decompressor = brotli.Decompressor()
    out = bytearray()
    cut, ended = None, False
    try:
        for start in range(0, len(body), _BLOCK):
            out += decompressor.process(
                body[start : start + _BLOCK], output_buffer_limit=limit + 1 - len(out)
            )
            while len(out) <= limit and not decompressor.can_accept_more_data():
                out += decompressor.process(b"", output_buffer_limit=limit + 1 - len(out))
            if len(out) > limit:
                raise too_large("br", limit)
        ended = decompressor.is_finished()
    except brotli.error as error:
        cut = f"br: {error}"
    return finish("br", bytes(out), cut, ended=ended)


def unzstd(body: bytes, limit: int) -> Content:
    """Decode one or more zstd frames."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    out = bytearray()
    ended = True
    try:
        with decompressor.stream_reader(body, read_across_frames=True) as reader:
            while len(out) <= limit and (block := reader.read(min(_BLOCK, limit + 1 - len(out)))):
                out += block
        if len(out) > limit:
            raise too_large("zstd", limit)
        ended = ends_with_its_frame(decompressor, body)
        cut = None
    except zstandard.ZstdError as error:
        cut = f"zstd: {error}"
    return finish("zstd", bytes(out), cut, ended=ended)


def ends_with_its_frame(decompressor: zstandard.ZstdDecompressor, body: bytes) -> bool:
    """Whether the last of the frames is complete. (The stream reader does not say; the frame object
    does. It has no limit, but the reader has shown that the output is within one.)"""
    while body.startswith(ZSTD_MAGIC):
        frame = decompressor.decompressobj()
        frame.decompress(body)
        if not frame.eof:
            return False
        body = frame.unused_data
    return True


def finish(name: str, out: bytes, cut: str | None, *, ended: bool) -> Content:
    """Return what was decoded of a stream.

    Raises:
        Failed: BAD_ENCODING, if nothing was.
    """
    if cut is None and not ended:
        cut = f"{name}: the stream ends early"
    if cut is not None and not out:
        raise Failed(FailureReason.BAD_ENCODING, cut)
    return Content(out, cut)


def too_large(name: str, limit: int) -> Rejected:
    """Return the rejection of a body that decodes to more than the limit."""
    return Rejected(RejectionReason.TOO_LARGE, f"{name}: over {limit:,} bytes decompressed")


NO_ENCODINGS = frozenset({"identity", "utf-8", "utf8", "none", "binary", "aws-chunked", "8bit"})
DECODERS: dict[str, Callable[[bytes, int], Content]] = {
    "gzip": ungzip,
    "x-gzip": ungzip,
    "deflate": undeflate,
    "br": unbrotli,
    "zstd": unzstd,
}
