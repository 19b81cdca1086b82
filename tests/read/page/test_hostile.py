"""What a crawler can bring: each page ends in its outcome, and good pages around it are
untouched. (Time and memory are bounded from outside, by the process that reads the page.)"""

import gzip
from collections.abc import Callable

import brotli
import pytest
import zstandard

from service.contract.outcome import Failed, Rejected
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read

TEXT = "\n\n".join(PARAGRAPHS)
HTML = news_page().encode()

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no_body"),
    "blank": (b" \r\n\t" * 100, "no_body"),
    "only NUL": (b"\0" * 10_000, "no_body"),
    "20 MB of nested tags": (b"<div>" * 4_000_000, "too_large"),
    "4 MB of nested tags": (b"<div>" * 800_000, "too_complex"),
    "one line of 30 MB": (b"<p>" + b"word " * 6_000_000, "too_large"),
    "200,000 links": (b"<html><body>" + b"<a href=x>l</a>" * 200_000, "too_complex"),
    "30,000 elements": (b"<html><body>" + b"<p>a</p>" * 30_000, "too_complex"),
    "300,000 attributes": (
        b"<html><p " + b" ".join(b"a%d=1" % i for i in range(300_000)) + b">",
        "too_complex",
    ),
    "2,000 attributes behind a quoted bracket": (
        b'<html><p x=">" ' + b" ".join(b"a%d=1" % i for i in range(2_000)) + b">",
        "too_complex",
    ),
    "PDF served as HTML": (b"%PDF-1.7\n<html><p>x</p></html>", "not_html"),
    "RSS": (b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "not_html"),
    "sitemap": (b'<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>', "not_html"),
    "JSON": (b'{"a": "<p>"}', "not_html"),
    "a gzip bomb": (gzip.compress(b"\0" * 100_000_000), "too_large"),
    "only tags": (b"<html><body><div></div></body></html>", "no_article"),
    "a caption": (b"<html><body><p>The harbour on Monday.</p></body></html>", "too_short"),
    "a sea of open brackets": (b"<" * 3_000_000, "not_html"),
    "an open comment": (b"<html><!--" + b"x" * 3_000_000, "no_article"),
}


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_hostile_pages_end_in_their_outcome(body: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as outcome:
        read(body)
    assert outcome.value.reason == reason
    assert outcome.value.detail


ENTITIES = """<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY x SYSTEM "file:///etc/hostname">]>"""

READ_ANYWAY: dict[str, str] = {
    "NUL bytes inside": news_page().replace("storm", "st\0orm"),
    "control characters inside": news_page().replace("storm", "st\x01\x0borm"),
    "an entity bomb": ENTITIES + news_page(after="<span>&b;&x;</span>"),
    "a huge colspan": news_page(
        after='<table><tr><td colspan="9007199254740991" rowspan="-1"></td></tr></table>'
    ),
    "deep JSON-LD": news_page(head=f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    "wide JSON-LD": news_page(
        head=f'<script type="application/ld+json">[{",".join(["{}"] * 100_000)}]</script>'
    ),
    "dates of the far future": news_page(
        head='<meta name="date" content="9999-12-31T23:59:59-12:00">'
        '<meta name="pubdate" content="99999-99-99">'
    ),
    "a title of a million characters": news_page(title=TITLE).replace(
        "</title>", "x" * 1_000_000 + "</title>"
    ),
    "a canonical address that is none": news_page(head='<link rel="canonical" href="http://[">'),
    "scripts full of comparisons": news_page(
        head="<script>" + "if(i<n.length&&j<m)" * 1_000 + "</script>"
    ),
}


@pytest.mark.parametrize("page", READ_ANYWAY.values(), ids=READ_ANYWAY.keys())
def test_pages_with_one_hostile_part_are_read(page: str) -> None:
    article = read(page)
    assert article.text == TEXT
    assert article.published is None


def test_invalid_utf8_is_read_with_replacement_characters() -> None:
    article = read(HTML.replace(b"storm came", b"sto\xffrm came"))
    assert "sto\ufffdrm came" in article.text


@pytest.mark.parametrize("encode", [gzip.compress, brotli.compress, zstandard.compress])
def test_bodies_still_encoded_are_read_or_fail_as_such(encode: Callable[[bytes], bytes]) -> None:
    names = {gzip.compress: "gzip", brotli.compress: "br", zstandard.compress: "zstd"}
    headers = (("content-encoding", names[encode]),)
    assert read(encode(HTML), headers=headers).text == TEXT
    with pytest.raises(Failed, match="bad_encoding"):
        read(b"\x00\x01 not encoded at all", headers=headers)


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("word, " * 200_000, id="words"),
        pytest.param(". A" * 200_000, id="sentences"),
        pytest.param("(c) " * 200_000, id="notices"),
        pytest.param("a / " * 200_000, id="breadcrumbs"),
        pytest.param("By A " * 200_000, id="bylines"),
        pytest.param("x" * 800_000, id="one word"),
        pytest.param("2024-01-01 10:00 " * 50_000, id="times"),
    ],
)
def test_one_endless_paragraph_takes_no_more_than_linear_time(inner: str) -> None:
    assert read(news_page((*PARAGRAPHS, inner))).title == TITLE


def test_good_pages_around_bad_ones_are_untouched() -> None:
    texts: set[str] = set()
    for body, _ in list(REFUSED.values())[::4] * 5:
        with pytest.raises(Rejected):
            read(body)
        texts.update(read(HTML).text for _ in range(4))
    assert texts == {TEXT}
