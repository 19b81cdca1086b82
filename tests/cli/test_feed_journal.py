"""`copydesk feed FILES`: what an interrupted command leaves, and how the next one goes on."""

import json
import signal
from pathlib import Path

import pytest

from tests.brokers.plugin import Broker
from tests.cli.running import copydesk, settings_with_topics, started

pytestmark = pytest.mark.stream

PATIENCE = 60.0


@pytest.fixture
def settings(broker: Broker, tmp_path: Path) -> dict[str, str]:
    return settings_with_topics(broker, tmp_path, COPYDESK_RAW_PARTITIONS="1")


def write_pages(path: Path, *numbers: int) -> None:
    path.write_text(
        "".join(
            f'{{"url": "https://a.example/{number}", "text": "<p>{number}</p>",'
            f' "fetched_at": "2026-10-01T{number // 60:02}:{number % 60:02}:00Z"}}\n'
            for number in numbers
        )
    )


def fed_pages(settings: dict[str, str], count: int) -> list[int]:
    read = copydesk(
        "tail", "pages.raw", "--json", "--from-beginning", "-n", str(count), settings=settings
    )
    return [int(json.loads(line)["key"].rpartition("/")[2]) for line in read.stdout.splitlines()]


def journals(settings: dict[str, str]) -> list[Path]:
    return sorted(Path(settings["COPYDESK_STATE_DIR"]).glob("feeding-*.jsonl"))


def test_a_signal_ends_a_feed_and_the_same_command_goes_on(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    write_pages(file, *range(300))
    log = tmp_path / "log"
    with started("feed", str(file), "--rate", "50", settings=settings, log=log) as process:
        assert fed_pages(settings, 5) == list(range(5))
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 130
    assert "interrupted; the same command goes on from there" in log.read_text()
    [journal] = journals(settings)
    records = json.loads(journal.read_text().splitlines()[-1])["records"]
    assert 5 <= records < 300
    again = copydesk("feed", str(file), settings=settings)
    assert again.returncode == 0, again.stderr
    assert f"{records} records of the others" in again.stderr
    assert f"{300 - records} pages written" in again.stderr
    assert fed_pages(settings, 300) == list(range(300)), "none twice after a signal"
    assert journals(settings) == []


def test_a_finished_feed_can_be_repeated(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    write_pages(file, 1, 2)
    for _ in range(2):
        assert "2 pages written" in copydesk("feed", str(file), settings=settings).stderr


def test_a_journal_that_was_named_is_kept(settings: dict[str, str], tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        write_pages(tmp_path / name, 1, 2)
        words = ("feed", *map(str, sorted(tmp_path.glob("*.jsonl"))))
        fed = copydesk(*words, "--journal", str(tmp_path / "journal"), settings=settings)
        assert fed.returncode == 0
        assert "2 pages written" in fed.stderr, "each file once"


def test_files_in_order_of_fetch_and_in_a_period(settings: dict[str, str], tmp_path: Path) -> None:
    write_pages(tmp_path / "a.jsonl", 3, 5, 7, 2)
    write_pages(tmp_path / "b.jsonl", 4, 6, 200)
    words = ("--in-order", "--since", "2026-10-01T00:04Z", "--until", "2026-10-01T02:00:00+00:00")
    fed = copydesk("feed", str(tmp_path), *words, settings=settings)
    assert fed.returncode == 0, fed.stderr
    assert "3 pages were fetched at other times, and not fed" in fed.stderr
    assert fed_pages(settings, 4) == [4, 5, 6, 7]


def test_a_state_directory_that_cannot_be_written_is_no_error(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    write_pages(file, 1)
    (tmp_path / "taken").write_text("")
    settings["COPYDESK_STATE_DIR"] = str(tmp_path / "taken")
    fed = copydesk("feed", str(file), settings=settings)
    assert fed.returncode == 0, fed.stderr
    assert "there is no journal" in fed.stderr
    named = copydesk("feed", str(file), "--journal", str(tmp_path / "taken/j"), settings=settings)
    assert named.returncode == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("README.md", "--since", "soon"), "neither an RFC 3339 time nor a date"),
        (("README.md", "--since", "2026-10-02", "--until", "2026-10-02"), "not later"),
        (("--follow", ".", "--in-order"), "are for FILES"),
        (("--follow", ".", "--wait"), "are for FILES"),
    ],
)
def test_options_that_do_not_go_together(words: tuple[str, ...], said: str) -> None:
    refused = copydesk("feed", *words)
    assert refused.returncode == 2
    assert said in refused.stderr
