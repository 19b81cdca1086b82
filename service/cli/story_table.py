"""What came out, as tables a person can read."""

from collections import defaultdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.local.tally import Tally

_DETAIL = 60


def print_tally(console: Console, tally: Tally) -> None:
    """Print each story with its articles, then the pages that are no event, then the sums."""
    by_story: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in tally.articles.values():
        story_id = article["copydesk"]["story"]["id"]
        while into := tally.stories[story_id].get("merged_into"):
            story_id = into
        by_story[story_id].append(article)
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("relation", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("signed by", no_wrap=True)
    table.add_column("site", no_wrap=True)
    table.add_column("headline", no_wrap=True, overflow="ellipsis", ratio=1)
    ranked = sorted(by_story.items(), key=lambda item: -len(item[1]))
    for story_id, articles in ranked:
        _add_story(table, tally.stories[story_id], articles)
    console.print(table)
    console.print()
    away = Table(box=None, pad_edge=False, expand=True)
    away.add_column("no event", no_wrap=True)
    away.add_column("reason", no_wrap=True)
    away.add_column("why", no_wrap=True)
    away.add_column("page", no_wrap=True, overflow="ellipsis", ratio=1)
    for topic, reason, address, detail in tally.turned_away:
        away.add_row(topic, reason, Text(detail[:_DETAIL]), Text(address))
    console.print(away)
    console.print()
    copies = len(tally.articles) - len(by_story)
    console.print(
        f"{tally.outcomes} pages: {len(tally.articles)} articles in {len(by_story)} stories"
        f" ({copies} of them copies or later takes), {len(tally.turned_away)} turned away"
    )


def _add_story(table: Table, story: dict[str, Any], articles: list[dict[str, Any]]) -> None:
    state = "" if story["status"] == "active" else f"  [{story['status'].upper()}]"
    agency = story.get("agency") or "no agency"
    head = f"{story['headline']}{state}"
    table.add_row(
        Text(_count(len(articles)), style="bold"),
        "",
        Text(agency, style="bold cyan"),
        Text(story["original"]["host"], style="bold"),
        Text(head, style="bold"),
    )
    for article in articles:
        block = article["copydesk"]
        placed = block["story"]
        score = f"{placed['similarity']:.2f}" if placed.get("parent") else ""
        table.add_row(
            f"  {placed['relation']}",
            score,
            block["wire"].get("agency") or "-",
            Text(block["page"]["host"]),
            Text(article["headlines"][0]["value"]),
        )


def _count(articles: int) -> str:
    return f"{articles} article{'s' if articles > 1 else ''}"
