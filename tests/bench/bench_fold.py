"""How fast FOLD is, and what it takes: `python -m tests.bench.bench_fold [--window N ...]`.

For each size of the window, in processes of their own so that memory can be told: a window is made
on disk, then loaded as after a failover, then articles are placed: half copies (as they are,
trimmed, or reworded), half new, each with about fifteen candidates that are none. `--rebuild` also
reads as many records of `fold.state` as said, as where there is no folder. CPU seconds are of the
process; the disk's and the broker's part of a real start is not in them.
"""

import argparse
import gc
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from service.contract.fold_state import ArticleRecord, StoryRecord
from service.contract.serde import dump, load
from service.fold.assign.decision import Placed
from service.fold.assign.prefetch import TOGETHER
from service.fold.shard import Shard
from service.fold.state.restore import Restorer
from service.fold.state.window import WindowLimits
from service.text.signature import sign
from service.worker.checkpoint.checkpoint import Checkpoint, Position
from service.worker.checkpoint.segment_files import save_segments
from tests.bench.made_articles import Writer, extracted
from tests.bench.made_window import MadeWindow
from tests.eval.story_rows import DATA, load_rows

TEXTS = 500
BATCH = 100
"""Articles that are committed together. What is done for several of them at once, see
`service.fold.assign.prefetch`, counts for each by its share."""

WINDOW = WindowLimits(timedelta(days=30), 10_000_000)
PLACE = Position(1, 0, "article/bench", "", 0)


def texts() -> list[str]:
    """Recorded articles, as many as there are base texts."""
    return [row.text for row in load_rows(DATA / "train.jsonl.gz")][:TEXTS]


def resident() -> int:
    """Bytes of memory that the process holds now."""
    gc.collect()
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the system does not tell the memory of a process")


