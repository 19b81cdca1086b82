"""Which partitions have a writer, and which events they are given."""

import asyncio
from pathlib import Path

import pytest

from service.contract.outcome import FailureReason
from service.settings import FixedSettings
from service.worker.assignments import Assignments
from service.worker.dead_letters.halt import Halts
from service.worker.dead_letters.limit import Excess
from tests.worker.faust_events import Event, Message


class Writer:
    """Stands in for a partition's writer: notes what it is given."""

    made: list["Writer"]

    def __init__(self, partition: int) -> None:
        self.partition = partition
        self.taken: list[Event] = []
        self.closed = False
        self.ready = asyncio.Event()
        self.made.append(self)

    async def take(self, event: Event) -> None:
        assert not self.closed
        self.taken.append(event)

    async def close(self) -> list[Event]:
        await asyncio.sleep(0)
        self.closed = True
        return self.taken


@pytest.fixture(autouse=True)
def made() -> list[Writer]:
    Writer.made = []
    return Writer.made


def open_stage(
    assigned: set[int],
    *,
    transactional: bool = True,
    abandon: list[Event] | None = None,
    halts: Halts | None = None,
) -> Assignments:
    return Assignments(
        "fold",
        Writer,  # type: ignore[arg-type]
        transactional=transactional,
        halts=Halts(FixedSettings()) if halts is None else halts,
        is_assigned=lambda partition: partition in assigned,
        abandon=([] if abandon is None else abandon).append,
    )


def event(partition: int) -> Event:
    return Event(Message(b"", 0, "articles.extracted", partition))


async def test_each_partition_has_its_writer(made: list[Writer]) -> None:
    stage = open_stage({0, 1})
    await stage.assign({0, 1})
    events = [event(0), event(1), event(0)]
    for each in events:
        await stage.take(each)
    assert [writer.partition for writer in made] == [0, 1]
    assert made[0].taken == [events[0], events[2]]
    assert made[1].taken == [events[1]]


async def test_an_event_of_a_partition_that_moved_away_is_let_go(made: list[Writer]) -> None:
    left: list[Event] = []
    stage = open_stage({0}, abandon=left)
    moved = event(1)
    await stage.take(moved)
    assert not made
    assert left == [moved]


async def test_what_a_writer_did_not_get_done_is_let_go_with_it(made: list[Writer]) -> None:
    left: list[Event] = []
    stage = open_stage({0, 1}, abandon=left)
    events = [event(0), event(1)]
    for each in events:
        await stage.take(each)
    await stage.assign({1})
    assert left == [events[0]]
    await stage.close()
    assert left == events


async def test_an_event_may_come_before_the_assignment_is_told(made: list[Writer]) -> None:
    stage = open_stage({0})
    await stage.take(event(0))
    await stage.assign({0})
    assert len(made) == 1
    assert len(made[0].taken) == 1


@pytest.mark.parametrize("transactional", [True, False])
async def test_a_partition_that_moved_away_is_closed(
    made: list[Writer], *, transactional: bool
) -> None:
    stage = open_stage({0, 1}, transactional=transactional)
    await stage.assign({0, 1})
    await stage.assign({1})
    assert made[0].closed


async def test_a_partition_that_stays_keeps_its_memory_where_zombies_are_fenced(
    made: list[Writer],
) -> None:
    stage = open_stage({0})
    await stage.assign({0})
    await stage.assign({0})
    assert len(made) == 1
    assert not made[0].closed


async def test_a_partition_that_stays_starts_afresh_where_they_are_not(made: list[Writer]) -> None:
    stage = open_stage({0}, transactional=False)
    await stage.assign({0})
    await stage.assign({0})
    assert [writer.closed for writer in made] == [True, False]


async def test_ready_when_every_memory_is_loaded(made: list[Writer]) -> None:
    stage = open_stage({0, 1})
    await stage.assign({0, 1})
    made[0].ready.set()
    assert not stage.is_ready()
    made[1].ready.set()
    assert stage.is_ready()


async def test_close_gives_up_all(made: list[Writer]) -> None:
    stage = open_stage({0, 1})
    await stage.assign({0, 1})
    await stage.close()
    assert all(writer.closed for writer in made)


async def test_a_halted_partition_starts_afresh_since_what_it_holds_is_delivered_again(
    made: list[Writer], tmp_path: Path
) -> None:
    halts = Halts(FixedSettings(state_dir=tmp_path))
    stage = open_stage({0}, halts=halts)
    await stage.assign({0})
    halts.halt("fold", Excess("too many", FailureReason.ERROR, (FailureReason.ERROR,)))
    await stage.assign({0})
    assert [writer.closed for writer in made] == [True, False]
    halts.resume()
    await stage.assign({0})
    assert len(made) == 2
