"""Which of two translations is the original: each rule, in both orders."""

from typing import Any

import pytest

from service.contract.story_concepts import StoryConcepts
from service.link.original import source_of
from tests.link.records import story

EARLY, LATE = "2026-03-01T09:00:00+00:00", "2026-03-01T11:15:00+02:00"  # a quarter of an hour
TOO_CLOSE = "2026-03-01T09:14:59+00:00"
FIRST, SECOND = "uri of ferry/es", "uri of ferry/fr"


def both(first: dict[str, Any], second: dict[str, Any]) -> tuple[StoryConcepts, StoryConcepts]:
    return story("ferry", "es", **first), story("ferry", "fr", **second)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"own": True}, {}, "agency_host"),
        # The agency's host counts more than what pages say, and these more than time.
        ({"own": True, "names": (SECOND,), "says_translated": True}, {}, "agency_host"),
        ({}, {"names": ("another", FIRST)}, "named"),
        ({"says_translated": True}, {"names": (FIRST,)}, "named"),
        ({}, {"says_translated": True}, "says_so"),
        (
            {"published": LATE, "seen": LATE},
            {"says_translated": True, "published": EARLY, "seen": EARLY},
            "says_so",
        ),
        ({"published": EARLY, "seen": EARLY}, {"published": LATE, "seen": LATE}, "time"),
        # Both of a kind: the next rule decides.
        (
            {"own": True, "published": EARLY, "seen": EARLY},
            {"own": True, "published": LATE, "seen": LATE},
            "time",
        ),
        ({"names": (SECOND,)}, {"names": (FIRST,), "says_translated": True}, "says_so"),
    ],
)
def test_the_first_is_the_original(first: dict[str, Any], second: dict[str, Any], why: str) -> None:
    a, b = both(first, second)
    assert source_of(a, b) == (True, why)
    assert source_of(b, a) == (False, why)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"own": True}, {"own": True}),
        ({"names": (SECOND,)}, {"names": (FIRST,)}),
        ({"names": (FIRST,)}, {}),
        ({"says_translated": True}, {"says_translated": True}),
        ({"published": EARLY}, {"published": LATE}),
        ({"seen": EARLY}, {"seen": LATE}),
        ({"published": EARLY, "seen": EARLY}, {"published": TOO_CLOSE, "seen": LATE}),
        ({"published": EARLY, "seen": LATE}, {"published": LATE, "seen": EARLY}),
        # A time without an offset may be of any zone.
        ({"published": EARLY[:19], "seen": EARLY}, {"published": LATE, "seen": LATE}),
        ({"published": "long ago", "seen": EARLY}, {"published": LATE, "seen": LATE}),
    ],
)
def test_what_does_not_decide_stays_open(first: dict[str, Any], second: dict[str, Any]) -> None:
    a, b = both(first, second)
    assert source_of(a, b) is None
    assert source_of(b, a) is None
