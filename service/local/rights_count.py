"""Counts, by host and word, what pages say about the use of their texts, and which of them a policy
would reject."""

import time
from collections import Counter
from collections.abc import Iterable
from contextlib import aclosing
from dataclasses import dataclass

from service.contract.article import Article
from service.contract.extracted import Extracted
from service.contract.record import InputMessage, Topic
from service.contract.serde import load
from service.local.fold_files import read_ahead
from service.read.page.rights_check import hits_of, restricts
from service.read.rights_policy import RightsPolicy
from service.sandbox.from_settings import open_sandbox
from service.settings import Settings

Cell = tuple[str | None, str | None]
"""A host and a word; None stands for all of them."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """What is counted for one host and one word.

    Attributes:
        host: None for all hosts together.
        word: None for all words together.
        pages: pages with the word; for all words together, all pages that are articles.
        restricted: those whose use the word restricts: `reject` for it would reject them.
        rejected: those that the policy rejects because of the word.
    """

    host: str | None
    word: str | None
    pages: int
    restricted: int
    rejected: int


class RightsCount:
    """Counts articles under a policy. A page that was captured twice counts twice."""

    def __init__(self, policy: RightsPolicy) -> None:
        self._policy = policy
        self._pages: Counter[Cell] = Counter()
        self._restricted: Counter[Cell] = Counter()
        self._rejected: Counter[Cell] = Counter()

    def add(self, article: Article) -> None:
        """Count an article that was read with every word marked."""
        words = article.rights.words if article.rights else ()
        hits = hits_of(words, self._policy, article.fetched_at)
        self._count(self._pages, article.host, {word.word for word in words}, always=True)
        restricting = {word.word for word in words if restricts(word, article.fetched_at)}
        self._count(self._restricted, article.host, restricting)
        self._count(self._rejected, article.host, {word.word for word in hits})

    def rows(self) -> list[CountRow]:
        """Return a row for each host and word that was seen: all hosts first, then the host with
        most pages that the policy rejects; of each, all words first."""
        cells = sorted(self._pages, key=self._rank)
        return [
            CountRow(*cell, self._pages[cell], self._restricted[cell], self._rejected[cell])
            for cell in cells
        ]

    def _count(
        self, counter: Counter[Cell], host: str, words: Iterable[str], always: bool = False
    ) -> None:
        named: list[str | None] = [*words]
        if named or always:
            named.append(None)
        counter.update((where, word) for where in (None, host) for word in named)

    def _rank(self, cell: Cell) -> tuple[bool, int, int, str, bool, int, str]:
        host, word = cell
        whole = (host, None)
        return (
            host is not None,
            -self._rejected[whole],
            -self._pages[whole],
            host or "",
            word is not None,
            -self._pages[cell],
            word or "",
        )


async def count_rights(
    messages: Iterable[InputMessage], settings: Settings, policy: RightsPolicy
) -> RightsCount:
    """Read messages as `copydesk fold` does and count the articles among them.

    No page is rejected for its rights here, whatever the settings say.
    """
    count = RightsCount(policy)
    unhindered = settings.model_copy(update={"rights": (), "honour_noarchive": False})
    sandbox = open_sandbox(unhindered, newest=time.time_ns() // 1_000_000)
    try:
        async with aclosing(read_ahead(messages, sandbox, unhindered)) as ahead:
            async for outcomes in ahead:
                for record in outcomes:
                    if record.topic is Topic.EXTRACTED:
                        count.add(load(Extracted, record.value or b"").article)
    finally:
        await sandbox.close()
    return count
