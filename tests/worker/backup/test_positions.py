"""Positions in another cluster's log say nothing of the pages in its copy."""

import pytest

from service.contract.extracted import Extracted, ReadInput
from service.contract.fold_state import ArticleRecord, StoryRecord
from service.contract.record import Record, Topic
from service.contract.serde import load
from service.fold.assign.decision import Placed, Repeat
from service.fold.shard import Shard
from service.fold.stage import state_records
from service.worker.backup.positions import without_position
from tests.fold.articles import extracted, text_of

WRITTEN = 1_780_000_000_000
"""Of every page: a crawler may set the time of its records itself."""


def page(offset: int, more: str = "") -> Extracted:
    made = extracted(text_of("ferry-ap") + more, url="https://a.example/ferry", offset=offset)
    return made.model_copy(update={"input": ReadInput(id=f"{offset}{more}", written=WRITTEN)})


def moved(records: list[Record]) -> Shard:
    """A shard restored from records of another cluster."""
    records = [without_position(each) for each in records]
    shard = Shard()
    values = {each.key.split(b"/")[0]: each.value for each in records if each.key and each.value}
    shard.restore([load(ArticleRecord, values[b"article"])], [load(StoryRecord, values[b"story"])])
    return shard


@pytest.mark.parametrize("offset", [0, 6, 7])
def test_a_later_page_that_stands_before_the_last_position_has_an_outcome(offset: int) -> None:
    placed = Shard().place(page(7))
    assert isinstance(placed, Placed)
    shard = moved(list(state_records(placed.saved, 0)))
    assert shard.place(page(7)) == Repeat()
    update = page(offset, "\n\nThe ferry was towed to port in the evening, its owner said.")
    assert isinstance(shard.place(update), Placed)
    assert shard.place(update) == Repeat()
    assert shard.place(page(7)) == Repeat()


def test_other_records_stay_as_they_are() -> None:
    for record in (
        Record(Topic.FOLD_STATE, b"article/a", None, partition=0),
        Record(Topic.FOLD_STATE, b"story/a", b"{}", partition=0),
        Record(Topic.ARTICLES, b"article/a", b"{}"),
    ):
        assert without_position(record) is record
