"""A spider that follows the links and feeds of one site and hands every page to the pipeline, with
what it knew of the page before: what the feed says of it, where the link was, redirects.

scrapy runspider scrapy_spider.py -a start=https://www.example.com/ -s COPYDESK_BROKERS=kafka:9092
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import scrapy
from parsel import Selector
from scrapy.http import Request, Response, TextResponse, XmlResponse


class NewsSpider(scrapy.Spider):
    """Polite, and it reports pages that are gone as well."""

    name = "news"
    handle_httpstatus_list = [404, 410]  # noqa: RUF012 - Scrapy's way
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {"scrapy_pipeline.CopydeskPipeline": 900},
        "ROBOTSTXT_OBEY": True,
        "AUTOTHROTTLE_ENABLED": True,
    }

    def __init__(self, start: str, **more: Any) -> None:
        super().__init__(**more)
        self.start_urls = [start]
        self.allowed_domains = [urlsplit(start).hostname]

    def parse(
        self, response: Response, entry: Mapping[str, str] | None = None, **more: Any
    ) -> Iterator[dict[str, Any] | Request]:
        """Hand the page on, and follow its links, or the entries of a feed."""
        hints = {**(entry or {}), "redirects": response.meta.get("redirect_urls", [])}
        if response.request and (referrer := response.request.headers.get("Referer")):
            hints["referrer"] = referrer.decode("latin-1")
        yield {"response": response, "hints": hints}
        if isinstance(response, XmlResponse):
            for item in response.xpath("//item[link]"):
                link = item.xpath("string(link)").get("").strip()
                yield response.follow(link, cb_kwargs={"entry": entry_hints(item)})
        elif isinstance(response, TextResponse) and response.status == 200:
            yield from response.follow_all(css="a[href], link[type='application/rss+xml']")


def entry_hints(item: Selector) -> dict[str, str]:
    """What an entry of an RSS feed says of its page."""
    names = {"feed-title": "title", "feed-published": "pubDate", "feed-source": "source"}
    texts = {name: item.xpath(f"string({element})").get("") for name, element in names.items()}
    return {name: text.strip() for name, text in texts.items() if text.strip()}
