"""Watches a folder for new files: which are complete and have not been fed yet.

A file is complete if it has not changed between two checks that are far enough apart. This works
for files that are written in place and for files that are renamed when complete, and does not
compare our clock with the file system's. Temporary names, such as `.open` of Heritrix and warcprox,
have no supported suffix and are ignored.
"""

import time
from collections.abc import Callable
from pathlib import Path

from service.local.fed_files import FedFiles, FileState, file_state
from service.local.inputs.found_file import Report, files_below


class WatchedFolder:
    """A folder that is checked repeatedly; nothing in it is changed.

    Args:
        settle_seconds: time without a change after which a file is complete.
        fed: the journal of the files that were fed already.
        clock: monotonic time in seconds.
        report: called once for each link out of the folder; it is not followed.
    """

    def __init__(
        self,
        folder: Path,
        settle_seconds: float,
        fed: FedFiles,
        clock: Callable[[], float] = time.monotonic,
        report: Report = lambda line: None,
    ) -> None:
        self._folder = folder.resolve()
        self._settle_seconds = settle_seconds
        self._fed = fed
        self._clock = clock
        self._report = report
        self._reported: set[str] = set()
        self._since: dict[FileState, float] = {}

    def look(self) -> list[FileState]:
        """The files that are complete and not in the journal, sorted by name.

        Raises:
            UnreadableInput: a folder cannot be read.
        """
        now = self._clock()
        found = [
            state
            for file in files_below(self._folder, self._report_once)
            if (state := file_state(file.path)) is not None and state not in self._fed
        ]
        self._since = {state: self._since.get(state, now) for state in found}
        return [state for state in found if now - self._since[state] >= self._settle_seconds]

    def _report_once(self, line: str) -> None:
        if line not in self._reported:
            self._reported.add(line)
            self._report(line)
