"""Each query of the dashboard, asked of a real Prometheus that scrapes a worker after a crawl."""

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.kafka.ports import find_free_port
from service.local.sample import sample_crawl
from service.worker.kafka.topics import create_topics
from tests.deploy.test_dashboard import DEPLOY, OF_WORKERS, PANELS
from tests.worker.conftest import Deploy
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_outcomes

pytestmark = pytest.mark.stream

PATIENCE = 60.0
PAGES = 40


class Prometheus:
    """Asks a running one."""

    def __init__(self, address: str) -> None:
        self._address = address

    def ask(self, expression: str) -> list[Any]:
        """The result of an instant query; fails where it is none.

        Raises:
            URLError: it is not up yet.
        """
        words = urllib.parse.urlencode({"query": expression})
        try:
            with urllib.request.urlopen(f"{self._address}/api/v1/query?{words}") as answer:
                result: list[Any] = json.load(answer)["data"]["result"]
                return result
        except urllib.error.HTTPError as error:
            if error.code == HTTPStatus.SERVICE_UNAVAILABLE:  # it reads its log
                raise
            raise AssertionError(f"{expression}: {error.read()!r}") from error

    def wait_for(self, expression: str) -> None:
        """Ask until there is a result."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if self.ask(expression):
                    return
            except urllib.error.URLError:
                pass
            assert time.monotonic() < deadline, expression
            time.sleep(0.2)


@contextmanager
def prometheus(target: str, folder: Path) -> Iterator[Prometheus]:
    """One that scrapes the target every second, with our alerts loaded."""
    program = shutil.which("prometheus")
    if program is None:
        pytest.skip("prometheus is not on this machine")
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(DEPLOY / "prometheus" / "alerts.yml")],
        "scrape_configs": [{"job_name": "copydesk", "static_configs": [{"targets": [target]}]}],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    address = f"127.0.0.1:{find_free_port()}"
    words = [program, f"--config.file={folder / 'prometheus.yml'}"]
    words += [f"--storage.tsdb.path={folder / 'tsdb'}", f"--web.listen-address={address}"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Prometheus(f"http://{address}")
    finally:
        process.terminate()
        process.wait()


async def test_every_panel_has_something_to_show(deploy: Deploy, tmp_path: Path) -> None:
    deployment = deploy(raw_partitions=1, link="on")
    await create_topics(deployment.settings)
    pages = list(sample_crawl())[:PAGES]
    with (
        running_worker(deployment) as worker,
        prometheus(worker.web.removeprefix("http://"), tmp_path) as asked,
    ):
        # Rates need two looks: one before the crawl, one after it.
        asked.wait_for("copydesk_ready == 1")
        await feed(deployment, map(sample_page, pages))
        await read_outcomes(deployment, PAGES)
        asked.wait_for(f"sum(copydesk_pages_total) >= {PAGES}")
        asked.wait_for("sum(rate(copydesk_pages_total[1m])) > 0")
        asked.wait_for("sum(copydesk_lag_records) >= 0")
        titles = {panel["title"] for panel in PANELS}
        for used, expression in OF_WORKERS.items():
            here = expression.replace("$__rate_interval", "1m").replace("$instance", ".*")
            shown = asked.ask(here)
            if used.rpartition(" ")[0] in titles and not expression.endswith("> 0"):
                assert shown, used
        worker.stop()
