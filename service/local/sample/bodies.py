"""What a fetch brought: a rendered page in the site's charset, or something that is no page."""

import gzip

from service.local.sample.plan import PageRow, Plan
from service.local.sample.render import render_page
from service.local.sample.sites import Site

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
    """The bytes of the plan's page of this number, content encoding included."""
    row = plan.pages[number]
    if row.body is not None:
        return raw_body(row)
    # Old systems write what their charset lacks as a character reference.
    body = render_page(plan, number, site).encode(site.charset, "xmlcharrefreplace")
    if row.content_encoding == "gzip":
        return gzip.compress(body, mtime=0)
    return body


def raw_body(row: PageRow) -> bytes:
    """A body that is no page, by the name it has in the plan.

    Raises:
        ValueError: no such name.
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
