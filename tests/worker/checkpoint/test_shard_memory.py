"""A shard's checkpoint: what it saves is time, and what it says is what the log says."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from service.contract.record import InputMessage, Record
from service.fold import stage
from service.fold.candidates import index as index_module
from service.fold.shard import Shard
from service.fold.state import indexed_members
from service.fold.state.row_integrity import StoreFailed
from service.settings import Settings
from service.worker.checkpoint import segment_files, shard_memory
from service.worker.checkpoint.shard_memory import ShardMemory
from tests.worker.kept_log import (
    KeptLog,
    Written,
    commit,
    crawl,
    fold_batch,
    fold_on,
    open_memory,
    outcomes,
)

CUT = 40


def make_segments_small(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(index_module, "_MEMTABLE_ARTICLES", 8)
    patch.setattr(segment_files, "_SMALLEST", 1)
    patch.setattr(indexed_members, "INDEXED_MEMBERS", 2)


@pytest.fixture(autouse=True)
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    make_segments_small(monkeypatch)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """What one writer writes that never stops."""

    async def fold_all() -> Written:
        memory = await open_memory(KeptLog(), tmp_path_factory.mktemp("whole"))
        written = await fold_on(memory, KeptLog(), crawl())
        await memory.close()
        return written

    with pytest.MonkeyPatch.context() as patch:
        make_segments_small(patch)
        return asyncio.run(fold_all())


async def first_part(log: KeptLog, state_dir: Path) -> Written:
    memory = await open_memory(log, state_dir)
    written = await fold_on(memory, log, crawl()[:CUT])
    await memory.close()
    return written


async def second_part(log: KeptLog, state_dir: Path) -> Written:
    memory = await open_memory(log, state_dir)
    written = await fold_on(memory, log, crawl()[CUT:])
    await memory.close()
    return written


def directory(state_dir: Path) -> Path:
    return state_dir / "fold-0"


async def test_a_restart_reads_the_tail_and_goes_on(tmp_path: Path, whole: Written) -> None:
    log = KeptLog()
    written = await first_part(log, tmp_path)
    assert list(directory(tmp_path).glob("run-*.u64"))
    last_state = [r for r in log.records if not r.key.startswith(b"marker/")][-1]
    assert written + await second_part(log, tmp_path) == whole
    assert log.read_from == [None, last_state.offset]


async def test_a_worker_with_an_empty_disk_reads_the_log(tmp_path: Path, whole: Written) -> None:
    log = KeptLog()
    written = await first_part(log, tmp_path / "a")
    log.compact()
    assert written + await second_part(log, tmp_path / "b") == whole
    assert log.read_from == [None, None]


async def test_a_checkpoint_of_another_number_of_shards_is_not_used(
    tmp_path: Path, whole: Written
) -> None:
    log = KeptLog()
    written = await first_part(log, tmp_path)
    memory = await open_memory(log, tmp_path, shards=2)
    assert written + await fold_on(memory, log, crawl()[CUT:]) == whole
    await memory.close()
    assert log.read_from == [None, None]


async def test_a_kill_between_the_log_and_the_disk_loses_nothing(
    tmp_path: Path, whole: Written
) -> None:
    log = KeptLog()
    memory = await open_memory(log, tmp_path)
    written = await fold_on(memory, log, crawl()[: CUT - 5])
    records = await fold_batch(memory, log, crawl()[CUT - 5 : CUT])
    commit(log, records)
    await memory.close()  # without `keep`
    assert written + outcomes(records) + await second_part(log, tmp_path) == whole


async def test_what_was_not_committed_to_the_log_is_not_on_the_disk(
    tmp_path: Path, whole: Written
) -> None:
    log = KeptLog()
    memory = await open_memory(log, tmp_path)
    written = await fold_on(memory, log, crawl()[:CUT])
    await fold_batch(memory, log, crawl()[CUT : CUT + 5])
    await memory.close()
    assert written + await second_part(log, tmp_path) == whole


async def test_what_another_worker_wrote_meanwhile_is_taken_over(
    tmp_path: Path, whole: Written
) -> None:
    log = KeptLog()
    written = await first_part(log, tmp_path / "a")
    other = await open_memory(log, tmp_path / "b")
    written += await fold_on(other, log, crawl()[CUT : CUT + 10])
    await other.close()
    log.compact()
    back = await open_memory(log, tmp_path / "a")
    written += await fold_on(back, log, crawl()[CUT + 10 :])
    await back.close()
    assert written == whole
    assert log.read_from[-1] is not None


async def test_two_writers_on_one_disk_do_not_share_a_directory(
    tmp_path: Path, whole: Written
) -> None:
    log = KeptLog()
    zombie = await open_memory(log, tmp_path)
    written = await fold_on(zombie, log, crawl()[:CUT])
    heir = await open_memory(log, tmp_path)
    written += await fold_on(heir, log, crawl()[CUT:])
    await zombie.close()
    await heir.close()
    assert written == whole


Damage = Callable[[Path], None]


def overwrite(pattern: str, place: float, length: int = 64) -> Damage:
    """Put other bytes into each file of a name, at a share of its length."""

    def damage(path: Path) -> None:
        files = list(path.glob(pattern))
        assert files
        for file in files:
            with file.open("r+b") as opened:
                opened.seek(int(place * file.stat().st_size))
                opened.write(os.urandom(length))

    return damage


def cut_off(pattern: str, place: float) -> Damage:
    """Keep a share of each file of a name."""

    def damage(path: Path) -> None:
        for file in path.glob(pattern):
            os.truncate(file, int(place * file.stat().st_size))

    return damage


def delete(pattern: str) -> Damage:
    def damage(path: Path) -> None:
        for file in path.glob(pattern):
            file.unlink()

    return damage


DAMAGES = {
    "segments overwritten": overwrite("run-*.u64", 0.5),
    "segments cut off": cut_off("run-*.u64", 0.5),
    "segments empty": cut_off("run-*.u64", 0),
    "segments gone": delete("run-*.u64"),
    "header overwritten": overwrite("shard.sqlite", 0),
    "database cut off": cut_off("shard.sqlite", 0.6),
    "database empty": cut_off("shard.sqlite", 0),
    "database gone": delete("shard.sqlite"),
    "all gone": delete("*"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_damaged_checkpoint_changes_no_decision(
    tmp_path: Path, whole: Written, damage: Damage
) -> None:
    log = KeptLog()
    written = await first_part(log, tmp_path)
    damage(directory(tmp_path))
    assert written + await second_part(log, tmp_path) == whole


@pytest.mark.parametrize("place", [n / 16 for n in range(16)])
async def test_a_bad_page_anywhere_ends_the_worker_or_changes_nothing(
    tmp_path: Path, whole: Written, place: float
) -> None:
    log = KeptLog()
    written = await first_part(log, tmp_path)
    overwrite("shard.sqlite", place, length=512)(directory(tmp_path))
    memory = await open_memory(log, tmp_path)
    done = CUT
    try:
        for begin in range(CUT, len(crawl()), 5):
            records = await fold_batch(memory, log, crawl()[begin : begin + 5])
            await memory.keep(records, commit(log, records))
            written += outcomes(records)
            done = begin + 5
    except StoreFailed:
        await memory.wipe()
    await memory.close()
    memory = await open_memory(log, tmp_path)
    written += await fold_on(memory, log, crawl()[done:])
    await memory.close()
    assert written == whole


async def test_a_checkpoint_of_another_format_is_not_read(
    tmp_path: Path, whole: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = KeptLog()
    with monkeypatch.context() as patch:
        patch.setattr("service.worker.checkpoint.checkpoint.FORMAT", "0.0.0.0")
        written = await first_part(log, tmp_path)
    assert written + await second_part(log, tmp_path) == whole
    assert log.read_from == [None, None]


async def test_a_log_that_begins_after_the_checkpoint_ends_is_read_whole(tmp_path: Path) -> None:
    log = KeptLog()
    await first_part(log, tmp_path)
    log.begins = log.records[-1].offset + 1
    memory = await open_memory(log, tmp_path)
    assert log.read_from[-1] is None
    assert memory.shard.article_count == 0
    await memory.close()


async def test_a_log_that_was_made_anew_is_read_whole(tmp_path: Path) -> None:
    await first_part(KeptLog(), tmp_path)
    shorter = await open_memory(KeptLog(), tmp_path)
    assert shorter.shard.article_count == 0
    await fold_on(shorter, KeptLog(), crawl()[:CUT])
    await shorter.close()
    longer = KeptLog()
    other = await open_memory(longer, tmp_path / "other")
    await fold_on(other, longer, crawl()[20:])
    await other.close()
    memory = await open_memory(longer, tmp_path)
    assert memory.shard.article_count == other.shard.article_count > 40
    assert longer.read_from[-1] is None
    await memory.close()


async def test_a_checkpoint_that_is_long_out_of_use_is_not_trusted(tmp_path: Path) -> None:
    log = KeptLog()
    await first_part(log, tmp_path)
    log.now += 13 * 3_600_000
    await (await open_memory(log, tmp_path)).close()
    assert log.read_from[0] is log.read_from[-1] is None


async def test_a_full_disk_ends_the_worker_and_room_lets_it_go_on(
    tmp_path: Path, whole: Written
) -> None:
    log = KeptLog()
    memory = await open_memory(log, tmp_path)
    written = await fold_on(memory, log, crawl()[:CUT])
    assert memory._checkpoint is not None
    database = memory._checkpoint.store._db
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages + 2}")
    batches = [crawl()[begin : begin + 5] for begin in range(CUT, len(crawl()), 5)]
    try:
        for batch in batches:
            records = await fold_batch(memory, log, batch)
            where = commit(log, records)
            written += outcomes(records)
            await memory.keep(records, where)
        pytest.fail("there was room")
    except StoreFailed as error:
        assert "full" in str(error)  # noqa: PT017
    assert not memory.spoiled
    await memory.close()
    memory = await open_memory(log, tmp_path)
    # What is in the log already is a repeat.
    written += await fold_on(memory, log, crawl()[CUT:])
    await memory.close()
    assert written == whole


async def test_a_disk_that_takes_no_run_files_ends_the_worker(
    tmp_path: Path, whole: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = KeptLog()
    memory = await open_memory(log, tmp_path)
    written = await fold_on(memory, log, crawl()[: CUT - 8])
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(segment_files, "_write", full)
        records = await fold_batch(memory, log, crawl()[CUT - 8 : CUT])
        with pytest.raises(StoreFailed, match="No space left"):
            await memory.keep(records, commit(log, records))
        written += outcomes(records)
    await memory.close()
    assert written + await second_part(log, tmp_path) == whole


async def test_a_fault_in_an_article_leaves_what_was_kept(
    tmp_path: Path, whole: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = KeptLog()
    memory = await open_memory(log, tmp_path)
    written = await fold_on(memory, log, crawl()[:CUT])
    with monkeypatch.context() as patch:

        def poisoned(
            messages: Sequence[InputMessage], shard: Shard, number: int
        ) -> Iterator[list[Record]]:
            next(stage.fold_batch(messages, shard, number))
            yield from ()
            raise KeyError("after the memory was changed")

        patch.setattr(shard_memory, "fold_batch", poisoned)
        made = await memory.place(crawl()[CUT : CUT + 1])
    assert memory.spoiled
    await memory.keep(made[0], commit(log, made[0]))
    marker = log.marker()
    await memory.restore(lambda since: log.read(marker, since), marker)
    written += await fold_on(memory, log, crawl()[CUT:])
    await memory.close()
    assert written == whole


async def test_an_untrusted_checkpoint_is_never_read(tmp_path: Path) -> None:
    log = KeptLog()
    for _ in range(2):
        memory = ShardMemory(0, Settings(state_dir=tmp_path), trusted=False)
        marker = log.marker()
        await memory.restore(lambda since, marker=marker: log.read(marker, since), marker)  # type: ignore[misc]
        await fold_on(memory, log, crawl()[:10])
        await memory.close()
    assert log.read_from == [None, None]
