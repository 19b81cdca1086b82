"""A generated crawl: labelled story texts on the shells of real pages, at a realistic mix.

Of a hundred fetches some 75 are articles (of which a third are first prints of a text and the rest
the same texts on other sites), 15 are fetches of a page that was fetched before, 10 are no article.
The mix is an assumption; it is printed with the results.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.shells import Shell, load_shells
from tests.eval.story_rows import StoryRow, load_rows

RECRAWLS, NO_ARTICLES = 0.15, 0.10
PRINTS = 3  # sites that print one text, on average
SITES_A_SHELL = 12
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
SECONDS = 1.0  # between two fetches
_NO_PAGES: tuple[tuple[int, str, bytes], ...] = (
    (404, "text/html", b"<html><body><h1>Not found</h1></body></html>"),
    (200, "application/pdf", b"%PDF-1.7\n%no article in here"),
    (200, "text/html", b"<html><body><p>Coming soon.</p></body></html>"),
)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One page as it was fetched.

    Attributes:
        story: label of its story; None where it holds no article.
        again: whether the same page was fetched before.
    """

    url: str
    fetched_at: datetime
    status: int
    content_type: str
    body: bytes
    story: str | None
    again: bool = False


def generated_crawl(data: Path, count: int, seed: int = 1) -> Iterator[Fetch]:
    """The first `count` fetches; the same arguments give the same ones."""
    lot = random.Random(seed)
    shells = load_shells(data)
    texts = [
        row
        for name in ("train", "test")
        for row in load_rows(data / "stories" / f"{name}.jsonl.gz")
    ]
    lot.shuffle(texts)
    waiting = [row for row in texts for _ in range(PRINTS)]
    recent: list[Fetch] = []
    for number in range(count):
        at = BEGIN + timedelta(seconds=number * SECONDS)
        draw = lot.random()
        if draw < NO_ARTICLES:
            status, kind, body = lot.choice(_NO_PAGES)
            yield Fetch(
                f"https://site{lot.randrange(500)}.example/x/{number}", at, status, kind, body, None
            )
        elif draw < NO_ARTICLES + RECRAWLS and recent:
            old = lot.choice(recent)
            yield Fetch(old.url, at, 200, old.content_type, old.body, old.story, again=True)
        else:
            # Prints of a text come within some thousand fetches of each other, as in the news.
            row = waiting[(number + lot.randrange(2_000)) % len(waiting)]
            fetch = _print(row, lot, shells, at, number)
            recent = [*recent[-999:], fetch]
            yield fetch


def _print(
    row: StoryRow, lot: random.Random, shells: list[Shell], at: datetime, number: int
) -> Fetch:
    place = lot.randrange(len(shells) * SITES_A_SHELL)
    paragraphs = [line for line in row.text.split("\n") if line.strip()]
    title = (
        paragraphs[0]
        if len(paragraphs) > 1 and len(paragraphs[0]) < 160
        else f"{paragraphs[0][:90]}"
    )
    rest = paragraphs[1:] if title == paragraphs[0] else paragraphs
    body = shells[place % len(shells)].print(title, rest)
    url = f"https://site{place}.example/news/{number}-{row.id}"
    return Fetch(url, at, 200, "text/html; charset=utf-8", body, row.story)
