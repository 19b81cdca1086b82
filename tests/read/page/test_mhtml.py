"""Pages saved as MHTML, under that name and others."""

from email.message import Message

import pytest

from service.contract.outcome import Rejected, RejectionReason
from service.read.page.mhtml import is_mhtml, read_mhtml
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read

URL = "https://www.kurier.example/news/1"


def mhtml(
    page: bytes = news_page().encode(),
    *,
    first: str = "From: <Saved by Blink>",
    located: str = f"Snapshot-Content-Location: {URL}",
    date: str = "Date: Thu, 5 Mar 2026 14:30:00 +0100",
    charset: str = "utf-8",
    encoding: str = "quoted-printable",
) -> bytes:
    """A message as browsers save it: the document, then a picture."""
    part = Message()
    part["Content-Type"] = f'text/html; charset="{charset}"'
    part["Content-ID"] = "<frame-1@mhtml.blink>"
    part["Content-Location"] = URL
    if encoding == "base64":
        from base64 import encodebytes

        body = encodebytes(page)
    else:
        from quopri import encodestring

        body = encodestring(page)
    part["Content-Transfer-Encoding"] = encoding
    head = "".join(f"{name}: {value}\r\n" for name, value in part.items())
    return (
        (
            f"{first}\r\n{located}\r\nSubject: {TITLE}\r\n{date}\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="----cut"\r\n\r\n\r\n'
            f"------cut\r\n{head}\r\n"
        ).encode()
        + body
        + (
            b"\r\n------cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
            b"\r\niVBORw0KGgo=\r\n------cut--\r\n"
        )
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("first", ["From: <Saved by Blink>", "X-MimeOLE: Produced By Microsoft"])
def test_the_document_its_address_and_its_time(encoding: str, first: str) -> None:
    saved = read_mhtml(mhtml(encoding=encoding, first=first))
    assert saved is not None
    assert TITLE.encode() in saved.body
    assert b"MIME-Version" not in saved.body
    assert saved.url == URL
    assert saved.saved_at is not None
    assert saved.saved_at.isoformat() == "2026-03-05T13:30:00+00:00"


@pytest.mark.parametrize("as_text", [True, False])
def test_mhtml_under_the_name_of_html_is_read_as_what_it_holds(as_text: bool) -> None:
    body = mhtml()
    article = read(body.decode() if as_text else body)
    assert article.title == TITLE
    assert PARAGRAPHS[1] in article.text
    assert "MIME-Version" not in article.text


def test_the_parts_charset_counts() -> None:
    umlauts = tuple(f"Die Fähre bleibt über Nacht im Hafen, sagte Jörg {n}." * 3 for n in range(4))
    page = news_page(umlauts).replace('<meta charset="utf-8">', "").encode("cp1252")
    article = read(mhtml(page, charset="windows-1252", encoding="base64"))
    assert "Die Fähre bleibt über Nacht" in article.text


def test_a_date_at_the_end_of_all_time_is_none() -> None:
    saved = read_mhtml(mhtml(date="Date: Fri, 31 Dec 9999 23:59:59 -2359"))
    assert saved is not None
    assert saved.saved_at is None


def test_an_address_elsewhere_and_no_time() -> None:
    saved = read_mhtml(mhtml(located="X-Other: 1", date="Date: some day"))
    assert saved is not None
    assert saved.url == URL, "of the part"
    assert saved.saved_at is None


def test_a_message_without_a_document_is_not_html() -> None:
    body = mhtml().replace(b"text/html", b"image/gif")
    assert is_mhtml(body)
    assert read_mhtml(body) is None
    with pytest.raises(Rejected) as outcome:
        read(body)
    assert outcome.value.reason is RejectionReason.NOT_HTML


@pytest.mark.parametrize(
    "body",
    [
        b"<html><p>MIME-Version: 1.0, multipart/related</p></html>",
        b"From: a reader\nMIME types are many.\n",
        b"Date: MIME-Version: multipart/mixed",
        b"",
    ],
)
def test_other_bytes_are_no_mhtml(body: bytes) -> None:
    assert not is_mhtml(body)
