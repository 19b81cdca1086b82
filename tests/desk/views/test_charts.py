"""Charts of columns: every number is seen, and nothing is drawn outside."""

from hypothesis import given
from hypothesis import strategies as st

from service.desk.views.charts import HEIGHT, stacked

COLUMNS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=60)


@given(COLUMNS)
def test_columns_are_inside_the_chart(columns: list[tuple[int, int]]) -> None:
    chart = stacked(columns)
    for part in chart.parts:
        assert 0 <= part.x <= chart.width - part.width
        assert part.height > 0
        assert -0.1 <= part.y <= part.y + part.height <= HEIGHT + 0.1


@given(COLUMNS)
def test_all_that_is_not_0_is_drawn(columns: list[tuple[int, int]]) -> None:
    chart = stacked(columns)
    assert len(chart.parts) == sum(value > 0 for values in columns for value in values)
    assert chart.highest == max(map(sum, columns), default=0)


def test_heights_are_as_the_numbers() -> None:
    chart = stacked([(30, 10), (0, 20)])
    assert [(part.series, part.y, part.height) for part in chart.parts] == [
        (0, HEIGHT / 4, HEIGHT * 3 / 4),
        (1, 0, HEIGHT / 4),
        (1, HEIGHT / 2, HEIGHT / 2),
    ]
