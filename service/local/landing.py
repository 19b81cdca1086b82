"""A folder where files land: which of them are finished, and were not fed yet.

A file is finished when it did not change between two looks that are far enough apart. That holds
for one that is written in place as for one that is renamed when it is done, and needs no clock that
agrees with that of the file system. Names that are written under until then, as Heritrix's and
warcprox's `.open`, are of no known kind.
"""

import time
from collections.abc import Callable
from pathlib import Path

from service.local.fed_files import FedFiles, FileState
from service.local.inputs.found_file import files_below


class Landing:
    """Looks into a folder, again and again; nothing in it is touched."""

    def __init__(
        self,
        folder: Path,
        settle_seconds: float,
        fed: FedFiles,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder.resolve()
        self._settle_seconds = settle_seconds
        self._fed = fed
        self._clock = clock
        self._since: dict[FileState, float] = {}

    def look(self) -> list[FileState]:
        """The files that are finished and not in the journal, in the order of their names.

        Raises:
            UnreadableInput: a folder cannot be read.
        """
        now = self._clock()
        lying = [
            state
            for file in files_below(self._folder)
            if (state := _state(file.path)) is not None and state not in self._fed
        ]
        self._since = {state: self._since.get(state, now) for state in lying}
        return [state for state in lying if now - self._since[state] >= self._settle_seconds]


def _state(path: Path) -> FileState | None:
    """None for a file that has gone since it was listed."""
    try:
        status = path.stat()
    except OSError:
        return None
    return FileState(str(path), status.st_size, status.st_mtime_ns)
