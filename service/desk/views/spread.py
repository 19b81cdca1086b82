"""How a story spread, as a chart of its copies so far and as a table of what there was after a
while."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.contract.story import Relation
from service.desk.ingest.places import FORMER, NO_COPIES
from service.desk.views.charts import Chart, stacked
from service.desk.views.sparkline import seconds_of

COLUMNS = 60
HOURS = (1, 6, 24, 72)

GROUPS = (
    ("same", "the same words", (Relation.VERBATIM, Relation.TRIMMED, Relation.EDITED, FORMER)),
    ("other", "other words", (Relation.SPUN, Relation.REWRITTEN, Relation.TRANSLATED)),
    ("takes", "later takes", (Relation.UPDATE, Relation.CORRECTION)),
)
"""Copies of one colour in the chart: a class, the words for them, and their places."""

_GROUP_OF = {str(place): n for n, (_, _, places) in enumerate(GROUPS) for place in places}

Seen = Sequence[tuple[str, str, str]]
"""(time, place, host) of articles, in order of time."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What there was this many hours after the first article; all there is if `hours` is None."""

    hours: int | None
    relations: list[tuple[str, int]]
    copies: int
    sites: int


def cumulative(seen: Seen) -> Chart:
    """The number of copies so far, by group, in `COLUMNS` equal steps from the first article to the
    last."""
    counts = [[0] * len(GROUPS) for _ in range(COLUMNS)]
    if seen:
        first = seconds_of(seen[0][0])
        span = max(seconds_of(seen[-1][0]) - first, 1.0)
        for time, place, _ in seen:
            if place not in NO_COPIES:
                step = min(int((seconds_of(time) - first) / span * COLUMNS), COLUMNS - 1)
                counts[step][_GROUP_OF.get(place, 0)] += 1
    for before, after in pairwise(counts):
        for group, count in enumerate(before):
            after[group] += count
    return stacked(counts)


def growth(seen: Seen) -> list[Growth]:
    """Copies and sites after each of `HOURS` that ended before the last article, and in the end."""
    if not seen:
        return []
    first, last = seconds_of(seen[0][0]), seconds_of(seen[-1][0])
    steps = [hours for hours in HOURS if first + hours * 3600 < last]
    return [_growth(seen, hours, first) for hours in (*steps, None)]


def _growth(seen: Seen, hours: int | None, first: float) -> Growth:
    found = [
        (place, host)
        for time, place, host in seen
        if hours is None or seconds_of(time) <= first + hours * 3600
    ]
    relations = Counter(place for place, _ in found if place not in NO_COPIES)
    return Growth(
        hours,
        sorted(relations.items(), key=lambda each: (-each[1], each[0])),
        relations.total(),
        len({host for _, host in found}),
    )
