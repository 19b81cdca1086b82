"""Prints the stories and other outcomes of the demo as tables."""

from collections import defaultdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.local.outcome_counts import OutcomeCounts
from service.text.printable import one_line

_DETAIL = 60


def print_outcomes(console: Console, counts: OutcomeCounts) -> None:
    """Print each story with its articles, then the pages without an event, then the totals."""
    by_story: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in counts.articles.values():
        story_id = article["copydesk"]["story"]["id"]
        while into := counts.stories[story_id].get("merged_into"):
            story_id = into
        by_story[story_id].append(article)
    table = Table(box=None, pad_edge=False, expand=console.is_terminal)
    table.add_column("relation", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("signed by", no_wrap=True)
    table.add_column("site", no_wrap=True)
    table.add_column("headline", no_wrap=True, overflow="ellipsis", ratio=1)
    ranked = sorted(by_story.items(), key=lambda item: -len(item[1]))
    for story_id, articles in ranked:
        _add_story(table, counts.stories[story_id], articles)
        if (said := counts.translations.get(story_id)) is not None:
            _add_translations(table, said)
    console.print(table)
    console.print()
    others = Table(box=None, pad_edge=False, expand=console.is_terminal)
    others.add_column("no event", no_wrap=True)
    others.add_column("reason", no_wrap=True)
    others.add_column("why", no_wrap=True)
    others.add_column("page", no_wrap=True, overflow="ellipsis", ratio=1)
    for topic, reason, address, detail in counts.without_event:
        others.add_row(
            topic,
            _safe(reason),
            _safe(detail[: _DETAIL if console.is_terminal else None]),
            _safe(address),
        )
    console.print(others)
    console.print()
    copies = len(counts.articles) - len(by_story)
    console.print(
        f"{counts.outcomes} pages: {len(counts.articles)} articles in {len(by_story)} stories"
        f" ({copies} of them copies or later takes), {counts.links} links between translations,"
        f" {len(counts.without_event)} without an event"
    )


def _add_story(table: Table, story: dict[str, Any], articles: list[dict[str, Any]]) -> None:
    state = "" if story["status"] == "active" else f"  [{story['status'].upper()}]"
    agency = story.get("agency") or "no agency"
    head = f"{story['headline']}{state}"
    table.add_row(
        Text(_count(len(articles)), style="bold"),
        "",
        _safe(agency, "bold cyan"),
        _safe(story["original"]["host"], "bold"),
        _safe(head, "bold"),
    )
    for article in articles:
        block = article["copydesk"]
        story_block = block["story"]
        score = f"{story_block['similarity']:.2f}" if story_block.get("parent") else ""
        table.add_row(
            _safe(f"  {story_block['relation']}"),
            score,
            _safe(block["wire"].get("agency") or "-"),
            _safe(block["page"]["host"]),
            _safe(article["headlines"][0]["value"]),
        )


def _add_translations(table: Table, said: dict[str, Any]) -> None:
    """Add a row for each story in another language: the one that this is a translation of, as far
    as that is decided, or another translation."""
    for other in said["translations"]:
        is_source = other["story"] == said.get("translation_of")
        table.add_row(
            _safe(f"  {'from' if is_source else 'also in'} {other['language']}", "cyan"),
            f"{other['score']:.2f}",
            "",
            _safe(other["host"], "cyan"),
            _safe(other["headline"], "cyan"),
        )


def _safe(text: str, style: str = "") -> Text:
    """Foreign text for a cell; as `Text`, rich does not read it as markup."""
    return Text(one_line(text), style=style)


def _count(articles: int) -> str:
    return f"{articles} article{'s' if articles > 1 else ''}"
