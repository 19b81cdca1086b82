"""The two articles that a person names, found in files: pages are read, events are looked up."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from service.events.adapters import decode
from service.events.extracted import Extracted
from service.events.failure import ERROR_PREFIX, REASON
from service.events.input_message import InputMessage
from service.events.outcome import Failed, Rejected
from service.events.record import Record
from service.events.serde import UndecodableValue, load, load_json
from service.events.topics import Topic
from service.local.find_event import EventSearch, several
from service.local.read_files import read_inputs
from service.local.signed_text import from_extracted
from service.local.wanted import NoSuchArticle, Wanted
from service.read import ReadOptions, read
from service.story.explanation import SignedText


@dataclass(frozen=True, slots=True)
class InFile:
    """A file, or a folder of files, and which article of it is meant; None: the only one."""

    path: Path
    wanted: Wanted | None

    @classmethod
    def parse(cls, argument: str) -> "InFile | None":
        """FILE or FILE#ADDRESS, where such a file exists; a name may have a # of its own."""
        if os.path.exists(argument):  # noqa: PTH110 - a Path would lose what is no path in it
            return cls(Path(argument), None)
        at = argument.find("#")
        while at > 0:
            if os.path.exists(argument[:at]):  # noqa: PTH110
                return cls(Path(argument[:at]), Wanted(argument[at + 1 :]))
            at = argument.find("#", at + 1)
        return None


def find_in_file(place: InFile, options: ReadOptions) -> SignedText:
    """The article in a file of pages, or of the records that `copydesk fold` writes.

    A page is named by its address; of several captures the last that is an article is taken.

    Raises:
        NoSuchArticle: there is none, or more than one and none was named.
        UnreadableInput: the file cannot be read.
    """
    source = str(place.path)
    events = EventSearch((place.wanted,), source)
    pages = _PageSearch(place.wanted, source, options)
    stored = 0
    for message in read_inputs([place.path]):
        if (record := _stored(message)) is None:
            pages.enter(message)
        else:
            stored += 1
            events.enter(*record)
    return events.result(0) if stored else pages.result()


def find_in_events(path: Path, wanted: Sequence[Wanted]) -> EventSearch:
    """Read a file of records once, for several articles.

    Raises:
        UnreadableInput: the file cannot be read.
    """
    search = EventSearch(wanted, str(path))
    for record in _records(path):
        search.enter(*record)
    return search


def _records(path: Path) -> Iterator[tuple[Topic, bytes, str | None]]:
    for message in read_inputs([path]):
        record = _stored(message)
        if record is not None:
            yield record


def _stored(message: InputMessage) -> tuple[Topic, bytes, str | None] | None:
    """Topic, value and event id of a line that `copydesk fold` wrote; None for any other input."""
    if message.header("content-type") != b"application/json" or not message.value:
        return None
    try:
        row = load_json(message.value)
    except UndecodableValue:
        return None
    if not isinstance(row, dict) or row.get("topic") not in set(Topic) or "value" not in row:
        return None
    headers = row.get("headers")
    event_id = headers.get("ce_id") if isinstance(headers, dict) else None
    return (
        Topic(row["topic"]),
        orjson.dumps(row["value"]),
        event_id if isinstance(event_id, str) else None,
    )


class _PageSearch:
    """Looks for an article among pages; only those that may be it are read."""

    def __init__(self, wanted: Wanted | None, source: str, options: ReadOptions) -> None:
        self._wanted = wanted
        self._source = source
        self._options = options
        self._pages = 0
        self._found: dict[str, Extracted] = {}
        self._why = ""

    def enter(self, message: InputMessage) -> None:
        """Take the next page.

        Raises:
            NoSuchArticle: it is another article where one was expected.
        """
        self._pages += 1
        if self._wanted is not None and not self._may_be(message, self._wanted):
            return
        record = read(message, self._options)
        if record.topic is not Topic.EXTRACTED:
            self._why = _why(record)
            return
        extracted = load(Extracted, record.value or b"")
        self._found.pop(extracted.article.uri, None)
        self._found[extracted.article.uri] = extracted
        if self._wanted is None and len(self._found) > 1:
            urls = [each.article.url for each in self._found.values()]
            raise NoSuchArticle(several(self._source, [*urls, "..."]))

    def _may_be(self, message: InputMessage, wanted: Wanted) -> bool:
        try:
            url = decode(message, self._options.adapters, self._options.body_refs).url
        except (Rejected, Failed):
            return False
        return wanted.is_page(url)

    def result(self) -> SignedText:
        """The article; of several captures the newest."""
        if self._found:
            return from_extracted(list(self._found.values())[-1], self._source)
        if self._wanted is None:
            raise NoSuchArticle(f"{self._source}: no article in it: {self._why or 'it is empty'}")
        if self._why:
            raise NoSuchArticle(f"{self._source}: {self._wanted.given}: no article: {self._why}")
        raise NoSuchArticle(
            f"{self._source}: {self._wanted.given}: not among the {self._pages} pages there"
        )


def _why(record: Record) -> str:
    """Why READ made no article of a page."""
    headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
    if record.topic is Topic.FAILED:
        return f"{headers.get(REASON)}: {headers.get(ERROR_PREFIX + 'exception.message', '')}"
    rejection = load_json(record.value or b"{}")
    return f"{rejection.get('reason')}: {rejection.get('detail')}"
