"""Which shards have a writer, and which events they are given."""

import asyncio
from pathlib import Path

import pytest

from service.contract.outcome import FailureReason
from service.settings import FixedSettings, Settings
from service.worker import fold_agent as folder_module
from service.worker.dead_letters.halt import Halts
from service.worker.dead_letters.limit import Excess
from service.worker.fold_agent import ShardAssignments
from service.worker.observe.counts import Counts
from tests.worker.faust_events import Event, Message


class Writer:
    """Stands in for a shard's writer: notes what it is given."""

    made: list["Writer"]

    def __init__(
        self,
        shard: int,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        halts: Halts,
    ) -> None:
        self.shard = shard
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
def made(monkeypatch: pytest.MonkeyPatch) -> list[Writer]:
    Writer.made = []
    monkeypatch.setattr(folder_module, "ShardWriter", Writer)
    return Writer.made


def open_folder(
    assigned: set[int],
    *,
    transactional: bool = True,
    abandon: list[Event] | None = None,
    halts: Halts | None = None,
) -> ShardAssignments:
    return ShardAssignments(
        Settings(),
        Counts(),
        transactional=transactional,
        halts=Halts(FixedSettings()) if halts is None else halts,
        is_assigned=lambda shard: shard in assigned,
        abandon=([] if abandon is None else abandon).append,
    )


def event(shard: int) -> Event:
    return Event(Message(b"", 0, "articles.extracted", shard))


async def test_each_shard_has_its_writer(made: list[Writer]) -> None:
    folder = open_folder({0, 1})
    await folder.assign({0, 1})
    events = [event(0), event(1), event(0)]
    for each in events:
        await folder.take(each)
    assert [writer.shard for writer in made] == [0, 1]
    assert made[0].taken == [events[0], events[2]]
    assert made[1].taken == [events[1]]


async def test_an_event_of_a_shard_that_moved_away_is_let_go(made: list[Writer]) -> None:
    left: list[Event] = []
    folder = open_folder({0}, abandon=left)
    moved = event(1)
    await folder.take(moved)
    assert not made
    assert left == [moved]


async def test_what_a_writer_did_not_get_done_is_let_go_with_it(made: list[Writer]) -> None:
    left: list[Event] = []
    folder = open_folder({0, 1}, abandon=left)
    events = [event(0), event(1)]
    for each in events:
        await folder.take(each)
    await folder.assign({1})
    assert left == [events[0]]
    await folder.close()
    assert left == events


async def test_an_event_may_come_before_the_assignment_is_told(made: list[Writer]) -> None:
    folder = open_folder({0})
    await folder.take(event(0))
    await folder.assign({0})
    assert len(made) == 1
    assert len(made[0].taken) == 1


@pytest.mark.parametrize("transactional", [True, False])
async def test_a_shard_that_moved_away_is_closed(
    made: list[Writer], *, transactional: bool
) -> None:
    folder = open_folder({0, 1}, transactional=transactional)
    await folder.assign({0, 1})
    await folder.assign({1})
    assert made[0].closed


async def test_a_shard_that_stays_keeps_its_memory_where_zombies_are_fenced(
    made: list[Writer],
) -> None:
    folder = open_folder({0})
    await folder.assign({0})
    await folder.assign({0})
    assert len(made) == 1
    assert not made[0].closed


async def test_a_shard_that_stays_starts_afresh_where_they_are_not(made: list[Writer]) -> None:
    folder = open_folder({0}, transactional=False)
    await folder.assign({0})
    await folder.assign({0})
    assert [writer.closed for writer in made] == [True, False]


async def test_ready_when_every_memory_is_loaded(made: list[Writer]) -> None:
    folder = open_folder({0, 1})
    await folder.assign({0, 1})
    made[0].ready.set()
    assert not folder.is_ready()
    made[1].ready.set()
    assert folder.is_ready()


async def test_close_gives_up_all(made: list[Writer]) -> None:
    folder = open_folder({0, 1})
    await folder.assign({0, 1})
    await folder.close()
    assert all(writer.closed for writer in made)


async def test_a_halted_shard_starts_afresh_since_what_it_holds_is_delivered_again(
    made: list[Writer], tmp_path: Path
) -> None:
    halts = Halts(FixedSettings(state_dir=tmp_path))
    folder = open_folder({0}, halts=halts)
    await folder.assign({0})
    halts.halt("fold", Excess("too many", FailureReason.ERROR, (FailureReason.ERROR,)))
    await folder.assign({0})
    assert [writer.closed for writer in made] == [True, False]
    halts.resume()
    await folder.assign({0})
    assert len(made) == 2
