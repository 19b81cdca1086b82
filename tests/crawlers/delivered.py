"""What copydesk makes of the files that a crawler left."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from service.contract.outcome import REASON
from service.contract.record import InputMessage, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.read_files import read_inputs
from service.read.stage import read
from tests.crawlers.news_site import ARTICLES


@dataclass
class Delivered:
    """Outcomes by the last part of the page's address.

    Attributes:
        events: the newest event of each article.
        reasons: why pages were rejected or failed, in order.
    """

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def deliver(folder: Path) -> Delivered:
    """Run every file of a folder through READ and FOLD, without a broker."""
    found, shard = Delivered(), Shard(one_clock=True)
    for message in read_inputs([folder]):
        record = read(message)
        records = [record]
        if record.topic is Topic.EXTRACTED:
            placed = InputMessage(record.key, record.value, record.headers, None, message.source)
            records = fold(placed, shard, 0)
        for each in records:
            value = orjson.loads(each.value or b"null")
            if each.topic is Topic.ARTICLES:
                found.events[_name(value["copydesk"]["page"]["url"])] = value
            elif each.topic in (Topic.REJECTED, Topic.FAILED):
                reason = dict(each.headers)[REASON].decode()
                address = (value or {}).get("url") if each.topic is Topic.REJECTED else None
                found.reasons[_name(address or "")].append(reason)
    return found


def check_articles(found: Delivered, *, fetched: bool = True) -> None:
    """Assert that each article of the site came out whole, with its address and time of fetch, and
    that the page at a second address is its copy.

    Args:
        fetched: False if the crawler writes no time.
    """
    assert set(found.events) == set(ARTICLES)
    for name, page in ARTICLES.items():
        event = found.events[name]
        assert event["headlines"][0]["value"] == page.title
        assert event["bodies"][0]["value"].endswith(page.last), name
        assert event["copydesk"]["wire"]["agency"] == "ap"
        assert event["copydesk"]["quality"].get("flags", []) == []
        assert ("fetched_at" in event["copydesk"]["page"]) == fetched
    ferry, copy = (found.events[name]["copydesk"]["story"] for name in ("ferry.html", "copy.html"))
    assert ferry["id"] == copy["id"]
    assert {ferry["relation"], copy["relation"]} == {"original", "verbatim"}


def check_rest(found: Delivered, *names: str) -> None:
    """Assert that these other pages came, and were rejected for what they are."""
    expected = {"": "no_article", "gone.html": "http_error", "moved.html": "http_error"}
    for name in names:
        assert expected[name] in found.reasons[name], name
    assert "no_body" not in {each for name in ARTICLES for each in found.reasons[name]}


def _name(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2]
