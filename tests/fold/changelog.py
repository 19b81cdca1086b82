"""The newest records of `fold.state`, as in a compacted topic, and shards restored from them."""

from collections.abc import Iterable

from service.contract.fold_state import (
    ARTICLE_PREFIX,
    CLOCK_PREFIX,
    IDENTITY_PREFIX,
    STORY_PREFIX,
    ArticleRecord,
    IdentityRecord,
    PartitionClock,
    StoryRecord,
)
from service.contract.record import Record, Topic
from service.contract.serde import load
from service.fold.assign.decision import Saved
from service.fold.shard import Shard
from service.fold.stage import state_records
from service.fold.state.row_store import RowStore
from service.fold.state.window import WindowLimits


class Changelog:
    """The newest value of each key."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.values: dict[str, bytes] = {}
        self.write(records)

    @classmethod
    def of(cls, saved: Iterable[Saved]) -> "Changelog":
        """The log after some decisions."""
        return cls(record for each in saved for record in state_records(each, 0))

    def write(self, records: Iterable[Record]) -> None:
        """Add the records of `fold.state` among these."""
        for record in records:
            if record.topic is not Topic.FOLD_STATE or record.key is None:
                continue
            self.values.pop(record.key.decode(), None)
            if record.value is not None:
                self.values[record.key.decode()] = record.value

    def under(self, prefix: str) -> list[bytes]:
        """The values of keys with a prefix, the newest first."""
        return [value for key, value in reversed(self.values.items()) if key.startswith(prefix)]

    def restored(
        self,
        limits: WindowLimits | None = None,
        store: RowStore | None = None,
        *,
        links: bool = False,
    ) -> Shard:
        """A shard with this state."""
        shard = Shard(limits, store, links=links)
        shard.restore(
            [load(ArticleRecord, value) for value in self.under(ARTICLE_PREFIX)],
            [load(StoryRecord, value) for value in self.under(STORY_PREFIX)],
            [load(PartitionClock, value) for value in self.under(CLOCK_PREFIX)],
            [load(IdentityRecord, value) for value in self.under(IDENTITY_PREFIX)],
        )
        return shard
