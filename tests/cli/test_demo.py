"""`copydesk demo --once`: the whole pipeline, from starting a broker to the printed table."""

import re

import pytest
from click.testing import CliRunner

from service.cli.demo import command
from service.cli.demo_run import as_environment, demo_broker
from service.local.sample import sample_crawl
from service.worker.kafka import aiokafka_internals
from tests.cli.running import copydesk


@pytest.mark.stream
def test_the_demo_runs_to_its_table() -> None:
    done = copydesk("demo", "--once", timeout=240.0)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    pages = list(sample_crawl())
    away = [page for page in pages if page.expect.outcome != "event"]
    (sums,) = re.findall(r"^(\d+) pages: (\d+) articles in (\d+) stories", done.stdout, re.M)
    assert int(sums[0]) == len(pages)
    assert int(sums[1]) < len(pages) - len(away) + 1
    for word in ("original", "verbatim", "trimmed", "edited", "spun", "update", "correction"):
        assert re.search(rf"^ +{word} ", done.stdout, re.M), word
    for reason in ("http_error", "not_html", "unchanged", "robots_noarchive", "bad_encoding"):
        assert re.search(rf"^(rejected|failed) +{reason} ", done.stdout, re.M), reason


def test_untested_clients_end_the_demo_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    tested = {**aiokafka_internals.TESTED, "aiokafka": "0.0.1"}
    monkeypatch.setattr(aiokafka_internals, "TESTED", tested)
    monkeypatch.delenv("COPYDESK_UNTESTED_CLIENTS", raising=False)
    done = CliRunner().invoke(command, ["--once"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: aiokafka ")
    assert "0.0.1 is tested" in done.output
    assert done.output.count("\n") == 1


@pytest.mark.stream
def test_untested_clients_can_be_allowed_for_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_UNTESTED_CLIENTS", "allow")
    with demo_broker() as settings:
        assert settings.untested_clients == "allow"
        assert as_environment(settings)["COPYDESK_UNTESTED_CLIENTS"] == "allow"
