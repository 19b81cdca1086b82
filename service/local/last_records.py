"""What is known of each article and each story in the end, from the records of a whole run.

Records are kept in a file, and positions in memory: some 300 bytes for an article or a story.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

import orjson

from service.contract.record import Record, Topic
from service.contract.translations import is_translations

FIRST_FETCHED = "first_fetched_at"
"""Added to an article: the earliest time of fetch of all its versions, RFC 3339."""

Value = dict[str, Any]

_Span = tuple[int, int]
"""Where a value begins in the file, and how many bytes it has."""


class LastRecords:
    """Takes the records of `articles` and `stories` in their order, and gives the last state.

    Of two events about an article the later one is valid, as they come from one run. An event that
    is `partial` changes its place in the story alone; whoever reads a topic, where order is kept
    within a partition only, goes by `copydesk.sequence`.
    """

    def __init__(self, file: BinaryIO) -> None:
        """`file` is empty, open for reading and writing, and used for nothing else."""
        self._file = file
        self._end = 0
        self._texts: dict[str, _Span] = {}
        self._places_in_story: dict[str, _Span] = {}
        self._first_fetched: dict[str, str] = {}
        self._stories: dict[str, _Span] = {}

    def add(self, record: Record) -> None:
        """Take a record; those of other topics are passed over, and so are translations."""
        if record.value is None or record.topic not in (Topic.ARTICLES, Topic.STORIES):
            return
        if is_translations(record):
            return
        value = orjson.loads(record.value)
        place = self._keep(record.value)
        if record.topic is Topic.STORIES:
            self._stories[value["id"]] = place
            return
        uri = value["uri"]
        if value.get("representationType") == "partial":
            self._places_in_story[uri] = place
        else:
            self._texts[uri] = place
            self._places_in_story.pop(uri, None)
        fetched = value["copydesk"]["page"].get("fetched_at")
        if fetched is not None:
            known = self._first_fetched.get(uri)
            if known is None or datetime.fromisoformat(fetched) < datetime.fromisoformat(known):
                self._first_fetched[uri] = fetched

    def articles(self) -> Iterator[Value]:
        """Each article once, in the order in which they came: its last event, with its last place
        in its story, and `FIRST_FETCHED`. What is taken down is among them, `canceled`."""
        for uri, place in self._texts.items():
            article = self._value(place)
            restated = self._places_in_story.get(uri)
            if restated is not None:
                now = self._value(restated)["copydesk"]
                article["copydesk"]["story"] = now["story"]
                article["copydesk"]["sequence"] = now["sequence"]
            if uri in self._first_fetched:
                article[FIRST_FETCHED] = self._first_fetched[uri]
            yield article

    def stories(self) -> Iterator[Value]:
        """Each story once, in the order in which they came; those that were merged or withdrawn
        are among them."""
        return map(self._value, self._stories.values())

    def _keep(self, value: bytes) -> _Span:
        self._file.seek(self._end)
        self._file.write(value)
        place = (self._end, len(value))
        self._end += len(value)
        return place

    def _value(self, place: _Span) -> Value:
        start, length = place
        self._file.seek(start)
        value: Value = orjson.loads(self._file.read(length))
        return value
