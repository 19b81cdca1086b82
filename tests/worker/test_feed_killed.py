"""`copydesk feed` killed over one file: what it sends twice has the same headers, and the events
are those of a feed that was not killed. And `--wait`, which needs a worker."""

import contextlib
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest

from service.contract.outcome import Failed
from service.contract.page import RawPage
from service.contract.record import Topic
from service.local.sample.crawl import sample_messages
from service.read.envelopes import decode
from service.worker.kafka.topics import create_topics
from tests.read.envelopes.test_warc import record
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_until

pytestmark = pytest.mark.stream

KILLS = 10
RATE = 4
"""Pages a second, so that ten kills fall within one file."""

MOST_REPEATED = 10 * RATE
"""Pages that a killed feed may have sent after its last write of the journal, 2 s before; more on a
busy machine."""

PATIENCE = 60.0


LIVE = "https://www.harborledger.example/nation-world/2026/03/09/live-ferry-fire/"
"""A page that was fetched again and again, each time with one more paragraph."""


def pages() -> Iterator[RawPage]:
    """The pages of the sample crawl, and every other time the next state of `LIVE`."""
    text = "".join(
        f"<p>{line}</p>" for line in ("The ferry is on fire, the coast guard says.",) * 9
    )
    for number, message in enumerate(sample_messages()):
        with contextlib.suppress(Failed):
            page = decode(message)
            yield page
            if number % 2 == 0:
                text += f"<p>Update {number}: {number * 7} passengers are ashore, a mayor says.</p>"
                title = "<title>Live: fire on a ferry off Cebu</title>"
                body = f"<html><head>{title}</head><body><article>{text}</article></body></html>"
                yield replace(page, url=LIVE, body=body.encode(), headers=(), status=200)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The pages as an archive."""
    path = tmp_path / "crawl.warc.gz"
    with path.open("wb") as file:
        for page in pages():
            assert page.fetched_at is not None
            date = page.fetched_at.isoformat().replace("+00:00", "Z")
            headers, status = tuple(page.headers), f"{page.status or 200} OK"
            body = page.body or b""
            file.write(record("response", body, headers, status, page.url, date, gzip=True))
    return path


class FeedProcess:
    """`copydesk feed` of an archive, with a journal of the test's own."""

    def __init__(self, deployment: Deployment, archive: Path, *words: str) -> None:
        self.journal = deployment.folder / f"{deployment.name}.jsonl"
        words = (*words, "--journal", str(self.journal))
        self._log = deployment.folder / f"{deployment.name}.log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "feed", str(archive), *words],
                env={**os.environ, **deployment.environment()},
                stderr=log,
            )

    def wait_for_lines(self, count: int) -> None:
        """Wait until the journal has so many lines."""
        deadline = time.monotonic() + PATIENCE
        while self.lines() < count:
            assert self.process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.01)

    def log(self) -> str:
        return self._log.read_text()

    def lines(self) -> int:
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    def wait(self) -> None:
        """Wait until all is fed."""
        assert self.process.wait(PATIENCE) == 0, self._log.read_text()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()


async def killed(deployment: Deployment, archive: Path) -> list[int]:
    """Feed with kills: every other one just after the journal was written, and the others after
    some pages that the journal does not have. Returns how many pages had been sent at each."""
    sent = [0]
    for number in range(KILLS):
        with FeedProcess(deployment, archive, "--rate", str(RATE)) as feeding:
            if number % 2:
                feeding.wait_for_lines(feeding.lines() + 1)
            else:
                await read_until(
                    deployment, lambda seen: len(seen) >= sent[-1] + 5, topics=(Topic.RAW,)
                )
            assert feeding.process.poll() is None
        sent.append(len(await read_all(deployment, (Topic.RAW,))))
    with FeedProcess(deployment, archive) as feeding:
        feeding.wait()
    return sent


def by_trace(records: list[Seen]) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = defaultdict(list)
    for each in records:
        found[each.header("traceparent") or ""].append(each)
    return found


async def last_events(deployment: Deployment, traces: set[str]) -> dict[str, Any]:
    """Work off what was fed; the last event of each article."""
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: traces <= set(by_trace(seen)))
        worker.stop()
    events = await read_all(deployment, (Topic.ARTICLES,))
    return {event.json["uri"]: (event.json, event.headers) for event in events}


@pytest.mark.slow
async def test_killed_ten_times_gives_the_events_of_one_run(deploy: Deploy, archive: Path) -> None:
    whole, broken = deploy(raw_partitions=1), deploy(raw_partitions=1)
    for deployment in (whole, broken):
        await create_topics(deployment.settings)
    with FeedProcess(whole, archive) as feeding:
        feeding.wait()
    sent = await killed(broken, archive)
    expected = by_trace(await read_all(whole, (Topic.RAW,)))
    got = by_trace(await read_all(broken, (Topic.RAW,)))
    assert list(got) == list(expected), "every page, in the order of the archive"
    for trace, pages in got.items():
        contents = {(page.key, page.value, page.headers) for page in [*pages, *expected[trace]]}
        assert len(contents) == 1, "a repeat is the same"
    repeats = sum(len(pages) - 1 for pages in got.values())
    assert 1 <= repeats <= KILLS * MOST_REPEATED
    assert sent == sorted(sent)
    events = await last_events(whole, set(expected))
    assert await last_events(broken, set(got)) == events
    assert max(int(event["version"]) for event, _ in events.values()) > KILLS, "`LIVE` has versions"


async def test_wait_ends_when_every_page_has_an_outcome(
    deployment: Deployment, archive: Path
) -> None:
    with (
        running_worker(deployment) as worker,
        FeedProcess(deployment, archive, "--wait") as feeding,
    ):
        feeding.wait()
        written = by_trace(await read_all(deployment, (Topic.RAW,)))
        done = by_trace(await read_all(deployment))
        assert set(written) == set(done)
        assert f"{len(written)} have an outcome" in feeding.log()
        worker.stop()
