"""Examples of `pages.raw` in the native form, JSON mode: one for each form of content."""

from typing import Any

_URL = "https://gazette.example/world/harbour-bridge-reopens"

HINTS: dict[str, Any] = {
    "feed_published": "Tue, 14 May 2024 10:05:00 +0200",
    "feed_title": "Harbour bridge reopens",
    "feed_source": "The Gazette",
    "sitemap_published": "2024-05-14T10:05:00+02:00",
    "sitemap_title": "Harbour bridge reopens after two years",
    "sitemap_keywords": ["harbour", "trams"],
    "referrer": "https://gazette.example/world",
    "redirects": ["http://gazette.example/r/4711"],
    "robots": ["content-signal: ai-train=no"],
    "tdmrep": ["tdm-reservation: 1"],
}
"""What a crawler may know before it fetches a page."""


def example_pages() -> list[dict[str, Any]]:
    """Return a page with its bytes, one with its text, one with an article, one by reference."""
    return [
        {
            "url": _URL,
            "fetched_at": "2024-05-14T09:30:00Z",
            "status": 200,
            "headers": {"content-type": "text/html", "link": ["<a>; rel=x", "<b>; rel=y"]},
            "crawler": "north",
            "truncated": "length",
            "body": "PGgxPkhhcmJvdXIgYnJpZGdlIHJlb3BlbnM8L2gxPg==",
        },
        {"url": _URL, "text": "<h1>Harbour bridge reopens</h1>", "hints": HINTS},
        {
            "url": _URL,
            "article": {
                "title": "Harbour bridge reopens after two years",
                "text": "The harbour bridge reopened on Tuesday.",
                "authors": ["Jo Marsh"],
                "published": "2024-05-14T10:05:00+02:00",
                "language": "en",
                "site_name": "The Gazette",
            },
        },
        {"url": _URL, "body_ref": "file:///crawl/2024-05-14/harbour-bridge.html"},
    ]
