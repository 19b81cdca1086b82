"""A changed table of publishers reaches the pages that are read after the change."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.contract.extracted import Extracted
from service.contract.record import Record
from service.contract.serde import load
from service.sandbox.from_settings import open_sandbox, read_options
from service.sandbox.pool import Sandbox
from service.settings import FixedSettings
from tests.contract.messages import message
from tests.worker.heavy_pages import good_page

HEAD = "host,publisher,owner\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "publishers.csv"
    path.write_text(f"{HEAD}pier.example,Pier Post,Coast\n")
    return path


@pytest.fixture
async def sandbox(table: Path) -> AsyncIterator[Sandbox]:
    opened = open_sandbox(FixedSettings(publishers=table, extractors=2))
    try:
        yield opened
    finally:
        await opened.close()


def publisher(record: Record) -> str | None:
    found = load(Extracted, record.value or b"").publisher
    return found.name if found else None


def read(sandbox: Sandbox, number: int) -> "asyncio.Future[Record]":
    url = f"https://www.pier.example/{number}".encode()
    return sandbox.read(message(good_page(number), (("url", url),), key=url))


async def test_pages_have_the_publisher_of_the_table_as_it_was_when_they_came(
    sandbox: Sandbox, table: Path
) -> None:
    before = [read(sandbox, number) for number in range(4)]
    assert publisher(await before[0]) == "Pier Post"
    await asyncio.to_thread(table.write_text, f"{HEAD}pier.example,Pier News,Coast\n")
    after = [read(sandbox, number) for number in range(4)]
    assert {publisher(await each) for each in after} == {"Pier News"}
    assert {publisher(await each) for each in before} <= {"Pier Post", "Pier News"}
    await asyncio.to_thread(table.write_text, "nonsense")
    assert publisher(await read(sandbox, 1)) == "Pier News"
    assert not sandbox.troubles


def test_without_a_table_no_page_has_a_publisher(table: Path) -> None:
    assert read_options(FixedSettings()).publishers.of("pier.example") is None
    found = read_options(FixedSettings(publishers=table)).publishers.of("pier.example")
    assert found is not None
    assert (found.name, found.owner) == ("Pier Post", "Coast")
