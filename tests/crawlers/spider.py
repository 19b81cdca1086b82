"""A spider over a whole site; its items are pages in copydesk's JSON form."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response


class Pages(scrapy.Spider):
    """Follows every link on the site that it starts at."""

    name = "pages"
    custom_settings = {  # noqa: RUF012 - as Scrapy has it
        "HTTPERROR_ALLOW_ALL": True,
        "REDIRECT_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "TELNETCONSOLE_ENABLED": False,
    }

    def __init__(self, start: str, **more: Any) -> None:
        super().__init__(**more)
        self.start_urls = [start]

    def parse(self, response: Response, **more: Any) -> Iterator[Any]:
        """Yield the page, and a request for each link on it."""
        content_type = (response.headers.get("Content-Type") or b"").decode()
        yield {
            "url": response.url,
            "fetched_at": datetime.now(UTC).isoformat(),
            "status": response.status,
            "headers": {"content-type": content_type},
            "body": b64encode(response.body).decode(),
        }
        if content_type.startswith("text/html"):
            for link in response.css("a::attr(href)").getall():
                address = response.urljoin(link)
                if urlsplit(address).netloc == urlsplit(response.url).netloc:
                    yield response.follow(address, self.parse)
