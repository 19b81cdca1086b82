import gzip
import zlib

import brotli
import pytest
import zstandard

from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.page.content_encoding import decode_content

PAGE = (
    b"<html><body>"
    + b"".join(b"<p>line %d of the page</p>" % i for i in range(200))
    + b"</body></html>"
)


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


ENCODED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
}


def decode(body: bytes, declared: str | None, limit: int = 100_000) -> bytes:
    return decode_content(body, declared, limit=limit, layers=3)


@pytest.mark.parametrize("name", ENCODED)
def test_declared_encodings_are_undone(name: str) -> None:
    assert decode(ENCODED[name], name) == PAGE
    assert decode(ENCODED[name], f" {name.upper()} ") == PAGE


def test_deflate_without_its_header_is_undone() -> None:
    assert decode(raw_deflate(PAGE), "deflate") == PAGE


def test_layers_are_undone_from_the_outside() -> None:
    assert decode(gzip.compress(brotli.compress(PAGE)), "br, gzip") == PAGE


def test_a_body_that_the_crawler_decoded_already_is_taken_as_it_is() -> None:
    assert decode(PAGE, "gzip") == PAGE
    assert decode(b"\xef\xbb\xbf  <!DOCTYPE html>", "br") == b"\xef\xbb\xbf  <!DOCTYPE html>"


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_body_whose_header_was_lost_is_known_by_its_first_bytes(name: str) -> None:
    assert decode(ENCODED[name], None) == PAGE


def test_members_and_frames_are_joined() -> None:
    assert decode(gzip.compress(PAGE) + gzip.compress(b"more"), "gzip") == PAGE + b"more"
    assert decode(zstandard.compress(PAGE) + zstandard.compress(b"more"), "zstd") == PAGE + b"more"


@pytest.mark.parametrize("name", ENCODED)
def test_garbage_fails(name: str) -> None:
    with pytest.raises(Failed) as outcome:
        decode(b"\x07 this was never compressed", name)
    assert outcome.value.reason is FailureReason.BAD_ENCODING


@pytest.mark.parametrize("name", ENCODED)
def test_a_stream_cut_short_fails_instead_of_giving_half_a_page(name: str) -> None:
    with pytest.raises(Failed) as outcome:
        decode(ENCODED[name][:-10], name)
    assert outcome.value.reason is FailureReason.BAD_ENCODING


@pytest.mark.parametrize("name", ["sdch", "gzip;q=1", "compress"])
def test_unknown_encodings_fail(name: str) -> None:
    with pytest.raises(Failed, match="unknown content encoding"):
        decode(ENCODED["gzip"], name)


def test_too_many_layers_fail() -> None:
    with pytest.raises(Failed, match="4 content encodings"):
        decode(PAGE, "gzip, gzip, gzip, gzip")


@pytest.mark.parametrize(
    "compress", [gzip.compress, zlib.compress, brotli.compress, zstandard.compress]
)
def test_a_bomb_stops_at_the_limit(compress: object) -> None:
    names = {gzip.compress: "gzip", zlib.compress: "deflate", brotli.compress: "br"}
    bomb = compress(b"\0" * 50_000_000)  # type: ignore[operator]
    with pytest.raises(Rejected) as outcome:
        decode(bomb, names.get(compress, "zstd"), limit=1_000_000)  # type: ignore[call-overload]
    assert outcome.value.reason is RejectionReason.TOO_LARGE
