"""The results of `bench_stream` as tables."""

from collections.abc import Mapping
from typing import Any

from tests.bench.figures import Table

PARTS = {
    "extraction": "READ, in the child processes",
    "worker": "the worker's own process",
    "fold": "the worker that folds",
    "broker": "the broker",
    "measuring": "feeding and measuring",
}


def tables(results: Mapping[str, Any]) -> list[Table]:
    """What a worker reaches, what that costs, how it grows, and what is written."""
    return [_rates(results), _costs(results), _growth(results), _topics(results)]


def costs_by_size(results: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Processor seconds a 1,000 pages by what they went into, for each number of partitions and
    workers."""
    return {
        f"partitions and workers: {each['partitions']}": {
            name: each["seconds"][part] for part, name in PARTS.items()
        }
        for each in results["growth"]
    }


def at_full_use(seconds: Mapping[str, float], cores: int, without: tuple[str, ...] = ()) -> float:
    """Pages a second that so many cores come to, were they all there is and busy with nothing else.

    Args:
        seconds: processor time a 1,000 pages, by what it goes into.
        without: what is to run elsewhere.
    """
    spent = sum(value for what, value in seconds.items() if what not in (*without, "measuring"))
    return 1000 * cores / spent


def _rates(results: Mapping[str, Any]) -> Table:
    bare, through, cores = results["bare"], results["through"], results["cores"]
    late = through["latency"]
    alone = 1000 * cores / bare["seconds"]
    table = Table(["what", "figure"])
    table.add(
        f"READ alone in {cores} processes",
        f"{bare['pages_a_second']:.0f} pages/s; by processor time {alone:.0f}",
    )
    reached = through["pages_a_second"]
    table.add(
        "a worker through Kafka",
        f"{reached:.0f} pages/s, {reached / bare['pages_a_second']:.0%} of that",
    )
    for name, without in (
        ("by processor time, the broker on the same cores", ()),
        ("by processor time, the broker elsewhere", ("broker",)),
    ):
        full = at_full_use(through["seconds"], cores, without)
        table.add(name, f"{full:.0f} pages/s, {full / alone:.0%} of READ alone")
    empty = results["empty"]
    table.add("a worker where reading costs nothing", f"{empty['pages_a_second']:.0f} pages/s")
    table.add(
        "its own process then",
        f"{empty['seconds']['worker']:.2f} ms a page: {1000 / empty['seconds']['worker']:,.0f}"
        " pages/s of one core",
    )
    table.add(
        f"page to event at {late['rate']:.0f} pages/s",
        f"p50 {late['p50'] * 1000:.0f} ms, p99 {late['p99'] * 1000:.0f} ms",
    )
    fold = results["fold"]
    table.add(
        "a worker that only folds, articles waiting",
        f"{1000 * fold['seconds']:.1f} ms an article: {1 / fold['seconds']:.0f} a second of a core",
    )
    return table


def _costs(results: Mapping[str, Any]) -> Table:
    table = Table(["processor seconds a 1,000 pages", "real pages", "nothing to read"])
    for part, name in PARTS.items():
        if part != "fold":
            real, empty = (results[run]["seconds"][part] for run in ("through", "empty"))
            table.add(name, f"{real:.2f}", f"{empty:.3f}")
    table.add("READ alone", f"{results['bare']['seconds']:.2f}", "")
    return table


def _growth(results: Mapping[str, Any]) -> Table:
    growth = results["growth"]
    table = Table(["partitions and workers", *(str(each["partitions"]) for each in growth)])
    for part, name in PARTS.items():
        table.add(f"{name}, s a 1,000 pages", *(f"{each['seconds'][part]:.2f}" for each in growth))
    table.add("pages/s on these cores", *(f"{each['pages_a_second']:.0f}" for each in growth))
    for what in ("worker", "child", "folder"):
        table.add(
            f"memory of a {what}, MB", *(f"{each['memory'][what] / 1e6:.0f}" for each in growth)
        )
    for topic in growth[0]["topics"]:
        table.add(
            f"{topic} in the log, MB a 1,000 pages",
            *(f"{each['topics'][topic]['stored'] / 1e3:.2f}" for each in growth),
        )
    return table


def _topics(results: Mapping[str, Any]) -> Table:
    table = Table(["topic", "records a 1,000 pages", "MB", "MB in the log, compressed"])
    for topic, figures in results["through"]["topics"].items():
        table.add(
            topic,
            f"{1000 * figures['records']:.0f}",
            f"{figures['bytes'] / 1e3:.2f}",
            f"{figures['stored'] / 1e3:.2f}",
        )
    return table
