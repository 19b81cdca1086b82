"""Pages that count: what they show, that their links lead to the lists, and their exports."""

import pytest
from lxml import html

from tests.desk.conftest import Client
from tests.desk.queries.counted import count, crawl
from tests.desk.views.test_views import page, words

PAGES = ["/overview", "/agencies", "/agencies/ap", "/agencies/none", "/hosts/wire.example"]


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
