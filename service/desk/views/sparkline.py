"""Turns times into the bars of a small chart and into points on a time line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

BARS = 24
HEIGHT = 22
_BAR, _GAP = 3, 1
WIDTH = BARS * (_BAR + _GAP) - _GAP

_NEAR = 1.4
"""Points closer than this, in percent of the line's length, are stacked."""
_LANES = 6
_EDGE = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of the chart."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """A point on the line: `x` in percent from its beginning, `lane` counted from the bottom."""

    x: float
    lane: int


def bars(times: Sequence[str]) -> list[Bar]:
    """How many of these times (RFC 3339, ascending) fall in each of `BARS` equal spans.

    The tallest bar is `HEIGHT` high; every span with a time has a visible bar, other spans none.
    """
    if not times:
        return []
    first, last = seconds_of(times[0]), seconds_of(times[-1])
    span = max(last - first, 1.0)
    counts = [0] * BARS
    for time in times:
        counts[min(int((seconds_of(time) - first) / span * BARS), BARS - 1)] += 1
    tallest = max(counts)
    heights = [max(round(count / tallest * HEIGHT), 2) if count else 0 for count in counts]
    return [
        Bar(number * (_BAR + _GAP), HEIGHT - height, _BAR, height)
        for number, height in enumerate(heights)
        if height
    ]


def timeline_points(times: Sequence[str]) -> list[TimelinePoint]:
    """A point for each time (RFC 3339, ascending), between the first and the last."""
    if not times:
        return []
    first, last = seconds_of(times[0]), seconds_of(times[-1])
    span = max(last - first, 1.0)
    points: list[TimelinePoint] = []
    ends = [-_NEAR] * _LANES
    for time in times:
        x = _EDGE + (seconds_of(time) - first) / span * (100 - 2 * _EDGE)
        lane = next((lane for lane, end in enumerate(ends) if x - end >= _NEAR), _LANES - 1)
        ends[lane] = x
        points.append(TimelinePoint(round(x, 2), lane))
    return points


def spell_span(first: str | None, last: str | None) -> str:
    """The duration between two times in minutes, hours or days: `9 h`, `2 days`."""
    if not first or not last:
        return ""
    return spell_seconds(max(seconds_of(last) - seconds_of(first), 0.0))


def spell_seconds(seconds: float) -> str:
    """A duration in minutes, hours or days."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "a\u00a0minute"
    if minutes < 100:
        return f"{minutes}\u00a0min"
    if minutes < 60 * 48:
        return f"{round(minutes / 60)}\u00a0h"
    return f"{round(minutes / 60 / 24)}\u00a0days"


def seconds_of(time: str) -> float:
    """A time (RFC 3339) in seconds since the epoch."""
    return datetime.fromisoformat(time).timestamp()
