"""What comes of labelled pages fits IPTC's schema and ours."""

import gzip
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.read.stage import read
from tests.contract.formats import record_complaints
from tests.contract.messages import json_message

LABELLED = 8
"""Labelled pages of each set: all of them take some minutes."""


def written(pages: Iterable[InputMessage]) -> Iterator[Record]:
    shard = Shard()
    for message in pages:
        record = read(message)
        if record.topic is Topic.EXTRACTED:
            yield from fold(
                InputMessage(record.key, record.value, (), None, message.source), shard, 0
            )
        else:
            yield record


@pytest.mark.slow
def test_labelled_pages_fit(shared_data: Path) -> None:
    records = list(written(labelled(shared_data)))
    assert sum(record.topic is Topic.ARTICLES for record in records) > LABELLED
    assert [each for record in records for each in record_complaints(record)] == []


def labelled(shared_data: Path) -> Iterator[InputMessage]:
    """Pages from all over two labelled sets."""
    for name in ("train", "more"):
        with gzip.open(shared_data / "pages" / f"{name}.jsonl.gz", "rt") as lines:
            rows = [json.loads(line) for line in lines]
        for row in islice(rows, 0, None, len(rows) // LABELLED):
            url = row["url"] or f"https://news.example/{row['id']}"
            yield json_message({"url": url, "text": row["html"]})
