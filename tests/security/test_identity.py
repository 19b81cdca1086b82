"""Pages that pass for another page, or make others overwrite each other: by their address, or by
the address that they declare. Each attack goes through READ and FOLD, as a page does."""

import random
import re
from dataclasses import dataclass
from functools import cache

import orjson
import pytest

from service.contract.extracted import SourcePosition
from service.contract.identity import article_uri
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.sample.texts import story_text
from service.read.stage import read

AP = "https://apnews.com/article/ferry-fire-lone-mesa-4f1c"
SITE = "https://www.ledger.example"
STORIES = ("dam", "bridge", "syrup", "belfry", "cheese", "carriers")


@dataclass(frozen=True)
class Page:
    """A page as crawled; `head` stands in its head, `body` after its text."""

    url: str
    text: str
    title: str
    head: str = ""
    body: str = ""

    def message(self, offset: int) -> InputMessage:
        paragraphs = "".join(f"<p>{each}</p>" for each in self.text.split("\n\n"))
        html = (
            f"<!DOCTYPE html><html lang=en><head><title>{self.title}</title>{self.head}</head>"
            f"<body><article><h1>{self.title}</h1>{paragraphs}</article>{self.body}</body></html>"
        )
        headers = (
            ("url", self.url.encode()),
            ("fetched-at", f"2026-03-10T{6 + offset // 60:02}:{offset % 60:02}:00Z".encode()),
            ("content-type", b"text/html; charset=utf-8"),
        )
        source = SourcePosition(topic="pages.raw", partition=0, offset=offset)
        return InputMessage(self.url.encode(), html.encode(), headers, None, source)


@dataclass(frozen=True)
class Event:
    """What came of a page: its event, or why there is none."""

    topic: Topic
    uri: str | None = None
    version: str = ""
    kind: str = ""
    canonical_url: str = ""
    host: str = ""
    is_original: bool = False
    reason: str = ""
    story: str = ""


def crawl(*pages: Page, shard: Shard | None = None, first: int = 0) -> list[Event]:
    """READ and FOLD pages, one after the other."""
    shard = shard or Shard()
    events = []
    for offset, page in enumerate(pages, start=first):
        message = page.message(offset)
        record = read(message)
        if record.topic is Topic.EXTRACTED:
            extracted = InputMessage(record.key, record.value, record.headers, None, message.source)
            record = fold(extracted, shard, 0)[0]
        events.append(event_of(record))
    return events


def event_of(record: Record) -> Event:
    headers = dict(record.headers)
    if record.topic is not Topic.ARTICLES:
        return Event(record.topic, reason=headers["copydesk-reason"].decode())
    value = orjson.loads(record.value or b"")
    block = value["copydesk"]
    return Event(
        Topic.ARTICLES,
        value["uri"],
        value["version"],
        headers["ce_type"].decode().rpartition(".")[2],
        block["page"]["canonical_url"],
        block["page"]["host"],
        block["wire"]["is_original"],
        story=block["story"]["id"],
    )


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


@cache
def reports() -> tuple[str, ...]:
    """Fifty texts of English words, of which no two have a sentence in common."""
    texts = ("\n".join(story_text(story, "original")) for story in STORIES)
    words = sorted({word for text in texts for word in re.findall(r"[a-z]{4,}", text)})
    lot = random.Random(7)

    def sentence(number: int) -> str:
        name = "".join(word[:4] for word in lot.sample(words, 2)).capitalize()
        return f"The {' '.join(lot.sample(words, 12))}, said {name} {number} on Tuesday."

    return tuple(
        "\n\n".join(
            " ".join(sentence(100 * number + line) for line in range(first, first + 3))
            for first in (0, 3, 6, 9)
        )
        for number in range(50)
    )


def report(number: int, url: str, **more: str) -> Page:
    title = " ".join(reports()[number].split()[1:7]).capitalize()
    return Page(url, reports()[number], title, **more)


def ap_story() -> Page:
    return Page(AP, "\n\n".join(story_text("ferry-ap", "original")), "Ferry burns off Lone Mesa")


FORGED = Page("", reports()[0], "Minister resigns after all")


@pytest.mark.parametrize(
    "url",
    [
        AP.replace("https://", "https://www.google.evil.example/amp/s/"),
        AP.replace("https://", "https://google.com.evil.example/amp/s/"),
        AP.replace("https://", "https://evil.example?x=.cdn.ampproject.org/c/s/"),
        AP.replace("https://", "https://evil.example/.cdn.ampproject.org/c/s/"),
        AP.replace("https://", "https://evil-example.cdn.ampproject.org/c/s/"),
    ],
)
def test_an_address_that_contains_aps_is_not_aps(url: str) -> None:
    genuine, forged = crawl(ap_story(), Page(url, FORGED.text, FORGED.title))
    assert genuine.is_original
    assert (genuine.uri, genuine.version) == (article_uri(AP), "1")
    assert forged.topic is Topic.ARTICLES
    assert (forged.version, forged.is_original) == ("1", False)
    assert forged.uri != genuine.uri
    assert forged.host != "apnews.com"


@pytest.mark.parametrize(
    "url",
    [
        AP.replace("https://", "https://evil.example\\@"),
        AP.replace("https://", "https:\\\\evil.example\\@"),
        "https://apnews.com@evil.example/article/ferry-fire-lone-mesa-4f1c",
        "https://evil.example@apnews.com/article/ferry-fire-lone-mesa-4f1c",
        "https:///apnews.com/article/ferry-fire-lone-mesa-4f1c",
    ],
)
def test_an_address_that_hides_its_host_is_a_dead_letter(url: str) -> None:
    _, forged = crawl(ap_story(), Page(url, FORGED.text, FORGED.title))
    assert (forged.topic, forged.reason) == (Topic.FAILED, "no_url")


