"""What so many pages a day need: `python -m tests.bench.sizing [--write]`.

Computed from what was measured, `deploy/benchmarks/stream.json` (what a page costs workers and
broker) and `fold.txt` (one shard with a full window), from the default settings, and from the three
assumptions below, which are nobody's measurement. `--write` puts the table into `deploy/SIZING.md`.
"""

import argparse
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.settings import FixedSettings, Settings
from tests.bench.figures import FOLDER, Table

DOCUMENT = FOLDER.parent / "SIZING.md"
BEGIN, END = "<!-- computed by tests/bench/sizing.py -->", "<!-- end -->"

PEAK = 2.0
"""Assumed: pages in the busiest hour over those of a mean one."""

FULL = 0.7
"""Assumed: how much of a core is to be used in that hour."""

REPLICAS = 3
"""Assumed: copies that the brokers keep."""

A_DAY = 86_400
LOADS = (1_000_000, 10_000_000, 100_000_000)


@dataclass(frozen=True, slots=True)
class Shard:
    """What FOLD of one shard was measured to do with a full window.

    Attributes:
        articles: a second of one core.
        window: articles that it remembered meanwhile.
        memory, disk: bytes an article remembered.
    """

    articles: float
    window: int
    memory: float
    disk: float


@dataclass(frozen=True, slots=True)
class Need:
    """What a load needs, in the busiest hour unless said otherwise.

    Attributes:
        pages, articles: a second.
        read_cores: of child processes and the workers that own them.
        workers: that read, with `COPYDESK_EXTRACTORS` children each.
        busy_shards: so that none is past `FULL` of what one can place.
        shards: so that none has to forget before its window of hours is over, either.
        shard_memory, shard_disk: bytes, of each.
        broker_cores: of all brokers together.
        received, sent: bytes a second over the brokers' network, replication included.
        disk: bytes that the brokers keep by the default retention.
        stories: bytes a year of the one topic that is kept for ever.
    """

    pages: float
    articles: float
    read_cores: float
    workers: int
    read_memory: float
    busy_shards: int
    shards: int
    shard_memory: float
    shard_disk: float
    broker_cores: float
    received: float
    sent: float
    disk: float
    stories: float


def read_shard(text: str) -> Shard:
    """The figures of the largest window in what `bench_fold` prints.

    Raises:
        ValueError: they are not there.
    """
    runs = re.split(r"^(\d+) articles in the window$", text, flags=re.M)[1:]
    by_window = {int(count): run for count, run in zip(runs[::2], runs[1::2], strict=True)}
    if not by_window:
        raise ValueError("no window was measured")
    window = max(by_window)
    run = by_window[window]
    rows, kept = _numbers(r"on disk: (\d+) bytes an article in rows, (\d+) in runs", run)
    (articles,) = _numbers(r"placed (\d+) articles/s", run)
    _, memory = _numbers(r"article: (\d+) after loading, (\d+) after placing", run)
    return Shard(articles=articles, window=window, memory=memory, disk=rows + kept)


def shard_limit(results: Mapping[str, Any], shard: Shard) -> float:
    """Articles a second of a core that one shard places: FOLD by itself with a full window, or a
    worker that does nothing else and has a backlog, transactions and all; whichever is less."""
    return float(min(shard.articles, 1 / results["fold"]["seconds"]))


