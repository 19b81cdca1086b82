"""The oracle itself: it is content with a run without faults, and sees each kind of fault."""

import dataclasses
from collections import Counter
from collections.abc import Container

import pytest

from service.contract.extracted import SourcePosition
from service.contract.outcome import FailureReason, failure_record
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.read.stage import read
from service.settings import Settings
from tests.faults.ledger import Entry, Generator, Kind
from tests.faults.oracle import TOPICS, Positions, compare
from tests.faults.verdict import Verdict
from tests.worker.topics_reader import Seen

PAGES = 160
ENTRIES = Generator(5, partitions=2).take(PAGES)


class Topics:
    """What stands in the topics after a run that nothing disturbed.

    Args:
        broken: numbers of pages whose reader broke.
    """

    def __init__(self, entries: list[Entry], broken: Container[int] = ()) -> None:
        self.seen: list[Seen] = []
        self.positions: dict[int, tuple[int, int]] = {}
        self._ends: Counter[tuple[Topic, int]] = Counter()
        shard = Shard()
        for entry in entries:
            message = self._message(entry)
            if entry.number in broken:
                self.append(_crashed(message))
                continue
            extracted = self.append(read(message))
            if extracted.topic is Topic.EXTRACTED:
                for made in fold(_as_input(extracted), shard, 0):
                    if made.topic in TOPICS:
                        self.append(made)

    def append(self, record: Record) -> Seen:
        partition = record.partition or 0
        seen = Seen(
            record.topic,
            partition,
            self._next(record.topic, partition),
            record.key,
            record.value,
            record.headers,
            record.timestamp or 0,
        )
        self.seen.append(seen)
        return seen

    def _message(self, entry: Entry) -> InputMessage:
        fed = entry.fed
        partition = fed.partition or 0
        offset = self._next(Topic.RAW, partition)
        self.positions[entry.number] = (partition, offset)
        source = SourcePosition(topic="pages.raw", partition=partition, offset=offset)
        return InputMessage(fed.key, fed.value, fed.headers, fed.timestamp, source)  # type: ignore[arg-type]

    def _next(self, topic: Topic, partition: int) -> int:
        self._ends[topic, partition] += 1
        return self._ends[topic, partition] - 1


def _crashed(message: InputMessage) -> Record:
    return failure_record(
        message, stage="read", reason=FailureReason.CRASHED, error="Crashed", detail="it ended"
    )


def _as_input(seen: Seen) -> InputMessage:
    source = SourcePosition(topic="extracted", partition=0, offset=seen.offset)
    return InputMessage(seen.key, seen.value, seen.headers, seen.timestamp, source)


@pytest.fixture(scope="module")
def whole() -> Topics:
    return Topics(ENTRIES)


def judged(seen: list[Seen], positions: Positions, *, exact: bool = True) -> Verdict:
    return compare(seen, ENTRIES, positions, Settings(), exact=exact)


def first(seen: list[Seen], topic: Topic) -> Seen:
    return next(record for record in seen if record.topic is topic)


def promises(verdict: Verdict) -> set[str]:
    return {each.split(":")[0] for each in verdict.broken}


def test_a_page_whose_reader_broke_is_told_when_it_comes_again() -> None:
    again = next(entry for entry in ENTRIES if entry.kind is Kind.RECRAWL)
    earlier = {
        entry.number
        for entry in ENTRIES[: again.number]
        if entry.fed.key == again.fed.key and entry.kind is not Kind.RECRAWL
    }
    topics = Topics(ENTRIES, earlier)
    verdict = compare(
        topics.seen,
        ENTRIES,
        topics.positions,
        Settings(),
        exact=True,
        excused={FailureReason.CRASHED.value},
    )
    assert not verdict.broken, verdict
    assert verdict.excused == len(earlier) > 0


def test_every_kind_of_page_is_in_the_ledger() -> None:
    assert {entry.kind for entry in ENTRIES} == set(Kind)
    assert len({entry.fed.value for entry in ENTRIES if entry.kind is Kind.ORIGINAL}) == len(
        [entry for entry in ENTRIES if entry.kind is Kind.ORIGINAL]
    )


def test_the_same_seed_makes_the_same_ledger() -> None:
    assert Generator(5, partitions=2).take(PAGES) == ENTRIES
    assert Generator(6, partitions=2).take(PAGES) != ENTRIES


def test_what_is_taken_in_parts_is_what_is_taken_at_once() -> None:
    parts = Generator(5, partitions=2)
    assert [*parts.take(60), *parts.take(PAGES - 60)] == ENTRIES


def test_a_run_without_faults_breaks_no_promise(whole: Topics) -> None:
    verdict = judged(whole.seen, whole.positions)
    assert not verdict.broken, verdict
    assert verdict.lost == 0
    assert not +verdict.repeated


@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.REJECTED, Topic.FAILED])
def test_a_page_without_an_outcome_is_lost(whole: Topics, topic: Topic) -> None:
    gone = first(whole.seen, topic)
    verdict = judged([each for each in whole.seen if each is not gone], whole.positions)
    assert verdict.lost == 1
    assert "each page has an outcome" in promises(verdict)


def test_a_repeat_is_counted_and_forbidden_where_writes_are_atomic(whole: Topics) -> None:
    event = first(whole.seen, Topic.ARTICLES)
    again = [*whole.seen, dataclasses.replace(event, offset=9999)]
    assert "one event for each version" in promises(judged(again, whole.positions))
    verdict = judged(again, whole.positions, exact=False)
    assert not verdict.broken, verdict
    assert verdict.repeated[Topic.ARTICLES] == 1


@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.STORIES, Topic.REJECTED])
def test_a_repeat_with_other_bytes_is_a_fault(whole: Topics, topic: Topic) -> None:
    record = first(whole.seen, topic)
    other = dataclasses.replace(record, offset=9999, value=(record.value or b"") + b" ")
    verdict = judged([*whole.seen, other], whole.positions, exact=False)
    assert "a repeat has the same id and bytes" in promises(verdict)


@pytest.mark.parametrize("change", [{"value": b"cut"}, {"key": b"other"}, {"timestamp": 1}])
def test_a_dead_letter_that_is_not_its_input_is_a_fault(
    whole: Topics, change: dict[str, object]
) -> None:
    letter = first(whole.seen, Topic.FAILED)
    spoilt = dataclasses.replace(letter, **change)  # type: ignore[arg-type]
    seen = [spoilt if each is letter else each for each in whole.seen]
    assert promises(judged(seen, whole.positions)) == {"a dead letter is its input, and says why"}


def test_versions_out_of_order_are_a_fault(whole: Topics) -> None:
    revised = next(e for e in ENTRIES if e.version == 2)
    first_version = next(e for e in ENTRIES if e.fed.key == revised.fed.key and e.version == 1)
    by_trace = {each.header("traceparent"): each for each in whole.seen if each.is_outcome}
    older, newer = (
        by_trace[dict(entry.fed.headers)["traceparent"].decode()]  # type: ignore[union-attr]
        for entry in (first_version, revised)
    )
    swapped = {id(older): newer, id(newer): older}
    seen = [swapped.get(id(each), each) for each in whole.seen]
    found = promises(judged(seen, whole.positions))
    assert {
        "order is kept for each address",
        "FOLD's output is that of an undisturbed run",
    } <= found


def test_an_outcome_of_another_kind_is_a_fault(whole: Topics) -> None:
    letter = first(whole.seen, Topic.FAILED)
    moved = dataclasses.replace(letter, topic=Topic.REJECTED)
    seen = [moved if each is letter else each for each in whole.seen]
    assert "one outcome, the right one" in promises(judged(seen, whole.positions))
