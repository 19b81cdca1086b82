"""Which records of FOLD are still to be written where the topics have some of them."""

from service.contract.record import Record, Topic
from service.worker.backup.fold_on import Unwritten


def event(topic: Topic, key: str, id_: str) -> Record:
    return Record(topic, key.encode(), b"{}", (("ce_id", id_.encode()),))


def state(key: str) -> Record:
    return Record(Topic.FOLD_STATE, key.encode(), b"{}", partition=0)


def test_events_that_are_there_are_left_out_and_state_never_is() -> None:
    unwritten = Unwritten({"1", "2"})
    made = [event(Topic.ARTICLES, "s", "1"), state("article/1"), event(Topic.ARTICLES, "s", "3")]
    assert list(unwritten.pick(made)) == made[1:]
    assert unwritten.left_out == 1


def test_a_storys_earlier_records_are_left_out_if_a_later_one_is_there() -> None:
    """Compaction takes the earlier ones away; written again they would stand after it."""
    unwritten = Unwritten({"2"})
    records = [event(Topic.STORIES, "s", each) for each in ("1", "2", "3")]
    other = event(Topic.STORIES, "t", "4")
    assert list(unwritten.pick([*records, other])) == []
    assert list(unwritten.held()) == [records[2], other]


def test_of_what_link_is_told_of_a_story_the_last_is_written_in_the_order_of_the_last() -> None:
    unwritten = Unwritten(set())
    begun, gone = (Record(Topic.CONCEPTS, b"s", value, partition=0) for value in (b"{}", None))
    other = Record(Topic.CONCEPTS, b"t", b"{}", partition=0)
    assert list(unwritten.pick([begun, other, gone])) == []
    assert list(unwritten.held()) == [other, gone]
