"""Folds the sample crawl onto a log in a file until it is killed:
`python -m tests.worker.folding_process LOG STATE_DIR CRAWL`.

A line of the log is one transaction: what it wrote, and how many of the inputs are done. A line of
CRAWL is the value of a record of `articles.extracted`.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from service.fold.candidates import index as index_module
from service.worker.checkpoint import segment_files
from tests.worker.faust_events import Event
from tests.worker.kept_log import (
    KeptLog,
    commit,
    extracted_event,
    fold_batch,
    open_memory,
    outcomes,
)

BATCH = 3


def read_lines(path: Path) -> list[Any]:
    """The transactions; a line that was cut off is none."""
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return [orjson.loads(line) for line in lines if line.endswith(b"\n")]


def load_log(path: Path) -> tuple[KeptLog, int]:
    """The log as it was written, and the inputs that are done."""
    log, done = KeptLog(), 0
    for line in read_lines(path):
        done = line["done"]
        for key, value in line["state"]:
            log.append(key.encode(), None if value is None else value.encode())
    return log, done


async def main(path: Path, state_dir: Path, events: Sequence[Event]) -> None:
    """Go on from where the log ends."""
    index_module._MEMTABLE_ARTICLES = 8
    segment_files._SMALLEST = 1
    log, done = load_log(path)
    memory = await open_memory(log, state_dir)
    marker = log.records[-1]
    with path.open("ab") as file:

        def write(**line: Any) -> None:
            file.write(orjson.dumps(line) + b"\n")
            file.flush()
            os.fsync(file.fileno())

        write(done=done, written=[], state=[[marker.key.decode(), (marker.value or b"").decode()]])
        while done < len(events):
            records = await fold_batch(memory, log, events[done : done + BATCH])
            begin = len(log.records)
            where = commit(log, records)
            done = min(done + BATCH, len(events))
            state = [[r.key.decode(), r.value and r.value.decode()] for r in log.records[begin:]]
            told = [[topic, value and value.decode()] for topic, value in outcomes(records)]
            write(done=done, written=told, state=state)
            await memory.keep(records, where)
    await memory.close()


def drop_cut_off_line(path: Path) -> None:
    """Take away what a kill left of a transaction."""
    if path.exists():
        path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in read_lines(path)))


if __name__ == "__main__":
    drop_cut_off_line(Path(sys.argv[1]))
    lines = Path(sys.argv[3]).read_bytes().splitlines()
    articles = [extracted_event(number, line) for number, line in enumerate(lines)]
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), articles))
