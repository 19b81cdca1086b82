"""Every page that is fed has exactly one outcome."""

from collections import Counter
from pathlib import Path

import pytest

from tests.stream.deployment import Deployment
from tests.stream.feeding import feed, recorded_pages
from tests.stream.running_worker import running_worker
from tests.stream.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream


async def test_every_recorded_page_has_one_outcome(
    deployment: Deployment, shared_data: Path
) -> None:
    pages = recorded_pages(shared_data)
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
    urls = Counter(record.url for record in await read_all(deployment))
    assert urls == Counter(page.key.decode() for page in pages if page.key)
