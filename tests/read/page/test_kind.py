import pytest

from service.contract.outcome import Rejected, RejectionReason
from service.read.page.kind import check_bytes, check_text
from tests.read.page.pages import news_page

RSS = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title></channel></rss>'
SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="a.xsl"?>\n<!-- made by -->'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title></entry></feed>'


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 <html>",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"PK\x03\x04",
        b"RIFFabcdWEBP",
    ],
)
def test_other_files_are_known_by_their_first_bytes(body: bytes) -> None:
    with pytest.raises(Rejected) as outcome:
        check_bytes(body)
    assert outcome.value.reason is RejectionReason.NOT_HTML


@pytest.mark.parametrize(
    "text", [RSS, SITEMAP, ATOM, '{"html": 1}', "[1, 2]", "plain words", "<x/>"]
)
@pytest.mark.parametrize("declared", [None, "text/html; charset=utf-8"])
def test_other_documents_are_turned_away_whatever_is_declared(
    text: str, declared: str | None
) -> None:
    with pytest.raises(Rejected) as outcome:
        check_text(text, declared)
    assert outcome.value.reason is RejectionReason.NOT_HTML


@pytest.mark.parametrize("declared", [None, "text/plain", "application/octet-stream", "nonsense"])
def test_html_passes_under_any_declared_type(declared: str | None) -> None:
    check_text(news_page(), declared)
    check_text('<?xml version="1.0"?><!DOCTYPE html>' + news_page(), declared)
