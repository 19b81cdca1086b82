import gzip
import zlib

import brotli
import pytest
import zstandard

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.read.page.http import decode_content
from tests.read.page.pages import news_page, read

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
    return decode_content(body, declared, limit=limit, layers=3).body


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
def test_what_a_cut_stream_holds_is_read_and_said_to_be_cut(name: str) -> None:
    lines = b"".join(b"<p>line %d of %d</p>" % (i, i * i * 7919 % 10007) for i in range(40_000))
    encoded = {
        "gzip": gzip.compress,
        "x-gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=5),
        "zstd": zstandard.compress,
    }[name](lines)
    content = decode_content(encoded[: len(encoded) // 2], name, limit=10_000_000, layers=3)
    assert len(content.body) > 50_000
    assert lines.startswith(content.body)
    assert content.cut is not None
    assert content.cut.endswith("the stream ends early")


@pytest.mark.parametrize("name", ENCODED)
def test_a_stream_that_ends_at_once_fails(name: str) -> None:
    with pytest.raises(Failed, match="ends early") as outcome:
        decode(ENCODED[name][:4], name)
    assert outcome.value.reason is FailureReason.BAD_ENCODING


def test_what_comes_before_damage_is_read() -> None:
    encoded = bytearray(gzip.compress(b"".join(b"<p>%d</p>" % (i * i) for i in range(200_000))))
    encoded[-8:-4] = b"\0\0\0\0"
    content = decode_content(bytes(encoded), "gzip", limit=10_000_000, layers=3)
    assert content.body.startswith(b"<p>0</p><p>1</p>")
    assert content.cut is not None


@pytest.mark.parametrize("name", ["utf8", "UTF-8", "aws-chunked", "binary", "8bit", "none", "sdch"])
def test_a_document_under_a_name_that_is_no_encoding_is_taken_as_it_is(name: str) -> None:
    assert decode(PAGE, name) == PAGE
    assert decode(ENCODED["gzip"], f"gzip, {name}") == PAGE
    assert decode(ENCODED["gzip"], name) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize(
    "before",
    [
        b"Notice: Undefined index: page in /srv/www/index.php on line 7\n",
        b"\n\n  \xef\xbb\xbf",
        "Предупреждение\n".encode(),
    ],
    ids=["a notice", "blank", "letters"],
)
def test_a_document_is_told_by_its_bytes_though_something_is_before_it(
    name: str, before: bytes
) -> None:
    assert decode(before + PAGE, name) == before + PAGE


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_the_first_bytes_outweigh_another_declared_encoding(name: str) -> None:
    assert decode(ENCODED[name], "br") == PAGE


@pytest.mark.parametrize("name", ["sdch", "gzip;q=1", "compress"])
def test_unknown_encodings_of_what_is_no_text_fail(name: str) -> None:
    with pytest.raises(Failed, match="unknown content encoding"):
        decode(b"\x07\x00 packed in some way", name)


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
        decode(bomb, names.get(compress, "zstd"), limit=1_000_000)
    assert outcome.value.reason is RejectionReason.TOO_LARGE


@pytest.mark.parametrize("status", [None, 200, 203, 206])
def test_pages_pass(status: int | None) -> None:
    assert read(news_page(), status=status).title


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (100, "http_error"),
        (204, "no_body"),
        (301, "http_error"),
        (304, "no_body"),
        (404, "http_error"),
        (410, "http_error"),
        (503, "http_error"),
        (0, "http_error"),
    ],
)
def test_other_statuses_are_rejected_with_their_number(status: int, reason: str) -> None:
    with pytest.raises(Rejected) as outcome:
        read(news_page(), status=status)
    assert outcome.value.reason == reason
    assert str(status) in outcome.value.detail


def test_a_page_whose_stream_was_cut_is_flagged() -> None:
    paragraphs = "".join(f"<p>{TEXT} Part {i}, {i * i * 7919 % 10007}.</p>" for i in range(2000))
    page = f"<html><body><h1>Ferries stay in port</h1><article>{paragraphs}".encode()
    body = gzip.compress(page)
    article = read(body[: len(body) // 2], headers=(("content-encoding", "gzip"),))
    assert [(flag.name, flag.evidence) for flag in article.flags] == [
        ("truncated", "gzip: the stream ends early")
    ]
    assert TEXT in article.text


TEXT = "The ferries stay in port until the wind turns, the council said on Tuesday."
