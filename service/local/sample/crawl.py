"""The sample crawl: renders each fetch of the plan to bytes, in order, and to messages as a crawler
writes them to `pages.raw`."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.contract.extracted import SourcePosition
from service.contract.outcome import RejectionReason
from service.contract.record import InputMessage
from service.contract.story import Relation
from service.local.sample.plan import PageRow, Plan, load_plan
from service.local.sample.render import render_page
from service.local.sample.sites import Site, load_site

PDF = (
    b"%PDF-1.4\n"
    b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
    b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
    b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj\n"
    b"trailer << /Root 1 0 R >>\n"
    b"%%EOF\n"
)
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"


def fetched_body(plan: Plan, number: int, site: Site) -> bytes:
    """The body of one page of the plan as it is transferred, with content encoding.

    Args:
        number: index of the page in the plan.
    """
    row = plan.pages[number]
    if row.body is not None:
        return raw_body(row)
    # Characters that the charset lacks become character references, as old systems write them.
    body = render_page(plan, number, site).encode(site.charset, "xmlcharrefreplace")
    if row.content_encoding == "gzip":
        packed = gzip.compress(body, mtime=0)
        # The tenth byte names the system: Python 3.11 writes Unix, later ones "unknown".
        return packed[:9] + GZIP_HEADER[9:] + packed[10:]
    return body


def raw_body(row: PageRow) -> bytes:
    """A body that is not a page, by its name in the plan.

    Raises:
        ValueError: there is no body of this name.
    """
    match row.body:
        case "pdf":
            return PDF
        case "gif":
            return GIF
        case "broken_gzip":
            return GZIP_HEADER + bytes(37 * n % 256 for n in range(256))
        case _:
            raise ValueError(f"no raw body {row.body!r}")


Outcome = Literal["event", "rejected", "failed"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expected outcome of a page.

    Attributes:
        outcome: the page's terminal outcome.
        reason: why it is rejected; None for other outcomes.
        story: label of its story. Pages with the same label are copies or takes of one text; texts
            of two agencies about one event have two labels.
        relation: the page's relation to its story after the whole crawl. A copy that is fetched
            before its original is still labelled as a copy.
        agency: key of the agency that the page credits; None if it credits none, even if the text
            is an agency's.
    """

    outcome: Outcome
    reason: RejectionReason | None = None
    story: str | None = None
    relation: Relation | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One fetch: the body as transferred, and the expected outcome.

    Attributes:
        url: None in the one record without a URL.
        fetched_at: RFC 3339, UTC.
        headers: HTTP response headers, names in lower case.
    """

    url: str | None
    fetched_at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    expect: Expectation


def sample_crawl() -> Iterator[SamplePage]:
    """Yield the pages in the order of their fetch; the bytes are always the same."""
    plan = load_plan()
    for number, row in enumerate(plan.pages):
        site = load_site(row.site)
        headers = [("content-type", row.content_type or site.content_type)]
        if row.content_encoding is not None:
            headers.append(("content-encoding", row.content_encoding))
        yield SamplePage(
            url=row.url,
            fetched_at=row.fetched_at,
            status=row.status,
            headers=tuple(headers),
            body=fetched_body(plan, number, site),
            expect=expectation(row),
        )


def expectation(row: PageRow) -> Expectation:
    """The expected outcome of a row; splits its field `outcome` into outcome and reason."""
    outcome: Outcome
    reason = None
    if row.outcome == "event":
        outcome = "event"
    elif row.outcome == "failed":
        outcome = "failed"
    else:
        outcome, reason = "rejected", RejectionReason(row.outcome)
    return Expectation(outcome, reason, row.story, row.relation, row.agency)


def sample_messages() -> Iterator[InputMessage]:
    """The pages as messages in the native form, binary mode, in the order of their fetch."""
    for number, page in enumerate(sample_crawl()):
        yield page_message(page, number)


def page_message(page: SamplePage, number: int) -> InputMessage:
    """One page as a message; `number` becomes its offset."""
    address = page.url.encode() if page.url is not None else None
    headers = [("url", address)] if address is not None else []
    headers += [
        ("fetched-at", page.fetched_at.encode()),
        ("status", str(page.status).encode()),
        *((name, value.encode()) for name, value in page.headers),
        ("crawler", b"sample"),
    ]
    return InputMessage(
        key=address,
        value=page.body,
        headers=tuple(headers),
        timestamp=None,
        source=SourcePosition(topic="sample", partition=0, offset=number),
    )
