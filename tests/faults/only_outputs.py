"""What FOLD says of pages when its state is lost, beside what it says with it; without Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.read.stage import read
from tests.faults.ledger import Entry


@dataclass(frozen=True)
class Told:
    """What became of an entry that is an article: its story and version, and the event's id.

    Attributes:
        story: None where the page is `unchanged`.
    """

    entry: Entry
    story: str | None
    version: str | None
    id: str


def read_entries(entries: Sequence[Entry]) -> list[tuple[Entry, InputMessage]]:
    """The articles of a ledger as FOLD gets them; pages that READ rejects are left out."""
    found = []
    for offset, entry in enumerate(entries):
        fed = entry.fed
        source = SourcePosition(topic="pages.raw", partition=fed.partition or 0, offset=offset)
        headers = tuple((name, value or b"") for name, value in fed.headers)
        made = read(InputMessage(fed.key, fed.value, headers, fed.timestamp, source))
        if made.topic is Topic.EXTRACTED:
            place = SourcePosition(topic="articles.extracted", partition=0, offset=offset)
            message = InputMessage(made.key, made.value, made.headers, fed.timestamp, place)
            found.append((entry, message))
    return found


def told(articles: Sequence[tuple[Entry, InputMessage]]) -> list[Told]:
    """Fold articles from an empty state; what is told of each."""
    shard = Shard()
    return [_told(entry, fold(message, shard, 0)) for entry, message in articles]


def _told(entry: Entry, records: Sequence[Record]) -> Told:
    first = records[0]
    value = orjson.loads(first.value or b"null")
    id_ = next(value.decode() for name, value in first.headers if name == "ce_id")
    if first.topic is Topic.REJECTED:
        return Told(entry, None, None, id_)
    return Told(entry, value["copydesk"]["story"]["id"], value["version"], id_)
