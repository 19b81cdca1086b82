"""Pages that count: what they show, that their links lead to the lists, and their exports."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lxml import html

from service.desk.views import exported_figures
from service.desk.views import figures as pages
from service.desk.views.exported_figures import FIGURES_COLUMNS, OVERVIEW_COLUMNS
from tests.desk.conftest import Client, Ingest
from tests.desk.queries.counted import count, crawl
from tests.desk.records import failure, rejection
from tests.desk.views.test_views import page, words

PAGES = ["/overview", "/agencies", "/agencies/ap", "/agencies/none", "/hosts/wire.example"]
NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The present is some hours after the newest page."""
    for module in (pages, exported_figures):
        monkeypatch.setattr(module, "now", lambda: NOW)
    return


@pytest.fixture
async def ingested(ingest: Ingest) -> None:
    await ingest(
        *crawl(),
        rejection("https://wire.example/about", hours=50),
        rejection("https://wire.example/contact", hours=3),
        failure("https://wire.example/broken", "timeout"),
    )


@pytest.mark.parametrize("path", PAGES)
async def test_every_link_of_a_number_opens_its_list(
    client: Client, ingested: None, path: str
) -> None:
    found = await page(client, path)
    links = {node.get("href") for node in found.cssselect("main a[href^='/']")}
    assert len(links) > 5
    for link in links:
        answer = await client.get(link)
        assert answer.status == 200, link
        text = await answer.text()
        if link.startswith("/?"):
            assert html.document_fromstring(text).cssselect("#stories .story"), link


async def test_the_overview_counts_the_hours_up_to_the_newest_page(
    client: Client, ingested: None
) -> None:
    found = await page(client, "/overview")
    numbers = {
        words(node.cssselect("dt")[0]): words(node.cssselect("dd")[0])
        for node in found.cssselect(".numbers > div")
    }
    last = [each for each in count(crawl()) if each.seen >= "2026-03-11T14"]
    copies = [each for each in last if each.place not in ("original", "withdrawal")]
    assert numbers["copies folded"] == str(len(copies))
    assert numbers["new stories"] == str(sum(each.place == "original" for each in last))
    assert numbers["rejected"] == "1"
    assert numbers["failed"] == "0"
    assert "nothing newer" in words(found.cssselect(".standfirst")[0])


async def test_an_agency_has_its_name_its_sites_and_its_days(
    client: Client, ingested: None
) -> None:
    (row,) = (await page(client, "/agencies")).cssselect("tr[data-key=ap]")
    assert words(row.cssselect("th")[0]) == "Associated Press"
    found = await page(client, "/agencies/ap?days=7")
    assert words(found.cssselect("h1")[0]) == "Associated Press"
    sites = [node.get("data-key") for node in found.cssselect("tr[data-key]")]
    assert sorted(sites) == ["peak.example", "wire.example", "www.farm.example"]
    assert len(found.cssselect("#by-day tbody tr")) == 7
    await page(client, "/agencies/nobody", 404)


async def test_a_site_says_whose_copies_it_carries_and_who_carries_its_own(
    client: Client, ingested: None
) -> None:
    found = await page(client, "/hosts/www.farm.example")
    (sources,) = found.cssselect("section[aria-labelledby=sources-title]")
    assert "wire.example" in words(sources)
    (carriers,) = found.cssselect("section[aria-labelledby=carriers-title]")
    (row,) = carriers.cssselect("tbody tr")
    cells = [words(node) for node in row]
    # It was fetched before the original: it is a copy, and how late it is is not known.
    assert cells == ["peak.example", "1", "1", "–", "100 %"]


async def test_a_day_can_be_asked_for(client: Client, ingested: None) -> None:
    found = await (await client.get("/hosts/peak.example.json?days=1&until=2026-03-11")).json()
    expected = [
        each
        for each in count(crawl())
        if each.host == "peak.example" and each.seen.startswith("2026-03-11")
    ]
    (every,) = [row for row in found["items"] if row["by"] == "all"]
    assert every["copies"] == len(expected) > 0
    assert every["since"] == "2026-03-11T00:00:00Z"


@pytest.mark.parametrize("path", PAGES)
async def test_json_and_csv_have_the_same_rows(client: Client, ingested: None, path: str) -> None:
    answer = await client.get(f"{path}.json")
    items = (await answer.json())["items"]
    columns = OVERVIEW_COLUMNS if path == "/overview" else FIGURES_COLUMNS
    assert all(tuple(item) == columns for item in items)
    rows = list(csv.reader(io.StringIO(await (await client.get(f"{path}.csv")).text())))
    assert tuple(rows[0]) == columns
    assert len(rows) == len(items) + 1
    same = await client.get(f"{path}.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status == 304
    assert (await client.get(f"{path}.atom")).status == 404


@pytest.mark.parametrize("path", ["/overview", "/agencies"])
async def test_without_articles_a_page_says_what_would_be_there(client: Client, path: str) -> None:
    assert (await page(client, path)).cssselect(".empty h2")


async def test_the_story_shows_how_it_spread(client: Client, ingested: None) -> None:
    found = await page(
        client, f"/story/{count(crawl())[0].story.removeprefix('urn:copydesk:story:')}"
    )
    (spread,) = found.cssselect("#spread")
    rows = [words(node) for node in spread.cssselect("tbody tr")]
    assert rows[-1] == "all432 edited, 1 spun, 1 verbatim"
    assert words(spread.cssselect(".chain li")[0]).startswith("original")
    assert len(spread.cssselect(".chain li")) == 5
    assert spread.cssselect("svg rect.other")


async def test_rejected_pages_can_be_listed_by_time(client: Client, ingested: None) -> None:
    found = await (await client.get("/rejected.json?since=2026-03-12&until=2026-03-12")).json()
    assert [item["url"] for item in found["items"]] == ["https://wire.example/about"]
    shown = await page(client, "/rejected?until=2026-03-10")
    assert len(shown.cssselect(".without-event > li")) == 1
    assert "Of any time" in words(shown.cssselect("#reasons")[0])
