"""`copydesk worker`: which stages it runs."""

import pytest

from service.settings import Settings
from service.worker import main as worker_main
from tests.cli.in_process import run


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings of the workers that would have been run."""
    found: list[Settings] = []
    monkeypatch.setattr(worker_main, "run_worker", found.append)
    return found


@pytest.mark.parametrize(
    ("words", "link", "runs"),
    [
        ([], "off", ("read", "fold")),
        ([], "on", ("read", "fold", "link")),
        (["--stages", "read, fold"], "on", ("read", "fold")),
        (["--stages", "link"], "off", ("link",)),
        (["--stages", "read,fold,link"], "off", ("read", "fold", "link")),
    ],
)
def test_a_worker_runs_the_stages_that_are_named(
    started: list[Settings], words: list[str], link: str, runs: tuple[str, ...]
) -> None:
    result = run("worker", *words, settings={"COPYDESK_LINK": link})
    assert result.exit_code == 0, result.output
    (settings,) = started
    assert settings.run_stages == runs
    assert settings.links == ("link" in runs or link == "on")


@pytest.mark.parametrize("words", ["", "read;fold", "write", "fold,"])
def test_only_stages_can_be_named(started: list[Settings], words: str) -> None:
    result = run("worker", "--stages", words)
    assert result.exit_code == 2
    assert "must be some of read, fold and link" in result.output
    assert not started
