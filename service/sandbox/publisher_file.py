"""The file of the table of publishers: read at the start, and again when it has changed."""

import logging
from pathlib import Path

from service.read.publishers import BadPublishers, PublisherTable, read_table

logger = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


class PublisherFile:
    """The table in a file.

    Attributes:
        path: CSV, or JSON if its name ends in `.json`.
        table: as it was read last without an error.
    """

    def __init__(self, path: Path) -> None:
        """Read the table.

        Raises:
            BadPublishers: the file cannot be read, or is no such table.
        """
        self.path = path
        self._stamp = self._look()
        self.table = load_publishers(path)

    def has_changed(self) -> bool:
        """Read the table again if the file was changed; return True if that gave another table. One
        with an error is logged, once, and the table before stays."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            table = load_publishers(self.path)
        except BadPublishers as error:
            logger.warning(
                "the table of publishers in %s cannot be used, the one before stays: %s",
                self.path,
                error,
            )
            return False
        if table == self.table:
            return False
        self.table = table
        logger.info("the table of publishers in %s has changed", self.path)
        return True

    def _look(self) -> _Stamp | None:
        """Return what tells a changed file: time of change, size and number on disk; None if there
        is no file."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def load_publishers(path: Path) -> PublisherTable:
    """Return the table in a file.

    Raises:
        BadPublishers: the file cannot be read, or is no such table.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadPublishers((f"{path}: {error.strerror or error}",)) from error
    return read_table(data, is_json=path.suffix.lower() == ".json")
