"""Articles and stories as Parquet files."""

import io
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.contract.record import Topic
from service.local import parquet_tables
from service.local.last_records import LastRecords
from service.local.parquet_tables import articles_schema, stories_schema, write_parquet
from tests.deploy.folded_sample import sample_records


@pytest.fixture(scope="module")
def last() -> LastRecords:
    last = LastRecords(io.BytesIO())
    for record in sample_records():
        last.add(record)
    return last


def without_nulls(value: object) -> object:
    """A row of a table as the event that it was: what has no value is left out."""
    if isinstance(value, dict):
        return {name: without_nulls(inside) for name, inside in value.items() if inside is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def test_articles_are_in_it_as_they_are_in_the_end(last: LastRecords, tmp_path: Path) -> None:
    write_parquet(last.articles(), articles_schema(), tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    rows = list(map(without_nulls, table.to_pylist()))
    assert rows == list(last.articles())
    uris = {orjson.loads(each.value or b"")["uri"] for each in of_topic(Topic.ARTICLES)}
    assert len(rows) == len(uris)
    assert table.schema.equals(articles_schema())


def test_stories_are_in_it_as_they_are_in_the_end(last: LastRecords, tmp_path: Path) -> None:
    write_parquet(last.stories(), stories_schema(), tmp_path / "s.parquet")
    rows = list(map(without_nulls, pq.read_table(tmp_path / "s.parquet").to_pylist()))
    assert rows == list(last.stories())
    assert len(rows) == len({each.key for each in of_topic(Topic.STORIES)})


def test_a_list_that_is_always_empty_has_its_type(tmp_path: Path) -> None:
    write_parquet([], articles_schema(), tmp_path / "a.parquet")
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert pa.types.is_struct(schema.field("associations").type.value_type)


def test_long_texts_make_small_groups(
    last: LastRecords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_tables, "ROW_GROUP_CHARACTERS", 10_000)
    write_parquet(last.articles(), articles_schema(), tmp_path / "a.parquet")
    file = pq.ParquetFile(tmp_path / "a.parquet")
    assert file.num_row_groups > 3
    assert file.metadata.num_rows == len(list(last.articles()))


def of_topic(topic: Topic) -> list:  # type: ignore[type-arg]
    return [each for each in sample_records() if each.topic is topic]
