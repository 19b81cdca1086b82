"""`copydesk feed --follow`: new files are fed, each once, until SIGTERM."""

import json
import signal
import subprocess
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.brokers.plugin import Broker
from tests.cli.running import copydesk, settings_with_topics, started
from tests.read.envelopes.test_warc import record

pytestmark = pytest.mark.stream

PATIENCE = 60.0


@pytest.fixture
def settings(broker: Broker, tmp_path: Path) -> dict[str, str]:
    return settings_with_topics(broker, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "warcs").mkdir()
    return tmp_path / "warcs"


def land(folder: Path, name: str, *pages: str) -> None:
    """Write a WARC as Heritrix does: under another name, then renamed."""
    content = b"".join(record(url=f"https://gazette.example/{page}", gzip=True) for page in pages)
    open_name = folder / f"{name}.open"
    open_name.write_bytes(content)
    open_name.rename(folder / name)


def following(
    folder: Path, settings: dict[str, str], log: Path, *more: str
) -> AbstractContextManager["subprocess.Popen[bytes]"]:
    words = ("feed", "--follow", str(folder), "--settle", "0.2", *more)
    return started(*words, settings=settings, log=log)


def wait_for(log: Path, text: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while text not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def stop(process: "subprocess.Popen[bytes]") -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE)


def test_each_file_is_fed_once_over_restarts(
    settings: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    land(folder, "1.warc.gz", "a", "b")
    with following(folder, settings, log) as process:
        wait_for(log, "1.warc.gz: 2 pages written", process)
        (folder / "2.warc.gz").write_bytes(record(url="https://gazette.example/c", gzip=True)[:60])
        wait_for(log, "skipped until it changes", process)
        assert stop(process) == 0
    land(folder, "3.warc.gz", "d")
    with following(folder, settings, log) as process:
        wait_for(log, "3.warc.gz: 1 pages written", process)
        land(folder, "2.warc.gz", "c")
        wait_for(log, "2.warc.gz: 1 pages written", process)
        assert stop(process) == 0
    assert log.read_text().count("1.warc.gz: ") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["1.warc.gz", "2.warc.gz", "3.warc.gz"]
    read = copydesk("tail", "pages.raw", "--json", "--from-beginning", "-n", "4", settings=settings)
    keys = sorted(json.loads(line)["key"].rpartition("/")[2] for line in read.stdout.splitlines())
    assert keys == ["a", "b", "c", "d"]


def test_a_file_that_was_interrupted_goes_on(
    settings: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    land(folder, "1.warc.gz", "a", "b", "c")
    with following(folder, settings, log, "--rate", "0.001") as process:
        one = copydesk(
            "tail", "pages.raw", "--json", "--from-beginning", "-n", "1", settings=settings
        )
        assert json.loads(one.stdout)["key"].endswith("/a")
        assert stop(process) == 0
    assert "1.warc.gz: interrupted, goes on from there when restarted" in log.read_text()
    with following(folder, settings, log) as process:
        wait_for(log, "1.warc.gz: 2 pages written", process)
        assert stop(process) == 0


def test_a_topic_that_is_missing_is_told_before_a_file_comes(
    settings: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    other = {**settings, "COPYDESK_TOPIC_PREFIX": f"{settings['COPYDESK_TOPIC_PREFIX']}other."}
    with following(folder, other, log) as process:
        wait_for(log, "waiting for files", process)
        assert stop(process) == 0
    assert "`copydesk topics --create` makes it; waiting for it" in log.read_text()


def test_a_journal_can_be_used_by_one_command_only(
    settings: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with following(folder, settings, log) as process:
        wait_for(log, "waiting for files", process)
        second = copydesk("feed", "--follow", str(folder), settings=settings)
        assert second.returncode == 1
        assert "in use by another command" in second.stderr


def test_files_or_a_folder_to_follow() -> None:
    assert copydesk("feed").returncode == 2
    assert copydesk("feed", "README.md", "--follow", ".").returncode == 2
