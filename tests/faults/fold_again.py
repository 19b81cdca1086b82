"""FOLD without Kafka over what stands in `articles.extracted`: what an undisturbed run says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.window import WindowLimits
from service.settings import Settings
from tests.worker.topics_reader import Seen

_COMPARED = (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED)

Stream = dict[tuple[Topic, bytes | None], list[tuple[str, bytes | None]]]
"""Ids and values in their order, for each key of a topic."""


def fold_again(seen: Sequence[Seen], settings: Settings, *, exact: bool) -> Iterator[str]:
    """Where FOLD's output differs from that of one worker that nothing disturbed.

    Order counts for each key, and so for each story. Without `exact` a repeat counts as what it
    repeats.
    """
    wanted = _wanted(seen, settings)
    found = _found(seen, exact=exact)
    for key in sorted(set(wanted) | set(found), key=str):
        if wanted.get(key) != found.get(key):
            left, right = _first_difference(wanted.get(key, []), found.get(key, []))
            yield f"{key}: {right!r:.200} instead of {left!r:.200}"


def _wanted(seen: Iterable[Seen], settings: Settings) -> Stream:
    window = WindowLimits(settings.window_span, settings.window_articles)
    shards: dict[int, Shard] = defaultdict(lambda: Shard(window))
    stream: Stream = defaultdict(list)
    for record in seen:
        if record.topic is Topic.EXTRACTED:
            shard = shards[record.partition]
            for made in fold(_message(record), shard, record.partition):
                if made.topic in _COMPARED:
                    stream[made.topic, made.key].append((_id(made), made.value))
    return stream


def _found(seen: Iterable[Seen], *, exact: bool) -> Stream:
    stream: Stream = defaultdict(list)
    for record in seen:
        if record.topic not in _COMPARED or _is_by_read(record):
            continue
        entry = (record.id or "", record.value)
        entries = stream[record.topic, record.key]
        if exact or entry not in entries:
            entries.append(entry)
    return stream


def _is_by_read(record: Seen) -> bool:
    return record.topic is Topic.REJECTED and record.reason != "unchanged"


def _message(record: Seen) -> InputMessage:
    return InputMessage(
        key=record.key,
        value=record.value,
        headers=record.headers,
        timestamp=record.timestamp,
        source=SourcePosition(
            topic=record.topic.value, partition=record.partition, offset=record.offset
        ),
    )


def _id(record: Record) -> str:
    return next(value.decode() for name, value in record.headers if name == "ce_id")


def _first_difference(wanted: Sequence[object], found: Sequence[object]) -> tuple[object, object]:
    for left, right in zip(wanted, found, strict=False):
        if left != right:
            return left, right
    both = min(len(wanted), len(found))
    return [*wanted, None][both], [*found, None][both]
