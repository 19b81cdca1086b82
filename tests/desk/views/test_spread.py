"""The chart and the table of how a story spread."""

from service.desk.views.charts import HEIGHT
from service.desk.views.spread import COLUMNS, cumulative, growth
from tests.desk.records import at

SEEN = [
    (at(0), "original", "a.example"),
    (at(0.5), "verbatim", "b.example"),
    (at(5), "spun", "c.example"),
    (at(30), "verbatim", "b.example"),
]


def test_copies_are_counted_after_a_while() -> None:
    found = [(each.hours, each.copies, each.sites, each.relations) for each in growth(SEEN)]
    assert found == [
        (1, 1, 2, [("verbatim", 1)]),
        (6, 2, 3, [("spun", 1), ("verbatim", 1)]),
        (24, 2, 3, [("spun", 1), ("verbatim", 1)]),
        (None, 3, 3, [("verbatim", 2), ("spun", 1)]),
    ]


def test_the_chart_only_grows_up_to_all_copies() -> None:
    chart = cumulative(SEEN)
    assert chart.highest == 3
    tops = [
        sum(part.height for part in chart.parts if part.x == x)
        for x in sorted({part.x for part in chart.parts})
    ]
    assert tops == sorted(tops)
    assert round(tops[-1]) == HEIGHT
    assert len(tops) == COLUMNS - 1  # no copy in the first


def test_nothing_is_no_chart() -> None:
    assert cumulative([]).parts == []
    assert growth([]) == []
    assert growth([(at(0), "original", "a.example")])[0].copies == 0
