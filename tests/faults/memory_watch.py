"""The memory of a worker while a round runs."""

import asyncio
import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 0.25


def resident(pid: int) -> int:
    """Bytes of resident memory; 0 for a process that ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (FileNotFoundError, ProcessLookupError):
        return 0


class MemoryWatch:
    """Looks four times a second at one process; `most` is the largest number of bytes seen."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self._pid = pid
        self._task = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Stop looking."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            self.most = max(self.most, resident(self._pid))
            await asyncio.sleep(_PAUSE)