def need(pages_a_day: int, results: Mapping[str, Any], shard: Shard, settings: Settings) -> Need:
    """What so many pages a day need."""
    pages = pages_a_day / A_DAY * PEAK
    topics, cost = results["through"]["topics"], results["growth"][-1]
    seconds, memory = cost["seconds"], cost["memory"]
    articles = pages * topics["articles.extracted"]["records"]
    read_cores = pages * (seconds["extraction"] + seconds["worker"]) / 1000 / FULL
    children = pages * seconds["extraction"] / 1000 / FULL
    workers = math.ceil(children / settings.extractors)

    remembered = pages_a_day * settings.window_hours / 24 * topics["articles"]["records"]
    busy_shards = math.ceil(articles / FULL / shard_limit(results, shard))
    shards = max(busy_shards, math.ceil(remembered / settings.window_articles))
    held = remembered / shards

    stored = {name: figures["stored"] for name, figures in topics.items()}
    written = sum(stored.values())
    read_again = stored["pages.raw"] + stored["articles.extracted"]
    return Need(
        pages=pages,
        articles=articles,
        read_cores=read_cores,
        workers=workers,
        read_memory=workers * (memory["worker"] + settings.extractors * memory["child"]),
        busy_shards=busy_shards,
        shards=shards,
        shard_memory=memory["folder"] + held * shard.memory,
        shard_disk=held * shard.disk,
        broker_cores=pages * seconds["broker"] * REPLICAS / 1000 / FULL,
        received=pages * written * REPLICAS,
        sent=pages * (written * (REPLICAS - 1) + read_again),
        disk=pages_a_day * _kept(stored, settings) * REPLICAS,
        stories=pages_a_day * 365 * stored["stories"] * REPLICAS,
    )


def table(results: Mapping[str, Any], shard: Shard, settings: Settings) -> Table:
    """A column a load."""
    made = Table(["pages a day", *(f"{load:,}" for load in LOADS)])
    needs = [need(load, results, shard, settings) for load in LOADS]
    rows: list[tuple[str, str, float]] = [
        ("pages a second in the busiest hour", "pages", 1),
        ("articles a second for FOLD", "articles", 1),
        ("cores for READ", "read_cores", 1),
        (f"workers that read, {settings.extractors} children each", "workers", 1),
        ("memory of these, GB", "read_memory", 1e9),
        ("shards by rate, a core each", "busy_shards", 1),
        (f"shards of {settings.window_articles:,} articles", "shards", 1),
        ("memory of each shard's worker, GB", "shard_memory", 1e9),
        ("disk of each shard's worker, GB", "shard_disk", 1e9),
        ("cores of the brokers together", "broker_cores", 1),
        ("brokers receive, MB/s", "received", 1e6),
        ("brokers send, MB/s", "sent", 1e6),
        ("brokers' disk, TB", "disk", 1e12),
        ("more each year for `stories`, TB", "stories", 1e12),
    ]
    for name, field, unit in rows:
        made.add(name, *(_short(getattr(each, field) / unit) for each in needs))
    return made


def computed() -> str:
    """What stands between the marks in the document."""
    results = json.loads((FOLDER / "stream.json").read_text())
    shard = read_shard((FOLDER / "fold.txt").read_text())
    settings = FixedSettings()
    lines = [
        *table(results, shard, settings).lines(),
        "",
        f"One shard places {shard_limit(results, shard):.0f} articles a second of a core;"
        f" {FULL:.0%} of that is planned for, in an hour with {PEAK:g} times the mean.",
    ]
    return "\n".join(lines)


def inserted(document: str, text: str) -> str:
    """The document with this text between its marks."""
    before, _, rest = document.partition(BEGIN)
    return f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}"


def _kept(stored: Mapping[str, float], settings: Settings) -> float:
    """Days of each topic times its bytes a page. `fold.state` is compacted: the window, twice over,
    since brokers clean late, without what is remembered of articles that have left it; `stories` is
    told apart."""
    raw, output = settings.raw_retention_hours / 24, settings.output_retention_hours / 24
    days = {
        "pages.raw": raw,
        "articles.extracted": raw,
        "articles": output,
        "pages.rejected": output,
        "pages.failed": output,
        "fold.state": 2 * settings.window_hours / 24,
    }
    return sum(stored[name] * kept for name, kept in days.items())


def _numbers(pattern: str, text: str) -> list[float]:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"{pattern!r} is not in the figures")
    return [float(group) for group in found.groups()]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"


def main() -> None:
    """Print, or put into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        DOCUMENT.write_text(inserted(DOCUMENT.read_text(), computed()))
    print(computed())


if __name__ == "__main__":
    main()
