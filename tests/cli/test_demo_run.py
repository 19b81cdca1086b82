"""The worker as a child process of the demo."""

from pathlib import Path

import pytest

from service.cli.demo_run import WorkerEnded, WorkerProcess, as_environment
from service.settings import Settings


def test_settings_survive_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(
        brokers="127.0.0.1:1",
        adapters=("native_json", "warc"),
        rights=("noarchive=reject", "noai=ignore"),
        state_dir=tmp_path,
        page_seconds=2.5,
    )
    for name, value in as_environment(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings


def test_a_worker_that_ends_is_noticed_with_its_log(tmp_path: Path) -> None:
    settings = Settings(brokers="127.0.0.1:1", state_dir=tmp_path, web_port=21997)
    with WorkerProcess(settings) as worker:
        assert worker._child is not None
        worker._child.wait(60)
        with pytest.raises(WorkerEnded, match=r"127\.0\.0\.1:1"):
            worker.check()
