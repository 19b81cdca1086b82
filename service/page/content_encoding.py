"""Undo HTTP content encodings, never producing more bytes than allowed."""

import zlib
from collections.abc import Callable

import brotli
import zstandard

from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_WINDOW = 1 << 27  # what browsers accept at most; bounds the memory of a frame


def decode_content(body: bytes, declared: str | None, *, limit: int, layers: int) -> bytes:
    """The body without its content encodings.

    `declared` is the `content-encoding` header. It is believed unless the bytes say otherwise:
    many crawlers decode a body and keep the header, others drop the header and keep the
    encoding.

    Args:
        limit: bytes that may come out, of any layer.
        layers: encodings that may be declared.

    Raises:
        Failed: BAD_ENCODING, where the bytes are not in the declared encoding, end early, or
            the encoding is unknown.
        Rejected: TOO_LARGE, where more than `limit` bytes come out.
    """
    names = [name for part in (declared or "").split(",") if (name := part.strip().lower())]
    if len(names) > layers:
        raise Failed(FailureReason.BAD_ENCODING, f"{len(names)} content encodings, over {layers}")
    for name in reversed(names):
        if name in ("identity", "utf-8", "none"):
            continue
        if name not in DECODERS:
            raise Failed(FailureReason.BAD_ENCODING, f"unknown content encoding {name[:40]!r}")
        if not looks_like_markup(body):
            body = DECODERS[name](body, limit)
    if not names and body.startswith(GZIP_MAGIC):
        return ungzip(body, limit)
    if not names and body.startswith(ZSTD_MAGIC):
        return unzstd(body, limit)
    return body


def looks_like_markup(body: bytes) -> bool:
    """Whether the bytes begin as a document does, and as no compressed stream can."""
    head = body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and (head[1:2].isalpha() or head[1:2] in b"!?")


def ungzip(body: bytes, limit: int) -> bytes:
    """One or more gzip members."""
    out = b""
    while body:
        inflater = zlib.decompressobj(wbits=31)
        out += inflate(inflater, body, limit - len(out), "gzip")
        body = inflater.unused_data.lstrip(b"\0")
        if not body.startswith(GZIP_MAGIC):
            break  # bytes after the last member are padding, as every browser takes them
    return out


def undeflate(body: bytes, limit: int) -> bytes:
    """A zlib stream, or the bare deflate stream that some servers send under that name."""
    try:
        return inflate(zlib.decompressobj(), body, limit, "deflate")
    except Failed:
        return inflate(zlib.decompressobj(wbits=-15), body, limit, "deflate")


def inflate(inflater: "zlib._Decompress", body: bytes, limit: int, name: str) -> bytes:
    """Run one zlib decompressor to its end or to the limit."""
    try:
        out = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise Failed(FailureReason.BAD_ENCODING, f"{name}: {error}") from error
    if len(out) > limit:
        raise too_large(name, limit)
    if not inflater.eof:
        raise Failed(FailureReason.BAD_ENCODING, f"{name}: the stream ends early")
    return out


def unbrotli(body: bytes, limit: int) -> bytes:
    """A brotli stream."""
    decompressor = brotli.Decompressor()
    try:
        out: bytes = decompressor.process(body, output_buffer_limit=limit + 1)
        while len(out) <= limit and not decompressor.is_finished():
            more = decompressor.process(b"", output_buffer_limit=limit + 1 - len(out))
            if not more:
                break
            out += more
    except brotli.error as error:
        raise Failed(FailureReason.BAD_ENCODING, f"br: {error}") from error
    if len(out) > limit:
        raise too_large("br", limit)
    if not decompressor.is_finished():
        raise Failed(FailureReason.BAD_ENCODING, "br: the stream ends early")
    return out


def unzstd(body: bytes, limit: int) -> bytes:
    """One or more zstd frames."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    out = b""
    try:
        with decompressor.stream_reader(body, read_across_frames=True) as reader:
            if len(reader.read(limit + 1)) > limit:
                raise too_large("zstd", limit)
        # The reader says nothing of a frame that ends early; the frame object does, and what
        # it makes is known by now to be small.
        while body.startswith(ZSTD_MAGIC) or not out:
            frame = decompressor.decompressobj()
            out += frame.decompress(body)
            if not frame.eof:
                raise Failed(FailureReason.BAD_ENCODING, "zstd: the stream ends early")
            body = frame.unused_data
            if not body:
                break
    except zstandard.ZstdError as error:
        raise Failed(FailureReason.BAD_ENCODING, f"zstd: {error}") from error
    return out


def too_large(name: str, limit: int) -> Rejected:
    """The rejection of a body that grows beyond the limit."""
    return Rejected(RejectionReason.TOO_LARGE, f"{name}: over {limit:,} bytes decompressed")


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": ungzip,
    "x-gzip": ungzip,
    "deflate": undeflate,
    "br": unbrotli,
    "zstd": unzstd,
}
