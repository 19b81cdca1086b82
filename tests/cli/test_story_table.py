"""The table that the demo prints."""

import io
from typing import Any

from rich.console import Console

from service.cli.story_table import print_outcomes
from service.local.outcome_counts import OutcomeCounts


def article(uri: str, story: str, host: str) -> dict[str, Any]:
    return {
        "uri": uri,
        "headlines": [{"value": f"Headline of {uri}"}],
        "copydesk": {
            "story": {"id": story, "relation": "original", "similarity": 1.0},
            "wire": {"agency": "afp"},
            "page": {"host": host},
        },
    }


def state(story: str, **more: Any) -> dict[str, Any]:
    return {
        "id": story,
        "headline": f"Headline of {story}",
        "status": "active",
        "original": {"host": f"{story}.example"},
        **more,
    }


def translation(story: str, language: str, score: float) -> dict[str, Any]:
    return {
        "story": story,
        "language": language,
        "score": score,
        "host": f"{story}.example",
        "headline": f"[bold]Headline[/] of {story}",
    }


def printed(counts: OutcomeCounts) -> list[str]:
    sink = io.StringIO()
    print_outcomes(Console(file=sink, width=200), counts)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def test_a_story_is_followed_by_those_in_other_languages() -> None:
    counts = OutcomeCounts(outcomes=2)
    for uri, story in (("a", "one"), ("b", "two")):
        counts.articles[uri] = article(uri, story, f"{uri}.example")
        counts.stories[story] = state(story)
    counts.translations["one"] = {
        "translations": [translation("two", "fr", 0.987), translation("three", "de", 0.7)],
        "translation_of": "two",
    }
    lines = printed(counts)
    place = next(n for n, line in enumerate(lines) if line.startswith("1 article"))
    assert lines[place + 1].split()[:1] == ["original"]
    assert lines[place + 2].split(maxsplit=4)[:4] == ["from", "fr", "0.99", "two.example"]
    assert "[bold]Headline[/] of two" in lines[place + 2]
    assert lines[place + 3].split()[:4] == ["also", "in", "de", "0.70"]
    assert lines[-1] == (
        "2 pages: 2 articles in 2 stories (0 of them copies or later takes),"
        " 1 links between translations, 0 without an event"
    )


def test_a_merged_story_is_that_which_it_was_merged_into() -> None:
    counts = OutcomeCounts()
    counts.articles["a"] = article("a", "one", "a.example")
    counts.stories |= {
        "one": state("one", status="merged", merged_into="two"),
        "two": state("two", status="withdrawn"),
    }
    lines = printed(counts)
    (head,) = (line for line in lines if line.startswith("1 article"))
    assert head.endswith("Headline of two  [WITHDRAWN]")


def test_pages_without_an_event_are_listed_with_their_reasons() -> None:
    counts = OutcomeCounts(without_event=[("failed", "no_url", "https://a.example/", "why\x1b[2J")])
    (line,) = (line for line in printed(counts) if line.startswith("failed"))
    assert "no_url" in line
    assert "https://a.example/" in line
    assert "\x1b" not in line
