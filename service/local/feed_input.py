"""What `copydesk feed` writes: the pages of files, from where an earlier feed of them ended."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage
from service.local.fed_files import FedFiles, FileState, file_state
from service.local.fed_outcomes import input_trace
from service.local.fetch_order import MergedFile, fetch_time, first_time, merge_by_time
from service.local.inputs.compressed import InputLimits
from service.local.inputs.found_file import FoundFile, Report, UnreadableInput
from service.local.inputs.open_counted import Advance
from service.local.inputs.payload_index import PayloadIndex
from service.local.read_files import read_file


@dataclass(frozen=True, slots=True)
class Period:
    """Times of fetch: from `since`, inclusive, to `until`, exclusive; None: without a limit."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_limited(self) -> bool:
        return self.since is not None or self.until is not None

    def has(self, time: datetime) -> bool:
        """True if the time is within the period."""
        return (self.since is None or self.since <= time) and (
            self.until is None or time < self.until
        )


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """How files are fed.

    Attributes:
        period: only pages fetched in it, and pages without a time of fetch.
        in_order: merge the files by time of fetch; else one file follows the other.
        limits: bound what a compressed file may hold.
    """

    period: Period = Period()
    in_order: bool = False
    limits: InputLimits = field(default_factory=InputLimits)


@dataclass(slots=True)
class _File:
    """A file that is being fed, with counts of records from its start.

    Attributes:
        fed: written and acknowledged by the broker; saved in the journal up to `saved`.
        passed_on: up to the last one that `messages` has yielded.
        is_read: read to its end.
    """

    found: FoundFile
    state: FileState
    fed: int
    saved: int
    passed_on: int
    is_read: bool = False

    @property
    def is_fed(self) -> bool:
        """True if it was read to its end, and all its pages were acknowledged."""
        return self.is_read and self.fed >= self.passed_on


class FeedInput:
    """The pages of files, without those that the journal has as fed.

    `messages` may be read in another thread than the one that calls the other methods.

    Args:
        journal: None to feed everything, without a record of it.
        is_stopped: asked before each record; once it is true, reading ends.
        report: called with one line about each file that is not fed as one would expect.

    Attributes:
        total_bytes: size of the files that are not fed yet.
        records_before: records of these files that were fed earlier.
        files_before: files that were fed to their end earlier.
        left_out: pages so far that are outside the period.
        undated: pages so far without a time of fetch, if there is a period.

    Raises:
        UnreadableInput: a file is not there.
    """

    def __init__(
        self,
        files: Sequence[FoundFile],
        journal: FedFiles | None,
        options: FeedOptions,
        is_stopped: Callable[[], bool],
        report: Report,
    ) -> None:
        self._journal = journal
        self._options = options
        self._is_stopped = is_stopped
        self._report = report
        self._files = [file for found in files if (file := self._begin(found))]
        self.total_bytes = sum(file.state.size for file in self._files)
        self.records_before = sum(file.fed for file in self._files)
        self.files_before = len(files) - len(self._files)
        self.left_out = self.undated = 0
        self._payloads = PayloadIndex()
        self._begun: deque[_File] = deque()
        self._unfinished: list[_File] = []
        self._unsaved: dict[bytes, tuple[_File, int]] = {}

    def messages(self, advance: Advance) -> Iterator[InputMessage]:
        """Yield the pages to be fed. The position of each is the number of its file, and its own
        number in the file; its `traceparent` is made from them.

        Args:
            advance: called with the number of bytes of each read, before decompression.

        Raises:
            UnreadableInput: a file cannot be read, or not to its end.
        """
        if not self._options.in_order:
            for number in range(len(self._files)):
                yield from self._pages(number, advance)
            return
        starts = [self._first_time(file) for file in self._files]
        merged = [
            MergedFile(file.found.name, partial(self._pages, number, advance))
            for number, file in enumerate(self._files)
        ]
        yield from merge_by_time(list(zip(starts, merged, strict=True)), self._report)

    def acknowledge(self, message: InputMessage) -> None:
        """Note that a page was written, and all pages of its file before it."""
        self._files[message.source.partition].fed = message.source.offset + 1

    def is_due_before(self, message: InputMessage) -> bool:
        """True if the journal must be saved before this page is written: a page of its address
        that the journal does not have was written already.

        So what is fed again after a crash has no address twice: two captures of a page, fed again,
        would look like two further versions of it.
        """
        if self._journal is None or message.key is None:
            return False
        file, offset = self._unsaved.get(message.key, (None, 0))
        self._unsaved[message.key] = (
            self._files[message.source.partition],
            message.source.offset,
        )
        return file is not None and offset >= file.saved

    def save(self) -> None:
        """Write to the journal how far each file was fed.

        Raises:
            JournalUnusable: it cannot be written.
        """
        if self._journal is None:
            return
        while self._begun:
            self._unfinished.append(self._begun.popleft())
        entries: list[tuple[FileState, int | None]] = []
        for file in self._unfinished:
            if file.is_fed:
                entries.append((file.state, None))
            elif file.fed > file.saved:
                entries.append((file.state, file.fed))
            file.saved = file.fed
        if entries:
            self._journal.write(entries)
        self._unfinished = [file for file in self._unfinished if not file.is_fed]
        self._unsaved = {
            key: (file, offset)
            for key, (file, offset) in self._unsaved.items()
            if offset >= file.saved
        }

    @property
    def is_fed(self) -> bool:
        """True if all files were read to their ends, and all pages acknowledged."""
        return all(file.is_fed for file in self._files)

    def _begin(self, found: FoundFile) -> _File | None:
        state = file_state(found.path)
        if state is None:
            raise UnreadableInput(found.path, "no such file or folder")
        if self._journal is None:
            return _File(found, state, 0, 0, 0)
        if state in self._journal:
            return None
        if self._journal.has_changed(state):
            self._report(f"{found.path} has changed since a part of it was fed; fed from its start")
        records = self._journal.records(state)
        return _File(found, state, records, records, records)

    def _first_time(self, file: _File) -> datetime:
        read = _read(file, lambda count: None, self._options.limits, PayloadIndex())
        with closing(read) as messages:
            return first_time(messages)

    def _pages(self, number: int, advance: Advance) -> Iterator[InputMessage]:
        file, period = self._files[number], self._options.period
        first = file.fed
        self._begun.append(file)
        for message in _read(file, advance, self._options.limits, self._payloads, number):
            if self._is_stopped():
                return
            if message.source.offset < first:
                continue
            if period.is_limited:
                time = fetch_time(message)
                if time is None:
                    self.undated += 1
                elif not period.has(time):
                    self.left_out += 1
                    continue
            file.passed_on = message.source.offset + 1
            yield message
        file.is_read = True


def _read(
    file: _File, advance: Advance, limits: InputLimits, payloads: PayloadIndex, number: int = 0
) -> Generator[InputMessage, None, None]:
    name = f"{file.found.name} {file.state.size}"
    for offset, pending in enumerate(read_file(file.found, advance, limits, payloads)):
        yield InputMessage(
            key=pending.key,
            value=pending.value,
            headers=(*pending.headers, input_trace(name, offset)),
            timestamp=None,
            source=SourcePosition(topic=file.found.name, partition=number, offset=offset),
        )
