"""UTC offsets, as pages write them: `Z`, `+0100`, `-500`, `GMT+1`, `EST`, `ET`."""

import re
from datetime import date, timedelta

OFFSET = re.compile(
    r"^(?:UTC|GMT)?\s?([+\u2212-])(\d{1,2})(?::?(\d\d))?$|^([+\u2212-])(\d)(\d\d)$", re.I
)
FARTHEST = 14  # hours
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0,
    "BST": 60, "CET": 60, "MEZ": 60, "WAT": 60, "WEST": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "SAST": 120, "CAT": 120,
    "EEST": 180, "MSK": 180, "EAT": 180, "TRT": 180, "PKT": 300, "IST": 330, "ICT": 420, "WIB": 420,
    "HKT": 480, "SGT": 480, "PHT": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780,
    "ART": -180, "BRT": -180, "EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360,
    "MST": -420, "PDT": -420, "PST": -480, "AKDT": -480, "AKST": -540, "HST": -600,
}  # fmt: skip
"""Minutes east of Greenwich. The names of RFC 2822 have its meaning (`CST` is not China's); `IST`
is India's, whose sites print it. Names that stay ambiguous (`AST`) are left out."""
AMERICAN = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
"""Zones of the United States without their season, in minutes in winter."""


def offset_at(zone: str, day: date) -> str | None:
    """Return the offset of a zone on a day, as RFC 3339 writes it; None if the zone is not listed
    or there is no such offset."""
    zone = zone.strip().upper()
    if zone in ZONES:
        return write_offset(ZONES[zone])
    if zone in AMERICAN:
        return write_offset(AMERICAN[zone] + (60 if is_american_summer(day) else 0))
    match = OFFSET.match(zone)
    if match is None:
        return None
    west = (match.group(1) or match.group(4)) != "+"
    hours, minutes = (
        int(match.group(2) or match.group(5)),
        int(match.group(3) or match.group(6) or 0),
    )
    if hours > FARTHEST or minutes > 59:
        return None
    return write_offset((60 * hours + minutes) * (-1 if west else 1))


def write_offset(minutes: int) -> str:
    """Return an offset in minutes as RFC 3339 writes it."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def is_american_summer(day: date) -> bool:
    """Whether summer time is in force in the United States (since 2007: from the second Sunday in
    March to the first in November)."""
    return sunday(day.year, 3, 2) <= day < sunday(day.year, 11, 1)


def sunday(year: int, month: int, number: int) -> date:
    """Return the first, second ... Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
