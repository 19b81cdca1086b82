"""A small crawl with withdrawals, a merge and a dethroned original, and what it comes to: counted
in plain Python from the records' values."""

import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any

import orjson

from service.contract.record import Topic
from service.contract.story import Authority, Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.record import Arrived, utc
from service.desk.queries.figures import Figures
from service.desk.queries.period import Asked, Period
from tests.desk.records import article, state

WIRE, FARM, PEAK = "https://wire.example", "https://www.farm.example", "https://peak.example"


def crawl() -> list[Arrived]:
    """Five stories over three days.

    `bridge` has copies; `tram` is merged into it; the original of `dam` is dethroned; `flood` is
    withdrawn; of `ferry` a copy is taken down by itself, and it has no agency.
    """
    verbatim, spun, edited = Relation.VERBATIM, Relation.SPUN, Relation.EDITED
    by_ap = partial(article, agency="ap", sequence=1)
    taken = partial(article, text="", canceled=True, relation=Relation.WITHDRAWAL, sequence=2)
    with_story = partial(
        article,
        text="",
        canceled=True,
        relation=Relation.WITHDRAWAL,
        sequence=2,
        authority=Authority.AGENCY,
        agency="dpa",
    )
    bridge, tram, dam, flood = (f"{WIRE}/{name}" for name in ("bridge", "tram", "dam", "flood"))
    return [
        by_ap(bridge, hours=1),
        by_ap(f"{FARM}/1", relation=spun, parent=bridge, hours=3),
        article(f"{PEAK}/1", relation=verbatim, parent=bridge, hours=30, agency=None, sequence=1),
        state(copies=2, agency="ap", first=1, hours=30, url=bridge),
        by_ap(tram, "tram", hours=2),
        by_ap(f"{PEAK}/2", "tram", relation=edited, parent=tram, hours=2.5),
        state("tram", url=tram, copies=1, agency="ap", first=2, hours=2.5),
        state("tram", url=tram, status=StoryStatus.MERGED, merged_into="bridge", hours=2.5),
        article(
            tram, relation=edited, parent=bridge, hours=2, restated=True, sequence=2, agency="ap"
        ),
        state(copies=4, agency="ap", first=1, hours=31, url=bridge),
        article(f"{PEAK}/3", "dam", hours=26, agency=None, sequence=1),
        state("dam", url=f"{PEAK}/3", first=26, hours=26),
        article(dam, "dam", hours=25, agency="dpa", sequence=1),
        state("dam", url=dam, agency="dpa", copies=1, first=25, hours=26),
        article(
            f"{PEAK}/3", "dam", relation=verbatim, parent=dam, hours=26, restated=True, sequence=2
        ),
        article(flood, "flood", hours=40, agency="dpa", sequence=1),
        article(
            f"{FARM}/4",
            "flood",
            relation=verbatim,
            parent=flood,
            hours=41,
            agency="dpa",
            sequence=1,
        ),
        state("flood", url=flood, agency="dpa", copies=1, first=40, hours=41),
        with_story(flood, "flood", hours=42, version=2),
        with_story(f"{FARM}/4", "flood", hours=42),
        state("flood", url=flood, agency="dpa", copies=1, hours=42, status=StoryStatus.WITHDRAWN),
        article(f"{FARM}/5", "ferry", hours=50, sequence=1),
        article(f"{PEAK}/5", "ferry", relation=spun, parent=f"{FARM}/5", hours=49, sequence=1),
        article(
            f"{WIRE}/5",
            "ferry",
            relation=Relation.REWRITTEN,
            parent=f"{FARM}/5",
            hours=55,
            sequence=1,
        ),
        state("ferry", url=f"{FARM}/5", copies=2, first=49, hours=55),
        taken(f"{WIRE}/5", "ferry", hours=56),
    ]


def interleaved(records: Sequence[Arrived], seed: int) -> list[Arrived]:
    """The records in another order that a reader may get them in: each topic in its own."""
    lot = random.Random(seed)
    queues = [
        [record for record in records if record.topic is topic]
        for topic in (Topic.ARTICLES, Topic.STORIES)
    ]
    found = []
    while any(queues):
        found.append(lot.choice([queue for queue in queues if queue]).pop(0))
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """One article as its last events and its story's last state have it."""

    story: str
    withdrawn_story: bool
    agency: str
    source: str
    host: str
    seen: str
    place: str
    delay: float | None


def count(records: Sequence[Arrived]) -> list[Counted]:
    """All articles, of what the records say in the end."""
    events: defaultdict[str, list[tuple[Arrived, Any]]] = defaultdict(list)
    states: dict[str, Any] = {}
    for record in records:
        value = orjson.loads(record.value or b"")
        if record.topic is Topic.STORIES:
            states[value["id"]] = value
        else:
            events[value["uri"]].append((record, value))
    seen = {
        uri: min(record.time for record, value in of if value.get("representationType") is None)
        for uri, of in events.items()
    }
    return list(_articles(events, states, seen))


def _articles(
    events: Mapping[str, list[tuple[Arrived, Any]]],
    states: Mapping[str, Any],
    seen: Mapping[str, str],
) -> Iterator[Counted]:
    for uri, of in events.items():
        ordered = [value for _, value in sorted(of, key=lambda e: e[1]["copydesk"]["sequence"])]
        story = states[ordered[-1]["copydesk"]["story"]["id"]]
        while story["status"] == "merged":
            story = states[story["merged_into"]]
        place = ordered[-1]["copydesk"]["story"]["relation"]
        if story["status"] == "withdrawn":
            place = "withdrawal"
        delay = _seconds(seen[uri]) - _seconds(seen[story["original"]["uri"]])
        is_copy = place not in ("original", "withdrawal")
        yield Counted(
            story=story["id"],
            withdrawn_story=story["status"] == "withdrawn",
            agency=story.get("agency") or "",
            source=story["original"]["host"],
            host=ordered[-1]["copydesk"]["page"]["host"],
            seen=seen[uri],
            place=place,
            delay=delay if is_copy and delay >= 0 else None,
        )


def figures(found: Sequence[Counted]) -> Figures:
    """The figures of some articles."""
    delays = [each.delay for each in found if each.delay is not None]
    return Figures(
        stories=len({each.story for each in found if not each.withdrawn_story}),
        hosts=len({each.host for each in found if each.place != "withdrawal"}),
        places=Counter(each.place for each in found),
        delay=median(delays) if delays else None,
    )


def by(found: Sequence[Counted], key: Callable[[Counted], str]) -> dict[str, Figures]:
    """Figures by key."""
    groups: defaultdict[str, list[Counted]] = defaultdict(list)
    for each in found:
        groups[key(each)].append(each)
    return {name: figures(of) for name, of in groups.items()}


def _seconds(time: str) -> float:
    return datetime.fromisoformat(utc(time) or time).timestamp()


RECORDS = crawl()
NEWEST = datetime(2026, 3, 12, 13, tzinfo=UTC)
PERIODS = [Asked(7).period(NEWEST), Asked(1, "2026-03-11").period(NEWEST)]


def fill(db: sqlite3.Connection, seed: int) -> None:
    """Write the records in one of the orders that they may come in, a few at a time."""
    records = interleaved(RECORDS, seed) if seed else RECORDS
    for begin in range(0, len(records), 4):
        ingest_batch(db, records[begin : begin + 4], 1000)


def within(period: Period) -> list[Counted]:
    """The articles that were seen in a period."""
    return [each for each in count(RECORDS) if period.since <= each.seen <= period.until]
