"""Geometry of charts of columns, which templates draw as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 60
_COLUMN, _GAP = 5, 1
_LEAST = 1.5


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a column, in units of the chart. `series`: which of the values it shows."""

    series: int
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of stacked columns, the first series at the bottom; `highest`: its tallest column."""

    width: int
    highest: int
    parts: list[Part]
    height: int = HEIGHT


def stacked(columns: Sequence[Sequence[int]]) -> Chart:
    """Lay out columns of numbers, each with a value for every series.

    The tallest column is `HEIGHT` high. What is not 0 is at least `_LEAST` high, so that it is
    seen; where that makes a column too tall, all its parts are lower.
    """
    highest = max((sum(values) for values in columns), default=0)
    parts = []
    for number, values in enumerate(columns):
        heights = [max(value / highest * HEIGHT, _LEAST) if value else 0.0 for value in values]
        excess = max(sum(heights) / HEIGHT, 1.0)
        y = float(HEIGHT)
        for series, height in enumerate(heights):
            if height:
                y -= height / excess
                x = number * (_COLUMN + _GAP)
                parts.append(
                    Part(series, x, round(max(y, 0.0), 2), _COLUMN, round(height / excess, 2))
                )
    return Chart(max(len(columns) * (_COLUMN + _GAP) - _GAP, 1), highest, parts)
