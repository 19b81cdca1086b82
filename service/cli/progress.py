"""Progress of commands on standard error: bars on a terminal, else a line now and then."""

import asyncio
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Protocol, Self, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column

from service.cli.say import say
from service.contract.record import Topic

Page = TypeVar("Page")

LINE_SECONDS = 30.0
_SHOW_SECONDS = 0.5
_RATE_SECONDS = 30.0
"""Seconds over which the rate is measured."""

_KINDS = ((Topic.ARTICLES, "events"), (Topic.REJECTED, "rejected"), (Topic.FAILED, "failed"))


class Outcomes(Protocol):
    """What is known of the pages that are done.

    Attributes:
        done: number of pages that have an outcome.
        kinds: number of outcomes by topic.
    """

    @property
    def done(self) -> int: ...

    @property
    def kinds(self) -> Mapping[Topic, int]: ...


class PageProgress:
    """Progress of `copydesk feed` and `copydesk fold`: a bar of the pages that are done, with their
    outcomes; a line every 30 s where there is no terminal. Where outcomes cannot be read, of the
    pages written.

    The total is estimated from the share of the files that was read, until all are read.

    Args:
        total_bytes: size of the files.
        outcomes: None if they cannot be read.
        doing: what the command does, for the lines.
        handed_on: what was done with pages that are not done yet.
        clock: monotonic time in seconds.
        is_terminal: draw a bar.
    """

    def __init__(
        self,
        total_bytes: int,
        outcomes: Outcomes | None,
        clock: Callable[[], float] = time.monotonic,
        is_terminal: bool | None = None,
        *,
        doing: str = "feeding",
        handed_on: str = "written",
    ) -> None:
        self.outcomes = outcomes
        self.written = 0
        self._doing, self._handed_on = doing, handed_on
        self._total_bytes = total_bytes
        self._bytes = self._skipped_bytes = 0
        self._is_read = False
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque([(clock(), 0)])
        self._next_line = clock() + LINE_SECONDS
        self._bar = Progress(
            BarColumn(20),
            # The line is longer than many a terminal is wide: it wraps.
            TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=False)),
            console=Console(stderr=True),
            expand=True,
            disable=not (sys.stderr.isatty() if is_terminal is None else is_terminal),
        )
        self._task = self._bar.add_task("", total=None)

    def advance(self, count: int) -> None:
        """Count bytes read from the files."""
        self._bytes += count
        if not self.written:  # up to the first page are those that were fed earlier
            self._skipped_bytes = self._bytes

    def wrote(self) -> None:
        """Count a page that was written, or handed on to be read."""
        self.written += 1

    def counted(self, pages: Iterable[Page]) -> Iterator[Page]:
        """Yield the pages, and count each once it was taken and the next is asked for."""
        for page in pages:
            yield page
            self.wrote()
        self.finish_reading()

    def finish_reading(self) -> None:
        """All files are read: the number of pages is not an estimate any more."""
        self._is_read = True

    def forget_outcomes(self) -> None:
        """Show pages written from now on: outcomes cannot be read any more."""
        self.outcomes = None
        self._samples.clear()
        self._samples.append((self._clock(), self.written))

    def show(self) -> None:
        """Draw the bar; without one print a line, if it is time for one. To be called often."""
        now = self._clock()
        if now - self._samples[-1][0] >= 1:
            self._samples.append((now, self._finished))
        while len(self._samples) > 2 and now - self._samples[1][0] >= _RATE_SECONDS:
            self._samples.popleft()
        if not self._bar.disable:
            total = self._total_pages
            self._bar.update(
                self._task, completed=self._finished, total=total, description=self.line()
            )
        elif now >= self._next_line:
            self._next_line = now + LINE_SECONDS
            say(f"{self._doing}: {self.line()}", err=True)

    def line(self) -> str:
        """The state in one line."""
        total, parts = self._total_pages, []
        about = "" if self._is_read else "about "
        of = f" of {about}{total:,}" if total is not None else ""
        if self.outcomes is None:
            parts.append(f"{self.written:,}{of} pages {self._handed_on}")
        else:
            parts.append(f"{self.outcomes.done:,}{of} pages done")
            parts.append(f"{self.written:,} {self._handed_on}")
            parts += [
                f"{count:,} {name}"
                for topic, name in _KINDS
                if (count := self.outcomes.kinds.get(topic, 0))
            ]
        rate = self._rate()
        parts.append(f"{rate:,.0f} pages/s" if rate >= 10 else f"{rate:.1f} pages/s")
        if total is not None and rate > 0:
            parts.append(f"{_duration((total - self._finished) / rate)} to go")
        return ", ".join(parts)

    @property
    def _finished(self) -> int:
        return self.written if self.outcomes is None else self.outcomes.done

    @property
    def _total_pages(self) -> int | None:
        """Estimated number of pages of this feed; None before there is a basis for it."""
        if self._is_read:
            return self.written
        read = self._bytes - self._skipped_bytes
        if read <= 0 or not self.written:
            return None
        left = max(0, self._total_bytes - self._bytes)
        return self.written + round(self.written * left / read)

    def _rate(self) -> float:
        (then, before), now = self._samples[0], self._clock()
        return (self._finished - before) / (now - then) if now > then else 0.0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds / 60:.0f} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min"


@asynccontextmanager
async def shown(progress: PageProgress) -> AsyncIterator[None]:
    """Show the progress again and again, as long as the block runs."""

    async def show() -> None:
        while True:
            await asyncio.sleep(_SHOW_SECONDS)
            progress.show()

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
