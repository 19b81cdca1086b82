"""`copydesk notify`: the table is checked before anything is read; the end says what was done."""

import asyncio
import json
import signal
from dataclasses import asdict
from pathlib import Path

import pytest
from aiohttp import web

from service.cli import notify
from service.notify.courier import Counts
from service.notify.subscription import Delivery, read_table
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.cli.in_process import run
from tests.cli.running import started
from tests.deploy.documents import ROOT
from tests.notify.events import SPUN, write
from tests.notify.receiver import SECRET, receiving
from tests.worker.deployment import Deployment

EXAMPLE = ROOT / "deploy" / "examples" / "subscriptions.toml"
SECRETS = {"OUR_COPIES_SECRET": SECRET, "AP_STORIES_SECRET": SECRET}
TABLE = """
[[subscription]]
name = "spun"
url = "{address}/secret-path"
query = "relation:spun"
secret_env = "SPUN_SECRET"
"""


def test_the_example_is_good_and_has_the_defaults() -> None:
    done = run("notify", "--check", str(EXAMPLE), settings=SECRETS)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "our-copies-spun  articles  https://hooks.example/...  original:www.mysite.example"
        " relation:spun",
        "ap-stories  stories  https://hooks.example/...  agency:ap",
        f"{EXAMPLE}: 2 subscriptions, no mistake",
    ]
    assert not done.stderr
    assert read_table(EXAMPLE.read_text()).delivery == Delivery()


def test_every_mistake_is_a_line_and_no_secret_is_shown(tmp_path: Path) -> None:
    table = tmp_path / "subscriptions.toml"
    table.write_text(TABLE.format(address="https://a.example").replace("spun", "spunn"))
    for words in (("notify", "--check", str(table)), ("notify", str(table))):
        done = run(*words, settings={"SPUN_SECRET": SECRET})
        assert done.exit_code == 2
        assert f"{table}: subscription spunn: query: relation: does not take 'spunn'" in done.stderr
    table.write_text(TABLE.format(address="https://a.example"))
    done = run("notify", str(table), settings={"SPUN_SECRET": "hunter2"})
    assert done.exit_code == 2
    assert "secret_env SPUN_SECRET" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


def test_a_receiver_without_tls_elsewhere_is_warned_of(tmp_path: Path) -> None:
    table = tmp_path / "subscriptions.toml"
    for address, warned in (("http://127.0.0.1:1", False), ("http://hooks.example", True)):
        table.write_text(TABLE.format(address=address))
        done = run("notify", "--check", str(table), settings={"SPUN_SECRET": SECRET})
        assert done.exit_code == 0
        assert ("is without TLS" in done.stderr) is warned


def test_no_broker_is_one_clear_line(tmp_path: Path) -> None:
    table = tmp_path / "subscriptions.toml"
    table.write_text(TABLE.format(address="https://a.example"))
    settings = {"SPUN_SECRET": SECRET, "COPYDESK_BROKERS": "127.0.0.1:1"}
    done = run("notify", str(table), settings={**settings, "COPYDESK_LOG_FORMAT": "text"})
    assert done.exit_code == 1
    assert "no broker at 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("letters", "code"), [(0, 0), (2, 1)])
def test_what_was_done_is_told_at_the_end(
    letters: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "subscriptions.toml"
    table.write_text(TABLE.format(address="https://a.example"))
    counts = {"spun": Counts(delivered=3, failed_attempts=5, letters=letters)}
    monkeypatch.setattr(notify, "_run", lambda *given: counts)
    for option in ("--once", "--again"):
        done = run("notify", option, str(table), settings={"SPUN_SECRET": SECRET})
        assert done.exit_code == code
        assert done.stdout == (f"spun: 3 delivered, 5 attempts failed, {letters} dead letters\n")
    done = run("notify", "--once", "--json", str(table), settings={"SPUN_SECRET": SECRET})
    assert json.loads(done.stdout) == {"subscription": "spun", **asdict(counts["spun"])}


@pytest.mark.stream
async def test_it_posts_until_it_is_stopped_and_then_ends_well(
    broker: Broker, tmp_path: Path
) -> None:
    deployment = Deployment(broker, tmp_path)
    table, log = tmp_path / "subscriptions.toml", tmp_path / "log"
    await create_topics(deployment.settings)
    await write(deployment, SPUN[:1])
    settings = {**deployment.environment(), "SPUN_SECRET": SECRET, "COPYDESK_LOG_FORMAT": "text"}
    words = ("notify", "--from-beginning", str(table))
    async with receiving(lambda got, before: web.Response(status=404)) as receiver:
        table.write_text(TABLE.format(address=receiver.address))
        with started(*words, settings=settings, log=log) as process:
            async with asyncio.timeout(90):
                while "given up" not in log.read_text():
                    assert process.poll() is None, log.read_text()
                    await asyncio.sleep(0.05)
                process.send_signal(signal.SIGTERM)
                assert await asyncio.to_thread(process.wait) == 0, log.read_text()
    assert "answered 404: given up after 1 attempts (refused)" in log.read_text()
    assert "secret-path" not in log.read_text()
    assert receiver.ids("/secret-path") == [SPUN[0].id]
