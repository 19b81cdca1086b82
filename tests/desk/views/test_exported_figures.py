"""The figures for programs: the same in JSON and CSV, of the days that are asked for."""

import csv
import io

import pytest

from service.desk.views.exported_figures import FIGURES_COLUMNS, OVERVIEW_COLUMNS
from tests.desk.conftest import Client
from tests.desk.queries.counted import count, crawl
from tests.desk.views.test_figures import PAGES


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
