"""A Scrapy item pipeline that writes every page to `pages.raw`; a spider yields {"response": ...},
and may add what it knew of the page before: {"hints": {"feed-title": "Ferries sail again"}}, where
a value is a text or a list of texts.

In the project's settings (the reactor is Scrapy's default since 2.7):

    ITEM_PIPELINES = {"scrapy_pipeline.CopydeskPipeline": 900}
    COPYDESK_BROKERS = "kafka:9092"
"""

from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaProducer
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings


class CopydeskPipeline:
    """One producer a crawl. Scrapy has decompressed the body, so no content-encoding is said."""

    def __init__(self, settings: BaseSettings) -> None:
        self.settings = settings

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CopydeskPipeline":
        return cls(crawler.settings)

    async def open_spider(self) -> None:
        brokers = self.settings.get("COPYDESK_BROKERS", "127.0.0.1:9092")
        self.producer = AIOKafkaProducer(bootstrap_servers=brokers, acks="all")
        await self.producer.start()

    async def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        page: Response = item["response"]
        about = {"url": page.url, "status": str(page.status), "crawler": "scrapy"}
        about["fetched-at"] = datetime.now(UTC).isoformat(timespec="seconds")
        about["content-type"] = (page.headers.get("Content-Type") or b"").decode("latin-1")
        headers = [(name, value.encode()) for name, value in about.items()]
        for name, given in item.get("hints", {}).items():
            texts = [given] if isinstance(given, str) else given
            headers += [(f"hint-{name}", text.encode()) for text in texts]
        topic = self.settings.get("COPYDESK_TOPIC", "pages.raw")
        await self.producer.send(topic, page.body, key=page.url.encode(), headers=headers)
        return item

    async def close_spider(self) -> None:
        await self.producer.stop()  # waits until the broker has all