def clocked(step: Callable[[], object]) -> str:
    """Do a step; how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    step()
    return f"{time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s of CPU"


def make(state_dir: Path, count: int) -> None:
    """Put a window into the store, and save the index; nothing where this was done before."""
    folder = Checkpoint(state_dir, 0, "fold.state")
    if folder.position is None:
        window = MadeWindow(count, texts())
        print(f"  made: {clocked(lambda: fill(folder, window, count))}", flush=True)
    shard = Shard(WINDOW, folder.store)
    shard.open(folder.clock)
    seconds = clocked(lambda: save_segments(shard.segments, folder.path))
    print(f"  saving all of the index: {seconds}")
    rows, runs = (
        sum(file.stat().st_size for file in folder.path.glob(name)) for name in ("shard*", "run-*")
    )
    print(f"  on disk: {rows / count:.0f} bytes an article in rows, {runs / count:.0f} in runs")
    folder.close()


def fill(folder: Checkpoint, window: MadeWindow, count: int, position: Position = PLACE) -> None:
    """Put articles and their stories into the store, as what the log holds up to `position`."""
    restorer = Restorer(folder.store)
    for first in range(0, count, 5000):
        for article, story in window.records(first, min(5000, count - first)):
            restorer.put_article(article)
            restorer.put_story(story)
        folder.commit(None, restorer.clock)
    folder.commit(position, restorer.clock)


def measure(state_dir: Path, count: int, articles: int, tail: int) -> None:
    """Load the window, and place articles."""
    window, writer = MadeWindow(count, texts()), Writer(texts())
    warm = Shard()
    for number in range(20):
        text = writer.article()
        warm.place(extracted(number, text, sign(text, "en")))
    late = [(dump(a), dump(s)) for a, s in window.records(count, tail)]
    first = count + tail
    originals = [writer.article() for _ in range(articles // 2)]
    coming, signing = [], time.process_time()
    for place in range(2 * articles):
        # The originals come first, and are not measured.
        old = place >= articles and place % 2
        text = (
            writer.copy(originals[place // 2 % len(originals)])
            if old
            else (originals[place // 2] if place < articles and place % 2 else writer.article())
        )
        signature = sign(text, "en")
        coming.append(extracted(first + place, text, window.with_topic(signature)))
    signing = time.process_time() - signing
    print(f"  signed (and made) {len(coming) / signing:.0f} articles/s of CPU")
    held = resident()
    folder = Checkpoint(state_dir, 0, "fold.state")
    shard = Shard(WINDOW, folder.store)

    def load_all() -> None:
        restorer = Restorer(folder.store, folder.clock)
        for article, story in late:
            restorer.put_article(load(ArticleRecord, article))
            restorer.put_story(load(StoryRecord, story))
        restorer.finish()
        shard.open(restorer.clock, folder.segments())
        folder.commit(PLACE, shard.clock, shard.segments)

    print(f"  loaded {count} articles and a tail of {tail}: {clocked(load_all)}")
    loaded = resident()
    took, copies, compared = [], 0, 0
    prefetched = 0.0
    for place, article in enumerate(coming):
        begun = time.process_time()
        if place % BATCH % TOGETHER == 0:
            batch = coming[place : place + min(TOGETHER, BATCH - place % BATCH)]
            shard.prefetch(batch)
            prefetched = (time.process_time() - begun) / len(batch)
            begun = time.process_time()
        decision = shard.place(article)
        if place % BATCH == BATCH - 1:
            folder.commit(PLACE, shard.clock, shard.segments)
        if place >= articles:
            took.append(time.process_time() - begun + prefetched)
            copies += isinstance(decision, Placed) and decision.placement.parent is not None
            compared += shard.stats.compared if shard.stats else 0
    took.sort()
    print(
        f"  placed {len(took) / sum(took):.0f} articles/s of CPU, kept on disk; "
        f"p50 {took[len(took) // 2] * 1000:.2f} ms, p99 {took[len(took) * 99 // 100] * 1000:.2f} ms"
    )
    print(f"  {copies / len(took):.0%} were copies; {compared / len(took):.1f} texts compared each")
    print(
        f"  memory, bytes an article: {(loaded - held) / shard.article_count:.0f} after loading, "
        f"{(resident() - held) / shard.article_count:.0f} after placing; of which "
        f"{shard.index_bytes / shard.article_count:.0f} index and "
        f"{shard.column_bytes / shard.article_count:.0f} columns"
    )
    folder.close()


def rebuild(state_dir: Path, count: int) -> None:
    """Take records over as from the log."""
    window = MadeWindow(count, texts())
    records = [(dump(a), dump(s)) for a, s in window.records(0, count)]
    folder = Checkpoint(state_dir, 1, "fold.state")

    def read_all() -> None:
        restorer = Restorer(folder.store)
        for place, (article, story) in enumerate(records):
            restorer.put_article(load(ArticleRecord, article))
            restorer.put_story(load(StoryRecord, story))
            if place % 5000 == 0:
                folder.commit(PLACE, restorer.clock)
        restorer.finish()
        Shard(WINDOW, folder.store).open(restorer.clock)
        folder.commit(PLACE, restorer.clock)

    print(f"  rebuilt from the records of {count} articles: {clocked(read_all)}")
    folder.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", type=int, nargs="+", default=[100_000])
    parser.add_argument("--articles", type=int, default=2000, help="to be measured")
    parser.add_argument("--tail", type=int, default=5000)
    parser.add_argument("--rebuild", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="where to make the window; kept")
    parser.add_argument("--step", choices=["make", "measure", "rebuild"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    for count in options.window:
        if options.step == "make":
            make(options.folder, count)
        elif options.step == "measure":
            measure(options.folder, count, options.articles, options.tail)
        elif options.step == "rebuild":
            rebuild(options.folder, options.rebuild)
        else:
            print(f"{count} articles in the window", flush=True)
            state_dir = options.folder or Path(tempfile.mkdtemp(prefix="bench-fold-"))
            for step in ("make", "measure", "rebuild"):
                command = [sys.executable, "-m", "tests.bench.bench_fold", "--step", step]
                command += ["--folder", str(state_dir), "--window", str(count)]
                command += ["--articles", str(options.articles), "--tail", str(options.tail)]
                subprocess.run([*command, "--rebuild", str(options.rebuild)], check=True)
            if options.folder is None:
                shutil.rmtree(state_dir)


if __name__ == "__main__":
    main()
