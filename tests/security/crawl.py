"""A crawl in miniature: pages go through READ and FOLD one after the other."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import orjson

from service.contract.control import Control, ControlAction, control_record
from service.contract.extracted import SourcePosition
from service.contract.fold_state import (
    ArticleRecord,
    IdentityRecord,
    PartitionClock,
    StoryRecord,
)
from service.contract.outcome import REASON
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import load
from service.fold.assign.authority import AuthorityPolicy
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.row_store import RowStore
from service.read.stage import read

START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


@dataclass
class Fetched:
    """What became of one page: its own event, the events of others, the states of stories."""

    article: dict[str, Any] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)
    stories: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """The address of the article of each event, by `ce_id`."""

    @property
    def status(self) -> str:
        return str(self.article["pubStatus"])

    @property
    def story(self) -> dict[str, Any]:
        """The article's place in its story."""
        place: dict[str, Any] = self.article["copydesk"]["story"]
        return place

    @property
    def taken_down(self) -> set[str]:
        """Hosts of the articles that were withdrawn by this page."""
        canceled = (each for each in self.others if each["pubStatus"] == "canceled")
        return {each["copydesk"]["page"]["host"] for each in canceled}


class Crawl:
    """Fetches pages, one a minute.

    Attributes:
        log: the newest value of each key of `fold.state`.
    """

    def __init__(self, policy: AuthorityPolicy | None = None) -> None:
        self._store = RowStore.in_memory()
        self.shard = Shard(store=self._store, policy=policy)
        self.minutes = 0.0
        self.log: dict[bytes, bytes] = {}
        self._policy = policy
        self._offset = 0

    def fetch(self, url: str, title: str, text: str, *, head: str = "") -> Fetched:
        """Fetch a page.

        Args:
            text: paragraphs, separated by blank lines.
            head: more markup for the head.
        """
        body = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
        html = (
            f"<!DOCTYPE html><html lang=en><head><title>{escape(title)}</title>{head}</head>"
            f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
        )
        return self.fetch_html(url, html)

    def fetch_html(self, url: str, html: str) -> Fetched:
        """Fetch a page with this markup."""
        self.minutes += 1
        at = START + timedelta(minutes=self.minutes)
        page = {"url": url, "text": html, "fetched_at": at.isoformat()}
        source = SourcePosition(topic="pages.raw", partition=0, offset=self._offset)
        made = read(InputMessage(url.encode(), orjson.dumps(page), (), None, source))
        records = self._folded(made) if made.topic is Topic.EXTRACTED else [made]
        self._offset += 1
        return _fetched(records)

    def control(self, action: str, target: str, other: str | None = None, *, n: int = 0) -> Fetched:
        """Carry out a decision of the operator; `n` is another for another decision."""
        control = Control(
            id=f"{n or self._offset:032x}",
            action=ControlAction(action),
            target=target,
            other=other,
            language="en",
            why="The desk checked.",
            at=(START + timedelta(minutes=self.minutes)).isoformat(),
        )
        made = self._folded(control_record(control, 0))
        self._offset += 1
        return _fetched(made, all_are_others=True)

    def restart(self) -> None:
        """Go on with a shard that is restored from its log."""
        self._store = RowStore.in_memory()
        self.shard = Shard(store=self._store, policy=self._policy)
        records: dict[bytes, list[bytes]] = defaultdict(list)
        for key, value in reversed(self.log.items()):
            records[key.partition(b"/")[0]].append(value)
        self.shard.restore(
            [load(ArticleRecord, value) for value in records[b"article"]],
            [load(StoryRecord, value) for value in records[b"story"]],
            [load(PartitionClock, value) for value in records[b"clock"]],
            [load(IdentityRecord, value) for value in records[b"identity"]],
        )

    def reopen(self) -> None:
        """Go on with a shard that is loaded from its row store, as from a checkpoint."""
        clock, segments = self.shard.clock, self.shard.segments
        self.shard = Shard(store=self._store, policy=self._policy)
        self.shard.open(clock, segments)

    def _folded(self, made: Record) -> list[Record]:
        at_fold = SourcePosition(topic="articles.extracted", partition=0, offset=self._offset)
        given = InputMessage(made.key, made.value, made.headers, None, at_fold)
        records = list(fold(given, self.shard, 0))
        for record in records:
            if record.topic is Topic.FOLD_STATE and record.key is not None:
                self.log.pop(record.key, None)
                if record.value is not None:
                    self.log[record.key] = record.value
        return records


def _fetched(records: list[Record], *, all_are_others: bool = False) -> Fetched:
    found = Fetched()
    for record in records:
        value = orjson.loads(record.value or b"null")
        if record.topic is Topic.ARTICLES and not found.article and not all_are_others:
            found.article = value
        elif record.topic is Topic.ARTICLES:
            found.others.append(value)
            found.ids[dict(record.headers)["ce_id"].decode()] = value["copydesk"]["page"]["url"]
        elif record.topic is Topic.STORIES:
            found.stories.append(value)
        elif record.topic in (Topic.REJECTED, Topic.FAILED):
            reason = dict(record.headers)[REASON].decode()
            found.rejected.append({**value, "reason": reason})
    return found
