"""Small charts: every time is shown, and nothing is drawn outside."""

from hypothesis import given
from hypothesis import strategies as st

from service.desk.views.sparkline import HEIGHT, WIDTH, bars, spell_span, timeline_points
from tests.desk.records import at

TIMES = st.lists(st.floats(0, 2000, allow_nan=False), max_size=60).map(
    lambda hours: [at(hour) for hour in sorted(hours)]
)


@given(TIMES)
def test_bars_are_inside_the_chart(times: list[str]) -> None:
    found = bars(times)
    assert bool(found) == bool(times)
    assert all(0 <= bar.x <= WIDTH - bar.width and bar.y + bar.height == HEIGHT for bar in found)
    assert not found or max(bar.height for bar in found) == HEIGHT


@given(TIMES)
def test_each_time_has_a_point_in_order(times: list[str]) -> None:
    found = [point.x for point in timeline_points(times)]
    assert len(found) == len(times)
    assert found == sorted(found)
    assert all(0 <= x <= 100 for x in found)


def test_points_at_one_time_do_not_hide_each_other() -> None:
    assert len({(point.x, point.lane) for point in timeline_points([at(0)] * 5)}) == 5


def test_durations_have_a_suitable_unit() -> None:
    spans = [spell_span(at(0), at(hours)) for hours in (0, 0.5, 9, 70)]
    assert [span.replace("\u00a0", " ") for span in spans] == [
        "a minute",
        "30 min",
        "9 h",
        "3 days",
    ]
    assert spell_span(None, at(0)) == ""
