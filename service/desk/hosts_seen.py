"""The hosts in the desk's database, and when a page of each was fetched last."""

import sqlite3
from pathlib import Path

from service.desk.read_model import UnusableModel


def hosts_in_desk(path: Path) -> dict[str, str]:
    """Return the last hour of each host, `2026-03-10T14`. The database is not changed.

    Raises:
        UnusableModel: it is none of the desk's.
    """
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            rows = db.execute("SELECT host, max(hour) FROM host_hours GROUP BY host")
            return {str(host): str(hour) for host, hour in rows}
        finally:
            db.close()
    except sqlite3.Error as error:
        raise UnusableModel(f"{path}: {error}") from error
