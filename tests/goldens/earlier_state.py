"""What an earlier version left behind, and what the present one makes of it.

`v0.1.0/` was written by commit b68b7ac, the one that was released as 0.1.0: `checkpoint.tar.gz` is
a shard's directory after 60 articles of the sample crawl, with a restart on the way; `held.json`
says what it holds; `further.jsonl.gz` has the rest of the crawl as READ wrote it then. What that
version wrote to `fold.state` is in `tests/worker/fixtures`.

To keep the state of another version, run there `python -m tests.goldens.earlier_state FOLDER`.
(b68b7ac has the same functions in modules of other names.)
"""

import asyncio
import gzip
import json
import sys
import tarfile
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold_batch
from service.fold.state.window import WindowLimits
from service.read.stage import read
from service.worker.checkpoint.checkpoint import Checkpoint
from tests.goldens import page_inputs, story_inputs
from tests.goldens.saved_state import fold_with_restarts, open_shard, small_segments
from tests.worker.faust_events import Event, Message
from tests.worker.kept_log import KeptLog, open_memory

FOLDER = Path(__file__).parent / "v0.1.0"
LOG = Path(__file__).parents[1] / "worker" / "fixtures" / "v0.1.0-state.jsonl.gz"
BEFORE = 60
BATCH = 20


def unpack(folder: Path, into: Path) -> None:
    """Unpack the checkpoint of an earlier version as the state directory `into`."""
    with tarfile.open(folder / "checkpoint.tar.gz") as packed:
        packed.extractall(into, filter="data")


def held(checkpoint: Checkpoint, shard: Shard) -> dict[str, Any]:
    """Return what a checkpoint holds, as `held.json` says it."""
    return {
        "articles": shard.article_count,
        "stories": shard.story_count,
        "clock": shard.clock,
        "segments": [[segment.first, segment.last] for segment in shard.segments],
        "position": asdict(checkpoint.position) if checkpoint.position else None,
    }


def further(folder: Path) -> list[InputMessage]:
    """The articles that follow those in the checkpoint, as messages of `articles.extracted`."""
    with gzip.open(folder / "further.jsonl.gz", "rb") as lines:
        return story_inputs.as_given([line.rstrip(b"\n") for line in lines])


def go_on_from_checkpoint(folder: Path) -> list[list[Record]]:
    """Open the checkpoint of an earlier version and fold what follows."""
    with TemporaryDirectory() as state_dir, small_segments():
        unpack(folder, Path(state_dir))
        checkpoint, shard = open_shard(Path(state_dir), WindowLimits())
        made = list(fold_batch(further(folder), shard, 0))
        checkpoint.close()
    return made


def go_on_from_log(folder: Path, log: Path = LOG) -> list[list[Record]]:
    """Restore a shard from what an earlier version wrote to `fold.state`, and fold what follows."""
    return asyncio.run(_restored_from_log(folder, log))


async def _restored_from_log(folder: Path, file: Path) -> list[list[Record]]:
    log = KeptLog()
    for row in page_inputs.rows(file):
        value = None if row["value"] is None else json.dumps(row["value"]).encode()
        log.append(row["key"].encode(), value)
    events = [
        Event(Message(message.value, message.source.offset, message.source.topic))
        for message in further(folder)
    ]
    with TemporaryDirectory() as state_dir:
        memory = await open_memory(log, Path(state_dir))
        made = await memory.place(events)
        await memory.close()
    return made


def write(folder: Path) -> None:
    """Write what this version leaves behind after the first articles of the sample crawl."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [read(message) for message in page_inputs.crawl()]
    values = [record.value for record in records if record.topic is Topic.EXTRACTED]
    messages = story_inputs.as_given(values[:BEFORE])
    batches = [range(first, first + BATCH) for first in range(0, BEFORE, BATCH)]
    with TemporaryDirectory() as state_dir, small_segments():
        for _ in fold_with_restarts(messages, batches, WindowLimits(), Path(state_dir), restarts=1):
            pass
        with tarfile.open(folder / "checkpoint.tar.gz", "w:gz") as packed:
            for path in sorted(Path(state_dir).rglob("*")):
                name = str(path.relative_to(state_dir))
                packed.add(path, name, recursive=False, filter=_anonymous)
        checkpoint, shard = open_shard(Path(state_dir), WindowLimits())
        (folder / "held.json").write_text(json.dumps(held(checkpoint, shard), indent=2) + "\n")
        checkpoint.close()
    with gzip.open(folder / "further.jsonl.gz", "wb") as lines:
        lines.writelines((value or b"") + b"\n" for value in values[BEFORE:])


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who wrote the file, and when."""
    member.uname = member.gname = ""
    member.uid = member.gid = member.mtime = 0
    return member


if __name__ == "__main__":
    write(Path(sys.argv[1]))
