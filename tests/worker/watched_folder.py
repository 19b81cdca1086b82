"""A folder whose every opening is noticed, whatever opens it and from what language: inotify."""

import ctypes
import os
import struct
from pathlib import Path

_IN_OPEN = 0x20
_EVENT = struct.Struct("iIII")

_libc = ctypes.CDLL(None, use_errno=True)


class WatchedFolder:
    """Tells which of a folder's files were opened since it was made."""

    def __init__(self, folder: Path) -> None:
        self._watch = _libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if _libc.inotify_add_watch(self._watch, os.fsencode(folder), _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), f"cannot watch {folder}")

    def opened(self) -> list[str]:
        """Names of the files opened, in order; `.` for the folder itself."""
        names = []
        try:
            while events := os.read(self._watch, 65_536):
                at = 0
                while at < len(events):
                    _, _, _, length = _EVENT.unpack_from(events, at)
                    name = events[at + _EVENT.size : at + _EVENT.size + length]
                    names.append(os.fsdecode(name.rstrip(b"\0")) or ".")
                    at += _EVENT.size + length
        except BlockingIOError:
            pass
        return names

    def close(self) -> None:
        """Watch no more."""
        os.close(self._watch)
