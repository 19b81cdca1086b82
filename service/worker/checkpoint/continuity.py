"""Checks that `fold.state` continues from the end of a shard's checkpoint."""

from dataclasses import dataclass
from typing import Any

import xxhash

from service.worker.checkpoint.checkpoint import Position

_TRUSTED_MS = 12 * 3_600_000
"""A checkpoint older than this is not used. Topics made by others, or by earlier versions, keep
tombstones for Kafka's default of 24 hours (`delete.retention.ms`); after that the log no longer
shows which keys were deleted."""


class OtherLog(Exception):
    """The log does not continue from the end of the checkpoint: it was truncated or recreated, or
    it is too far ahead."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A record that the reader wrote itself; it reads up to this record."""

    value: bytes
    offset: int
    timestamp: int


class ChangelogContinuity:
    """Compares a log with a checkpoint's position, while it is read from `since.offset` on.

    The checkpoint's last record must still be in the log, or a later record must have its key:
    compaction removes a record only for that reason.
    """

    def __init__(self, since: Position | None, marker: Marker) -> None:
        """Start the comparison; there is none if `since` is None.

        Raises:
            OtherLog: the log is too short, or the position too old.
        """
        self._since = since
        self._open = since is not None
        if since is not None and marker.offset < since.next_offset:
            raise OtherLog("the log ends before the checkpoint does")
        if since is not None and marker.timestamp - since.timestamp > _TRUSTED_MS:
            raise OtherLog("the checkpoint is too old")

    def follows(self, record: Any) -> bool:
        """Check the next record of the log; return True if it is after the position.

        Raises:
            OtherLog: it differs from the checkpoint's last record at the same offset.
        """
        since = self._since
        if since is None:
            return True
        if record.offset == since.offset:
            if checksum_of(record.value) != since.checksum or record.key.decode() != since.key:
                raise OtherLog("the log holds something else where the checkpoint ends")
            self._open = False
        elif record.offset >= since.next_offset and record.key.decode() == since.key:
            self._open = False
        return bool(record.offset >= since.next_offset)

    def close(self) -> None:
        """End the comparison, at the marker.

        Raises:
            OtherLog: neither the checkpoint's last record nor a later one of its key was read.
        """
        if self._open:
            raise OtherLog("the record that the checkpoint ends with is not in the log")


def checksum_of(value: bytes | None) -> str:
    """Return the checksum of a record's value (XXH3, 64 bits); empty for a tombstone."""
    return "" if value is None else xxhash.xxh3_64_hexdigest(value)
