"""Exports of stories and articles: the same query as JSON, CSV and a feed."""

import csv
import io

import pytest
from lxml import etree

from service.contract.story import Relation
from service.desk.views.exported import ARTICLE_COLUMNS, STORY_COLUMNS
from tests.desk.conftest import Client, Ingest
from tests.desk.records import article, state, story_id, uri

WIRE, FARM = "https://wire.example/bridge", "https://farm.example/bridge"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
async def ingested(ingest: Ingest) -> None:
    await ingest(
        article(WIRE, by="Ines Rovira"),
        article(FARM, title="=HYPERLINK(1)\x08", relation=Relation.SPUN, parent=WIRE, hours=5),
        state(copies=1, hours=5),
        article("https://c.example/dam", "dam", title="Dam", hours=1),
        state("dam", url="https://c.example/dam", headline="Dam", hours=1),
    )


async def test_stories_as_json(client: Client) -> None:
    found = await (await client.get("/stories.json?q=original:wire.example+relation:spun")).json()
    assert (found["total"], found["page"], found["pages"]) == (1, 1, 1)
    (item,) = found["items"]
    assert list(item) == list(STORY_COLUMNS)
    assert item["id"] == story_id("bridge")
    assert item["relations"] == {"spun": 1}
    assert "next" not in found


async def test_pages_lead_to_each_other(client: Client) -> None:
    path, seen = "/stories.json?limit=1", []
    while path:
        answer = await client.get(path)
        found = await answer.json()
        seen += [item["headline"] for item in found["items"]]
        path = found.get("next", "")
        assert ('rel="next"' in answer.headers["Link"]) == bool(path)
    assert seen == ["Harbour bridge reopens after two years", "Dam"]


async def test_a_copy_is_an_entry_of_the_feed(client: Client) -> None:
    answer = await client.get("/articles.atom?q=original:wire.example+relation:spun")
    assert answer.content_type == "application/atom+xml"
    feed = etree.fromstring(await answer.read())
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == uri(FARM)
    assert entry.findtext("a:updated", namespaces=ATOM) == "2026-03-10T11:00:00Z"
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href", "").endswith(f"/article/{uri(FARM)[-32:]}")
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"a:{name}", namespaces=ATOM)


async def test_a_cell_is_no_formula(client: Client) -> None:
    text = await (await client.get("/articles.csv?host=farm.example")).text()
    head, row = csv.reader(io.StringIO(text))
    assert tuple(head) == ARTICLE_COLUMNS
    assert row[head.index("title")].startswith("'=HYPERLINK")


@pytest.mark.parametrize("name", [story_id("bridge"), story_id("bridge")[-32:], uri(FARM)])
async def test_a_storys_articles(client: Client, name: str) -> None:
    found = await (await client.get(f"/story/{name}.json")).json()
    assert [item["uri"] for item in found["items"]] == [uri(FARM), uri(WIRE)]
    only = await (await client.get(f"/story/{name}.json?relation=spun")).json()
    assert [item["uri"] for item in only["items"]] == [uri(FARM)]


async def test_the_etag_changes_with_the_answer(client: Client, ingest: Ingest) -> None:
    for path in ("/stories.json", "/articles.csv", "/articles.atom"):
        etag = (await client.get(path)).headers["ETag"]
        again = await client.get(path, headers={"If-None-Match": etag})
        assert (again.status, again.headers["ETag"]) == (304, etag)
    await ingest(article("https://d.example/new", "new", title="New", hours=2))
    changed = await client.get(path, headers={"If-None-Match": etag})
    assert changed.status == 200


async def test_a_story_that_is_not_stored(client: Client) -> None:
    assert (await client.get("/story/abc.json")).status == 404


async def test_a_withdrawn_article_is_canceled(client: Client, ingest: Ingest) -> None:
    await ingest(article(FARM, text="", canceled=True, relation=Relation.WITHDRAWAL, version=2))
    found = await (await client.get("/articles.json?host=farm.example")).json()
    assert [item["status"] for item in found["items"]] == ["canceled"]
