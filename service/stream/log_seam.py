"""Whether `fold.state` goes on from where a shard's folder ends."""

from dataclasses import dataclass
from typing import Any

import xxhash

from service.stream.shard_folder import Position

_TRUSTED_MS = 12 * 3_600_000
"""A folder that was not written for longer is not used. Brokers keep what says that a key is to be
forgotten for 24 hours (`delete.retention.ms`): later, the log no longer tells what went."""


class OtherLog(Exception):
    """The log does not go on from where the folder ends: it was cut off, made anew, or is too far
    ahead."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A record of the reader's own, up to which it reads."""

    value: bytes
    offset: int
    timestamp: int


class Seam:
    """Compares a log with a position, while it is read from `since.offset` to a marker.

    The last record held is still there, or its key comes again: compaction leaves no other way for
    it to have gone.
    """

    def __init__(self, since: Position | None, marker: Marker) -> None:
        """Begin.

        Raises:
            OtherLog: the log is too short, or the position too old.
        """
        self._since = since
        self._open = since is not None
        if since is not None and marker.offset < since.next_offset:
            raise OtherLog("the log ends before the folder does")
        if since is not None and marker.timestamp - since.timestamp > _TRUSTED_MS:
            raise OtherLog("the folder is too old")

    def follows(self, record: Any) -> bool:
        """Take the next record of the log; tells whether it is after the position.

        Raises:
            OtherLog: it is not what was there.
        """
        since = self._since
        if since is None:
            return True
        if record.offset == since.offset:
            if checksum_of(record.value) != since.checksum or record.key.decode() != since.key:
                raise OtherLog("the log holds something else where the folder ends")
            self._open = False
        elif record.offset >= since.next_offset and record.key.decode() == since.key:
            self._open = False
        return bool(record.offset >= since.next_offset)

    def close(self) -> None:
        """The marker was met.

        Raises:
            OtherLog: what the folder ends with was not.
        """
        if self._open:
            raise OtherLog("the record that the folder ends with is not in the log")


def checksum_of(value: bytes | None) -> str:
    """What a record's value is known by; a forgotten one has none."""
    return "" if value is None else xxhash.xxh3_64_hexdigest(value)
