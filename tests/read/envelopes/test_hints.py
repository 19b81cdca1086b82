"""Hints of the crawler in both native forms."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.contract.hints import GIVEN, Hints
from service.read.envelopes import decode
from service.read.envelopes.hints import LONGEST_ADDRESS, LONGEST_TEXT, MOST_DROPPED, MOST_ITEMS
from tests.contract.messages import message

URL = "https://gazette.example/a"
ALL = Hints(
    feed_published="Tue, 14 May 2024 09:30:00 GMT",
    feed_title="Bridge opens",
    feed_source="The Wire",
    sitemap_published="2024-05-14",
    sitemap_title="The bridge opens",
    sitemap_keywords=("bridge", "trams"),
    referrer="https://gazette.example/",
    redirects=("https://gazette.example/1", "https://gazette.example/2"),
    robots=("content-signal: ai-train=no",),
    tdmrep=("tdm-reservation: 1", "tdm-policy: https://gazette.example/tdm.json"),
)


def in_json(hints: Any) -> Hints | None:
    value = orjson.dumps({"url": URL, "text": "<p>", "hints": hints})
    return decode(message(value)).hints


def in_headers(*headers: tuple[str, bytes]) -> Hints | None:
    return decode(message(b"<p>", (("url", URL.encode()), *headers))).hints


def test_a_page_without_hints() -> None:
    assert in_json(None) is in_json({}) is in_headers() is None
    assert in_headers(("hint-feed-title", b"")) is None


def test_every_hint_in_both_forms() -> None:
    given = ALL.model_dump(include=set(GIVEN))
    assert in_json(given) == ALL
    headers = [
        (f"Hint-{name.replace('_', '-')}", text.encode())
        for name, value in given.items()
        for text in ([value] if isinstance(value, str) else value)
    ]
    assert in_headers(*headers) == ALL


def test_lists_in_their_shorter_forms() -> None:
    found = in_json(
        {
            "sitemap_keywords": "bridge, trams,",
            "redirects": "https://gazette.example/1",
            "tdmrep": {"location": "/", "tdm-reservation": 1},
        }
    )
    assert found == Hints(
        sitemap_keywords=("bridge", "trams"),
        redirects=("https://gazette.example/1",),
        tdmrep=("tdm-reservation: 1",),
    )
    assert in_headers(("hint-sitemap-keywords", b"bridge, trams")) == Hints(
        sitemap_keywords=("bridge", "trams")
    )


def test_bytes_that_are_no_utf8_are_read_as_other_headers_are() -> None:
    assert in_headers(("hint-feed-title", b"Caf\xe9 opens")) == Hints(feed_title="Café opens")


@pytest.mark.parametrize(
    ("hints", "dropped"),
    [
        ("a feed", "hints: an object was expected, not str"),
        ({"feed_headline": "x"}, "feed_headline: no such hint"),
        ({"dropped": ["x"]}, "dropped: no such hint"),
        ({"feed_title": ["x"]}, "feed_title: a string was expected, not list"),
        ({"feed_title": True}, "feed_title: a string was expected, not bool"),
        ({"feed_title": "x" * (LONGEST_TEXT + 1)}, "feed_title: 1,001 characters, over 1,000"),
        ({"sitemap_keywords": [{}]}, "sitemap_keywords: a string was expected, not dict"),
        ({"referrer": "javascript:alert(1)"}, "referrer: url: scheme 'javascript' is none of"),
        ({"referrer": "https://me:secret@a.example/"}, "referrer: user info in the address"),
        (
            {"redirects": ["https://a.example/" + "x" * LONGEST_ADDRESS]},
            "redirects: 2,018 characters, over 2,000",
        ),
    ],
)
def test_a_malformed_hint_is_dropped_and_noted(hints: Any, dropped: str) -> None:
    found = in_json(hints)
    assert found is not None
    assert found.dropped[0].startswith(dropped)
    assert found == Hints(dropped=found.dropped)


def test_a_hint_that_cannot_be_leaves_the_others() -> None:
    found = in_json({"feed_title": "Bridge opens", "referrer": 7.5})
    assert found == Hints(
        feed_title="Bridge opens", dropped=("referrer: a string was expected, not float",)
    )
    found = in_headers(("hint-feed-title", b"a"), ("hint-feed-title", b"b"), ("hint-x", b"c"))
    assert found == Hints(
        feed_title="a", dropped=("hint-feed-title: repeated", "hint-x: no such hint")
    )


def test_control_characters_are_no_part_of_a_hint() -> None:
    assert in_json({"feed_title": "Bridge\x1b[31m\n opens"}) == Hints(
        feed_title="Bridge [31m opens"
    )


def test_hostile_numbers_are_bounded() -> None:
    found = in_json(
        {f"unknown_{number}": "x" for number in range(500)} | {"robots": ["noai"] * 50_000}
    )
    assert found is not None
    assert len(found.dropped) == MOST_DROPPED
    assert found.robots == ("noai",) * MOST_ITEMS


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(st.characters(codec="utf-8"), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from((*GIVEN, "location")), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=100)
@given(ANYTHING)
def test_no_hint_makes_a_page_fail(hints: Any) -> None:
    found = in_json(hints)
    assert found is None or isinstance(found, Hints)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(GIVEN), st.binary(max_size=9)), max_size=4))
def test_no_header_of_a_hint_makes_a_page_fail(headers: list[tuple[str, bytes]]) -> None:
    named = [(f"hint-{name.replace('_', '-')}", value) for name, value in headers]
    found = in_headers(*named)
    assert found is None or isinstance(found, Hints)
