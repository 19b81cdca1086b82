"""Progress of a feed, with a clock that the test sets."""

from dataclasses import replace

import pytest

from service.cli.fold_summary import FoldSummary
from service.cli.progress import PageProgress
from service.contract.record import Record, Topic
from service.local.fed_outcomes import FedOutcomes, input_trace
from tests.contract.messages import message


class Clock:
    """A clock that is set by the test."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def write(progress: PageProgress, outcomes: FedOutcomes | None, numbers: range) -> None:
    for number in numbers:
        if outcomes is not None:
            outcomes.expect(replace(message(b""), headers=(input_trace("a", number),)))
        progress.wrote()


def finish(outcomes: FedOutcomes, topic: Topic, numbers: range) -> None:
    for number in numbers:
        outcomes.add(Record(topic, None, b"", (input_trace("a", number),)))


def test_pages_done_their_outcomes_the_rate_and_the_time_to_go(clock: Clock) -> None:
    outcomes = FedOutcomes()
    progress = PageProgress(10_000, outcomes, clock, is_terminal=False)
    progress.advance(2_000)  # of pages that were fed earlier
    write(progress, outcomes, range(1))
    progress.advance(4_000)
    write(progress, outcomes, range(1, 400))
    finish(outcomes, Topic.ARTICLES, range(200))
    finish(outcomes, Topic.REJECTED, range(200, 300))
    clock.now += 10
    assert progress.line() == (
        "300 of about 800 pages done, 400 written, 200 events, 100 rejected, 30 pages/s, 17 s to go"
    )
    progress.finish_reading()
    assert progress.line().startswith("300 of 400 pages done, ")


def test_without_outcomes_pages_written_are_counted(clock: Clock) -> None:
    progress = PageProgress(10_000, None, clock, is_terminal=False)
    write(progress, None, range(1))
    progress.advance(100)
    write(progress, None, range(1, 10))
    clock.now += 100
    assert progress.line() == "10 of about 1,000 pages written, 0.1 pages/s, 2 h 45 min to go"


def test_outcomes_that_cannot_be_read_any_more_are_not_shown(clock: Clock) -> None:
    outcomes = FedOutcomes()
    progress = PageProgress(10_000, outcomes, clock, is_terminal=False)
    write(progress, outcomes, range(50))
    progress.forget_outcomes()
    clock.now += 10
    assert progress.line() == "50 pages written, 0.0 pages/s"


def test_nothing_is_estimated_without_a_basis(clock: Clock) -> None:
    progress = PageProgress(10_000, FedOutcomes(), clock, is_terminal=False)
    assert progress.line() == "0 pages done, 0 written, 0.0 pages/s"


def test_the_rate_is_that_of_the_last_half_minute(clock: Clock) -> None:
    progress = PageProgress(10_000, None, clock, is_terminal=False)
    write(progress, None, range(1000))
    for _ in range(60):
        clock.now += 1
        write(progress, None, range(20))
        progress.show()
    assert "20 pages/s" in progress.line()


def test_a_line_every_30_s_where_there_is_no_terminal(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with PageProgress(10_000, None, clock, is_terminal=False) as progress:
        for _ in range(61):
            progress.show()
            clock.now += 1
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["feeding: 0 pages written, 0.0 pages/s"] * 2


def test_a_bar_on_a_terminal(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = FedOutcomes()
    with PageProgress(10_000, outcomes, clock, is_terminal=True) as progress:
        write(progress, outcomes, range(3))
        clock.now += 60
        progress.show()
        progress.finish_reading()
        progress.show()
    assert "0 of 3 pages done" in capsys.readouterr().err.replace("\n", " ")


def test_pages_of_a_fold_are_read_and_then_done(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = FoldSummary()
    progress = PageProgress(
        1_000, summary, clock, is_terminal=False, doing="folding", handed_on="read"
    )
    write(progress, None, range(1))
    progress.advance(500)
    write(progress, None, range(1, 20))
    for _ in range(10):
        summary.add(Record(Topic.ARTICLES, None, b"{}"))
    clock.now += 31
    progress.show()
    assert capsys.readouterr().err == (
        "folding: 10 of about 40 pages done, 20 read, 10 events, 0.3 pages/s, 2 min to go\n"
    )
