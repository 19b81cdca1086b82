"""The stream of changes: sent at once to clients that are behind, to others when they happen."""

import asyncio
import json
from typing import Any

import pytest

from service.desk.views import changes
from tests.desk.conftest import Client, Ingest
from tests.desk.records import article, story_id, uri

URL = "https://a.example/1"


async def first_change(client: Client, query: str = "", **headers: str) -> dict[str, Any]:
    async with asyncio.timeout(20), client.get(f"/changes{query}", headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        async for line in answer.content:
            if line.startswith(b"data: "):
                event: dict[str, Any] = json.loads(line[6:])
                return event
    raise AssertionError("the stream ended")


async def test_a_listening_client_gets_changes(client: Client, ingest: Ingest) -> None:
    listening = asyncio.create_task(first_change(client, "?since=0"))
    await asyncio.sleep(0)
    await ingest(article(URL))
    event = await listening
    assert event["number"] == 1
    assert set(event["ids"]) == {uri(URL), story_id("bridge")}


async def test_a_client_that_is_behind_gets_changes_at_once(client: Client, ingest: Ingest) -> None:
    await ingest(article(URL))
    assert (await first_change(client, "?since=0"))["number"] == 1
    again = await first_change(client, "?since=1", **{"Last-Event-ID": "0"})
    assert again["number"] == 1


async def test_a_client_that_is_too_far_behind_reloads_everything(
    client: Client, ingest: Ingest
) -> None:
    await ingest(article(URL))
    assert (await first_change(client, "?since=900"))["all"] is True


async def test_the_number_of_streams_is_limited(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "STREAMS", 0)
    assert (await client.get("/changes")).status == 503
