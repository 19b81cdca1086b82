"""The time of fetch of a page in a file, and several files merged in the order of that time."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.contract.record import InputMessage
from service.contract.serde import UndecodableValue, load_json
from service.local.inputs.found_file import Report
from service.read.envelopes import decode
from service.read.envelopes.fields import BadField, read_time

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""The time of pages without one at the beginning of a file."""

TOLERATED = timedelta(minutes=1)
"""How much earlier than the page before it a page may be; crawlers that fetch several pages at once
write them so."""

_PEEKED = 100
"""Pages at the beginning of a file that are searched for a time."""


def fetch_time(message: InputMessage) -> datetime | None:
    """Return the time of fetch that a page states, in any form that READ recognises; None if there
    is none, or it cannot be read."""
    stated = message.header("fetched-at")
    if stated is not None:
        return _parsed(stated.decode("utf-8", "replace"))
    try:
        return decode(message).fetched_at
    except Exception:  # READ gives such a page its outcome
        return _in_json(message.value or b"")


def _in_json(value: bytes) -> datetime | None:
    if not value.startswith(b"{"):
        return None
    try:
        stated = load_json(value).get("fetched_at")
    except UndecodableValue:
        return None
    return _parsed(stated) if isinstance(stated, str) else None


def _parsed(time: str) -> datetime | None:
    try:
        return read_time(time)
    except BadField:
        return None


Opened = Iterator[InputMessage]


@dataclass(slots=True)
class MergedFile:
    """A file that is merged with others.

    Attributes:
        name: for warnings.
        open: returns the file's messages that are to be merged.
    """

    name: str
    open: Callable[[], Opened]
    newest: datetime = BEGINNING
    early: int = 0
    earliest_by: timedelta = timedelta()

    def time_of(self, message: InputMessage) -> datetime:
        """The page's time of fetch; that of the page before it if it has none."""
        time = fetch_time(message) or self.newest
        if self.newest - time > TOLERATED:
            self.early += 1
            self.earliest_by = max(self.earliest_by, self.newest - time)
        self.newest = max(self.newest, time)
        return time


def merge_by_time(files: Sequence[tuple[datetime, MergedFile]], report: Report) -> Opened:
    """Yield the messages of all files in the order of their time of fetch, and those of one file
    in the order of the file.

    A file is opened when the merge has reached its first page: one page is held of each file that
    is open.

    Args:
        files: each with the time of its first page.
        report: called with one line about each file that is not in order itself.
    """
    waiting = sorted(((first, number) for number, (first, _) in enumerate(files)), reverse=True)
    heads: list[tuple[datetime, int, InputMessage, Opened]] = []

    def advance(number: int, opened: Opened) -> None:
        file = files[number][1]
        message = next(opened, None)
        if message is not None:
            heapq.heappush(heads, (file.time_of(message), number, message, opened))
        elif file.early:
            report(
                f"{file.name} is not in order of fetch: {file.early} of its pages are earlier than"
                f" one before them, by up to {file.earliest_by}; they keep the order of the file"
            )

    while waiting or heads:
        while waiting and (not heads or waiting[-1][0] <= heads[0][0]):
            number = waiting.pop()[1]
            advance(number, files[number][1].open())
        if heads:
            _, number, message, opened = heapq.heappop(heads)
            yield message
            advance(number, opened)


def first_time(messages: Iterator[InputMessage]) -> datetime:
    """The time of the first page that has one; `BEGINNING` if none of the first pages has one."""
    times = (fetch_time(message) for message, _ in zip(messages, range(_PEEKED), strict=False))
    return next((time for time in times if time is not None), BEGINNING)
