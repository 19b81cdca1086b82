"""The time in `unavailable_after`, as RFC 3339 with an offset."""

import re
from datetime import datetime

from service.read.page.date_values import read_date

_SHORT_YEAR = re.compile(r"\b(\d{1,2})[- ]([A-Za-z]{3})[- ](\d\d)(?=\s+\d{1,2}:)")
"""A day as in RFC 850: `Saturday, 25-Jun-10 15:00:00 PST`. RFC 822 has two digits too."""


def read_expiry(text: str) -> str | None:
    """Return a time in RFC 3339 with an offset; None if it cannot be read.

    Google's description of the directive names RFC 822, RFC 850 and ISO 8601. A year of two digits
    is of this century, since the directive is younger. A time without a zone is taken as UTC, and a
    day as its beginning.
    """
    value = read_date(_SHORT_YEAR.sub(r"\1 \2 20\3", text))
    if value is None:
        return None
    return value if datetime.fromisoformat(value).tzinfo is not None else f"{value}+00:00"
