"""Fixtures of pages that count: a small crawl on the desk, and a present some hours after it."""

from datetime import UTC, datetime

import pytest

from service.desk.views import exported_figures, figures
from tests.desk.conftest import Ingest
from tests.desk.queries.counted import crawl
from tests.desk.records import failure, rejection

NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)


@pytest.fixture
async def ingested(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The crawl, two rejected pages and one that failed."""
    for module in (figures, exported_figures):
        monkeypatch.setattr(module, "now", lambda: NOW)
    await ingest(
        *crawl(),
        rejection("https://wire.example/about", hours=50),
        rejection("https://wire.example/contact", hours=3),
        failure("https://wire.example/broken", "timeout"),
    )
