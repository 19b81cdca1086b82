"""The stream of changes: told at once to who is behind, and to the others when they come."""

import asyncio
import json
from typing import Any

import pytest

from service.desk.views import changes
from tests.desk.conftest import Client, Enter
from tests.desk.told import article, story_id, uri

URL = "https://a.example/1"


async def first_change(client: Client, query: str = "", **headers: str) -> dict[str, Any]:
    async with asyncio.timeout(20), client.get(f"/changes{query}", headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        async for line in answer.content:
            if line.startswith(b"data: "):
                told: dict[str, Any] = json.loads(line[6:])
                return told
    raise AssertionError("the stream ended")


async def test_who_listens_is_told(client: Client, enter: Enter) -> None:
    listening = asyncio.create_task(first_change(client, "?since=0"))
    await asyncio.sleep(0)
    await enter(article(URL))
    told = await listening
    assert told["number"] == 1
    assert set(told["ids"]) == {uri(URL), story_id("bridge")}


async def test_who_was_away_is_told_at_once(client: Client, enter: Enter) -> None:
    await enter(article(URL))
    assert (await first_change(client, "?since=0"))["number"] == 1
    again = await first_change(client, "?since=1", **{"Last-Event-ID": "0"})
    assert again["number"] == 1


async def test_who_was_away_for_too_long_reads_all(client: Client, enter: Enter) -> None:
    await enter(article(URL))
    assert (await first_change(client, "?since=900"))["all"] is True


async def test_only_so_many_may_listen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "STREAMS", 0)
    assert (await client.get("/changes")).status == 503
