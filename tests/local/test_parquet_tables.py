"""Articles and stories as Parquet files."""

from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.contract.schema.article_examples import (
    example_article,
    example_restated,
    example_takedown,
)
from service.contract.schema.examples import example_story
from service.contract.serde import dump
from service.local import parquet_tables
from service.local.last_records import FIRST_FETCHED
from service.local.parquet_tables import articles_schema, stories_schema, write_parquet

ARTICLES: list[dict[str, Any]] = [
    orjson.loads(dump(each)) for each in (example_article(), example_takedown(), example_restated())
]
ARTICLES[0][FIRST_FETCHED] = "2024-05-14T09:30:00+00:00"


def without_nulls(value: object) -> object:
    """A row of a table as the event that it was: what has no value is left out."""
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def test_every_property_of_an_article_is_in_it(tmp_path: Path) -> None:
    write_parquet(ARTICLES, articles_schema(), tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert list(map(without_nulls, table.to_pylist())) == ARTICLES
    assert table.schema.equals(articles_schema())


def test_every_property_of_a_story_is_in_it(tmp_path: Path) -> None:
    story = orjson.loads(dump(example_story()))
    write_parquet([story], stories_schema(), tmp_path / "s.parquet")
    assert list(map(without_nulls, pq.read_table(tmp_path / "s.parquet").to_pylist())) == [story]


def test_a_list_that_is_always_empty_has_its_type(tmp_path: Path) -> None:
    write_parquet([], articles_schema(), tmp_path / "a.parquet")
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert pa.types.is_struct(schema.field("associations").type.value_type)


def test_long_texts_make_small_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_tables, "ROW_GROUP_CHARACTERS", 200)
    write_parquet(ARTICLES[:1] * 9, articles_schema(), tmp_path / "a.parquet")
    file = pq.ParquetFile(tmp_path / "a.parquet")
    assert file.num_row_groups > 3
    assert file.metadata.num_rows == 9
