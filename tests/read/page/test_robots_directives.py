"""Lists of directives for robots."""

import pytest

from service.read.page.robots_directives import MOST, Directive, read_directives, read_header


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NoAI , noindex", [Directive("noai"), Directive("noindex")]),
        (" , ,", []),
        ("max-snippet:-1, noai", [Directive("max-snippet", "-1"), Directive("noai")]),
        ("revisit-after: 3 days, noai", [Directive("revisit-after", "3 days"), Directive("noai")]),
        ("category: news, noai", [Directive("category", "news"), Directive("noai")]),
        (
            "unavailable_after: Saturday, 25-Jun-25 15:00:00 PST, noai",
            [
                Directive("unavailable_after", "Saturday, 25-Jun-25 15:00:00 PST"),
                Directive("noai"),
            ],
        ),
    ],
)
def test_a_list_in_a_meta_element(text: str, found: list[Directive]) -> None:
    assert list(read_directives(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("noai", [Directive("noai")]),
        (
            "noai, otherbot: noml, noindex",
            [
                Directive("noai"),
                Directive("noml", None, "otherbot"),
                Directive("noindex", None, "otherbot"),
            ],
        ),
        (
            "onebot: noai, *: noml",
            [Directive("noai", None, "onebot"), Directive("noml")],
        ),
        (
            "otherbot: unavailable_after: 25 Jun 2025 15:00:00 PST",
            [Directive("unavailable_after", "25 Jun 2025 15:00:00 PST", "otherbot")],
        ),
        ("otherbot:", []),
    ],
)
def test_a_header_may_name_a_crawler(text: str, found: list[Directive]) -> None:
    assert list(read_header(text)) == found


def test_a_list_has_a_bound() -> None:
    assert len(list(read_directives("x," * 100_000))) == MOST
    assert len(list(read_header("a:" * 100_000))) <= MOST
