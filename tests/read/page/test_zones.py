"""UTC offsets and zones."""

from datetime import date

import pytest

from service.read.page.zones import is_american_summer, offset_at

WINTER, SUMMER = date(2026, 1, 15), date(2026, 7, 15)


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Z", "+00:00"),
        ("utc", "+00:00"),
        ("+0530", "+05:30"),
        ("-500", "-05:00"),
        ("+1", "+01:00"),
        ("GMT-3", "-03:00"),
        ("\u22123:30", "-03:30"),
        ("JST", "+09:00"),
        ("NDT", None),
        ("+15:00", None),
        ("+01:75", None),
        ("nonsense", None),
    ],
)
def test_offsets(zone: str, offset: str | None) -> None:
    assert offset_at(zone, WINTER) == offset


def test_american_zones_follow_the_season() -> None:
    assert (offset_at("ET", WINTER), offset_at("ET", SUMMER)) == ("-05:00", "-04:00")
    assert (offset_at("PT", WINTER), offset_at("PT", SUMMER)) == ("-08:00", "-07:00")


@pytest.mark.parametrize(
    ("day", "summer"),
    [
        (date(2026, 3, 7), False),
        (date(2026, 3, 8), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
        (date(2024, 3, 10), True),
        (date(2024, 3, 9), False),
    ],
)
def test_summer_time_begins_and_ends_on_sundays(day: date, summer: bool) -> None:
    assert is_american_summer(day) is summer