@pytest.mark.parametrize(
    "url",
    [
        AP.replace("https://", "https://apnews-com.cdn.ampproject.org/c/s/"),
        AP.replace("https://", "https://www.google.co.uk/amp/s/"),
        f"{AP}?utm_source=x&amp;utm_medium=y",
    ],
)
def test_aps_page_in_a_real_cache_is_aps(url: str) -> None:
    genuine, cached = crawl(ap_story(), Page(url, ap_story().text, ap_story().title))
    assert genuine.topic is Topic.ARTICLES
    assert (cached.topic, cached.reason) == (Topic.REJECTED, "unchanged")


def test_a_page_that_declares_aps_address_is_not_ap() -> None:
    page = Page("https://evil.example/x", FORGED.text, FORGED.title, canonical(AP))
    genuine, forged = crawl(ap_story(), page)
    assert forged.uri != genuine.uri
    assert (forged.version, forged.host) == ("1", "evil.example")


@pytest.mark.parametrize(
    "href",
    ["undefined", "/news/", "/", "{{slug}}", "/404", "/a-story-of-x, /b-story-of-y", "/2026/03/"],
)
def test_articles_of_a_template_with_a_broken_address_do_not_overwrite_each_other(
    href: str,
) -> None:
    pages = [
        report(number, f"{SITE}/news/report-of-day-{1000 + number}", head=canonical(href))
        for number in range(3)
    ]
    events = crawl(*pages)
    assert [event.canonical_url for event in events] == [page.url for page in pages]
    assert {event.version for event in events} == {"1"}


def test_a_card_embedded_in_the_body_does_not_name_the_page() -> None:
    other = f"{SITE}/news/quay-traders-ask-relief"
    card = f'<div class="embed">{canonical(other)}</div>'
    first, second = crawl(report(0, other), report(1, f"{SITE}/news/bridge-open-again", body=card))
    assert first.uri == article_uri(other)
    assert second.canonical_url == f"{SITE}/news/bridge-open-again"
    assert second.version == "1"


def test_page_two_does_not_replace_page_one() -> None:
    url = f"{SITE}/news/bridge-reopens-after-repair"
    pages = [
        Page(url, reports()[0], "Bridge reopens", canonical(url)),
        Page(f"{url}?page=2", reports()[1], "Bridge reopens", canonical(url)),
        Page(f"{url}/3", reports()[2], "Bridge reopens", canonical(url)),
        # No number that could be seen: the text shows it.
        Page(f"{url}/continued", reports()[3], "Bridge reopens", canonical(url)),
    ]
    events = crawl(*pages)
    assert [event.canonical_url for event in events] == [page.url for page in pages]
    assert {event.version for event in events} == {"1"}


DECLARED = f"{SITE}/news/the-one-address-of-all"


def template(count: int = 50) -> list[Page]:
    """Pages of a template that declares one address, which looks like that of an article."""
    return [
        report(number, f"{SITE}/news/report-of-day-{1000 + number}", head=canonical(DECLARED))
        for number in range(count)
    ]


@pytest.mark.parametrize("place", [None, 0, 1, 49])
def test_a_template_that_declares_one_address_costs_no_article(place: int | None) -> None:
    """The page at the declared address is not crawled, or comes first, second or last."""
    pages = template()
    if place is not None:
        pages[place] = report(place, DECLARED, head=canonical(DECLARED))
    events = crawl(*pages)
    assert {event.topic for event in events} == {Topic.ARTICLES}
    assert {event.version for event in events} == {"1"}
    assert "revised" not in {event.kind for event in events}
    assert len({event.uri for event in events}) == len(pages)


@pytest.mark.parametrize("place", [None, 1])
def test_articles_of_a_template_are_recognised_when_crawled_again(place: int | None) -> None:
    pages = template(5)
    if place is not None:
        pages[place] = report(place, DECLARED, head=canonical(DECLARED))
    shard = Shard()
    crawl(*pages, shard=shard)
    again = crawl(*pages, shard=shard, first=10)
    assert [event.reason for event in again] == ["unchanged"] * 5


def test_an_article_that_is_fetched_from_two_of_its_addresses_is_one() -> None:
    """What the declared address is for: the same story on a section's page and on its own."""
    pages = [
        report(0, f"{SITE}/sports/live/report-of-day-1000", head=canonical(DECLARED)),
        report(0, f"{SITE}/m/story-view-1000", head=canonical(DECLARED)),
        report(0, DECLARED, head=canonical(DECLARED)),
    ]
    first, *others = crawl(*pages)
    assert first.uri == article_uri(DECLARED)
    assert [event.reason for event in others] == ["unchanged"] * 2


@pytest.mark.parametrize(
    "path",
    [
        "/(S(lit3py55t21z5v55vlm25s55))/story.aspx?id=1234",
        "/story.aspx?id=1234&CFID=99&CFTOKEN=33333333",
        "/story.aspx?id=1234&replytocom=17",
        "/story.aspx?id=1234&amp;utm_source=rss",
    ],
)
def test_a_visit_makes_no_copy_of_an_article(path: str) -> None:
    first, second = crawl(report(0, f"{SITE}/story.aspx?id=1234"), report(0, SITE + path))
    assert first.topic is Topic.ARTICLES
    assert second.reason == "unchanged"


def test_a_host_may_be_an_ipv6_address() -> None:
    (event,) = crawl(report(0, "http://[2001:db8::7]:8080/news/report-of-day-1"))
    assert event.canonical_url == "https://[2001:db8::7]:8080/news/report-of-day-1"
    assert event.host == "2001:db8::7"
