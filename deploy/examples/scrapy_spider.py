"""A spider that follows the links of one site and hands every page to the pipeline.

scrapy runspider scrapy_spider.py -a start=https://www.example.com/ -s COPYDESK_BROKERS=kafka:9092
"""

from urllib.parse import urlsplit

import scrapy


class NewsSpider(scrapy.Spider):
    """Polite, and it reports pages that are gone as well."""

    name = "news"
    handle_httpstatus_list = [404, 410]  # noqa: RUF012 - Scrapy's way
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {"scrapy_pipeline.CopydeskPipeline": 900},
        "ROBOTSTXT_OBEY": True,
        "AUTOTHROTTLE_ENABLED": True,
    }

    def __init__(self, start, **more):
        super().__init__(**more)
        self.start_urls = [start]
        self.allowed_domains = [urlsplit(start).hostname]

    def parse(self, response):
        """Hand the page on, and follow its links."""
        yield {"response": response}
        if response.status == 200:
            yield from response.follow_all(css="a[href]")
