"""Read the records that `copydesk fold` wrote, in place of the output topics."""

import asyncio
import base64
import binascii
import gzip
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from service.contract.record import Topic
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.batch import INGEST, ingest_batch
from service.desk.ingest.reader import Reading
from service.desk.ingest.record import Arrived
from service.desk.read_model import ReadModel

_BATCH = 500
_TOPICS = {topic.value: topic for topic in Topic}


class UnreadableEvents(Exception):
    """The file cannot be read, or is not what `copydesk fold` writes; the message says where."""


class EventsReader:
    """Reads a file once, from its beginning to its end."""

    def __init__(self, model: ReadModel, path: Path, change_feed: ChangeFeed, keep: int) -> None:
        self._model = model
        self._path = path
        self._change_feed = change_feed
        self._keep = keep
        self.reading = Reading(path.name, connected=True, from_file=True)

    async def run(self) -> None:
        """Read the file, then wait until cancelled.

        Raises:
            UnreadableEvents: a line is no record.
            sqlite3.Error: the read model cannot be written.
        """
        records = arrived_in(self._path)
        while batch := await asyncio.to_thread(list, itertools.islice(records, _BATCH)):
            self._change_feed.publish(await self._model.write(ingest_batch, batch, self._keep))
        self.reading.caught_up = True
        await asyncio.Event().wait()


def arrived_in(path: Path) -> Iterator[Arrived]:
    """Yield the records of the output topics in a file of JSON lines, also gzipped (`.gz`).

    A record's offset is the number of its line, from 0. Records of other topics are left out.

    Raises:
        UnreadableEvents: the file cannot be read, or a line is no record.
    """
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines):
                if line.strip() and (record := _arrived(orjson.loads(line), number)):
                    yield record
    except (OSError, EOFError) as error:
        raise UnreadableEvents(f"{path}: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableEvents(
            f"{path}, line {number + 1}: no record as `copydesk fold` writes it"
        ) from error


def _arrived(row: Any, number: int) -> Arrived | None:
    topic = _TOPICS[row["topic"]]
    if topic not in INGEST:
        return None
    return Arrived(
        topic=topic,
        partition=0,
        offset=number,
        key=None if row["key"] is None else row["key"].encode(),
        value=_value(row),
        headers=tuple(
            (name, each.encode())
            for name, value in row["headers"].items()
            for each in (value if isinstance(value, list) else [value])
        ),
    )


def _value(row: Any) -> bytes | None:
    if row["value"] is None:
        return None
    if row.get("value_encoding") == "base64":
        try:
            return base64.b64decode(row["value"], validate=True)
        except binascii.Error as error:
            raise ValueError("no base64") from error
    return orjson.dumps(row["value"])
