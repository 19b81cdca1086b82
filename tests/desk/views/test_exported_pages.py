"""Exports of rejected and failed pages, and of hosts."""

import pytest
from lxml import etree

from service.desk.views.exported_pages import FAILED_COLUMNS, HOST_COLUMNS, REJECTED_COLUMNS
from tests.desk.conftest import Client, Ingest
from tests.desk.records import failure, rejection

LISTS = {"rejected": REJECTED_COLUMNS, "failed": FAILED_COLUMNS, "hosts": HOST_COLUMNS}


@pytest.fixture(autouse=True)
async def ingested(ingest: Ingest) -> None:
    await ingest(
        rejection("https://a.example/1"),
        rejection(None),
        failure("https://b.example/1"),
        failure("https://b.example/2", "timeout", offset=8),
    )


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_has_every_format(client: Client, name: str) -> None:
    found = await (await client.get(f"/{name}.json")).json()
    assert all(tuple(item) == LISTS[name] for item in found["items"])
    assert len(found["items"]) == found["total"] >= 2
    lines = (await (await client.get(f"/{name}.csv")).text()).splitlines()
    assert lines[0] == ",".join(LISTS[name])
    assert len(lines) == found["total"] + 1
    feed = etree.fromstring(await (await client.get(f"/{name}.atom")).read())
    ids = [node.text for node in feed.iterfind("{*}entry/{*}id")]
    assert len(set(ids)) == found["total"]


async def test_filters_are_those_of_the_page(client: Client) -> None:
    found = await (await client.get("/failed.json?reason=timeout&host=b.example")).json()
    assert [item["url"] for item in found["items"]] == ["https://b.example/2"]
    assert found["total"] == 1
