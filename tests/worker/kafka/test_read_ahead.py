"""The order in which READ gets the pages of several partitions, on a clock of the test's own."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.worker.kafka.alignment import MINUTE
from service.worker.kafka.read_ahead import ReadAhead

BEGIN = 1_790_000_000_000
HOUR = 60 * MINUTE
NOW = BEGIN + 60 * 24 * HOUR
LIMIT_MINUTES = 360.0
PATIENCE = 120.0

Page = tuple[int, int]
"""Event time, and when it was written to the log."""


class Worker:
    """A worker's `ReadAhead` over logs in memory, of which it fetches so many records at a time."""

    def __init__(self, logs: Mapping[int, Sequence[Page]], at_once: int = 16) -> None:
        self.clock = 0.0
        self.logs = logs
        self.at_once = at_once
        self.fetched = dict.fromkeys(logs, 0)
        self.done: list[tuple[int, int]] = []
        self.ahead = ReadAhead(
            LIMIT_MINUTES, PATIENCE, now=lambda: float(NOW), clock=lambda: self.clock
        )
        self.ahead.is_at_end = lambda number: self.fetched[number] == len(logs[number])
        self.ahead.begin(set(logs))
        self.ahead.open()

    def fetch(self, *, only: int | None = None) -> None:
        for number, log in self.logs.items():
            while (
                only in (None, number)
                and not self.ahead.is_stocked(number)
                and (at := self.fetched[number]) < len(log)
            ):
                for offset in range(at, min(at + self.at_once, len(log))):
                    self.ahead.add(number, record(number, offset, log[offset]))
                    self.fetched[number] = offset + 1

    def take(self) -> Any | None:
        taken = self.ahead.take()
        if taken is not None:
            self.done.append((taken.partition, taken.offset))
        return taken

    def take_all(self, most: int = 10**6) -> None:
        for _ in range(most):
            self.fetch()
            if self.take() is None:
                return

    def events(self) -> list[int]:
        return [self.logs[number][offset][0] for number, offset in self.done]

    def commit(self) -> dict[int, tuple[int, str]]:
        """What it commits for its partitions, once all that it took is done."""
        committed = {}
        for number in self.logs:
            offset = sum(each == number for each, _ in self.done)
            reached = self.ahead.reached(number, offset)
            committed[number] = (offset, "" if reached is None else reached.encode())
        return committed


def record(partition: int, offset: int, page: Page) -> Any:
    event, written = page
    headers = (("fetched-at", iso(event)),)
    return SimpleNamespace(
        partition=partition, offset=offset, timestamp=written, headers=headers, value=b"page"
    )


def iso(millis: int) -> bytes:
    return datetime.fromtimestamp(millis / 1000, UTC).isoformat().encode()


def archive(hours: Sequence[int], first: int = 0) -> list[Page]:
    """Pages of these hours, written a second apart."""
    return [(BEGIN + hour * HOUR, NOW + (first + n) * 1000) for n, hour in enumerate(hours)]


def in_feed_order(logs: Mapping[int, Sequence[int]]) -> dict[int, list[Page]]:
    """Logs of pages of these hours, all written in the order of hours."""
    return {
        number: [(BEGIN + hour * HOUR, NOW + hour * 1000) for hour in hours]
        for number, hours in logs.items()
    }


def test_the_oldest_next_page_is_read_first() -> None:
    logs = in_feed_order({0: range(0, 300, 2), 1: range(1, 300, 2), 2: range(50, 60)})
    worker = Worker(logs)
    worker.take_all()
    assert worker.events() == sorted(event for log in logs.values() for event, _ in log)


def test_a_partition_that_is_about_to_be_fetched_is_waited_for() -> None:
    worker = Worker(in_feed_order({0: range(100), 1: range(100)}))
    worker.fetch(only=0)
    assert worker.take() is None
    worker.clock += 1.0
    assert worker.take() is not None, "for half a second"


def test_a_partition_whose_records_do_not_come_holds_others_back_up_to_the_limit() -> None:
    worker = Worker(in_feed_order({0: range(100), 1: range(100)}), at_once=8)
    worker.fetch()
    while worker.take():
        pass
    stopped = len(worker.done)
    for _ in range(100):
        worker.clock += 1.0
        worker.fetch(only=0)
        worker.take()
    assert stopped < len(worker.done) < 40
    assert worker.ahead.held() == [0]
    worker.clock += PATIENCE
    for _ in range(100):
        worker.fetch(only=0)
        worker.take()
    assert {offset for number, offset in worker.done if number == 0} == {*range(100)}


def test_nothing_is_delivered_before_the_group_has_answered_or_ten_seconds() -> None:
    worker = Worker(in_feed_order({0: range(10)}))
    worker.ahead.begin({0})
    worker.fetched = {0: 0}
    worker.fetch()
    assert worker.take() is None
    worker.clock += 10.0
    assert worker.take() is not None


def two_workers(logs: Mapping[int, Sequence[Page]]) -> tuple[Worker, Worker]:
    one = Worker({number: log for number, log in logs.items() if number % 2 == 0})
    two = Worker({number: log for number, log in logs.items() if number % 2})
    return one, two


def test_workers_wait_for_each_other() -> None:
    one, two = two_workers(in_feed_order({number: range(number, 400, 4) for number in range(4)}))
    one.fetch()
    two.fetch()
    one.ahead.group.see(two.commit())
    one.take_all()
    newest = max(one.events())
    assert newest <= BEGIN + 9 * HOUR + LIMIT_MINUTES * MINUTE
    assert one.ahead.held() == [0, 2]
    two.ahead.group.see(one.commit())
    two.take_all(50)
    one.ahead.group.see(two.commit())
    one.take_all()
    assert newest < max(one.events()) <= max(two.events()) + 8 * HOUR + LIMIT_MINUTES * MINUTE


def test_a_worker_that_stalls_is_waited_for_as_long_as_it_may_be_stuck() -> None:
    one, two = two_workers(in_feed_order({0: range(300), 1: range(300)}))
    two.fetch()
    stalled = two.commit()
    one.ahead.group.see(stalled)
    one.take_all()
    assert len(one.done) < 50
    one.clock += PATIENCE + 1
    one.ahead.group.see(stalled)
    one.take_all()
    assert len(one.done) == 300
    assert one.ahead.report()["not_waited_for"] == [1]


def test_pages_in_work_count_as_not_reached() -> None:
    worker = Worker(in_feed_order({0: range(100)}))
    worker.take_all(20)
    oldest, newest = (worker.ahead.reached(0, offset) for offset in (3, 20))
    assert oldest is not None
    assert newest is not None
    assert oldest.event is not None
    assert newest.event is not None
    assert oldest.event < newest.event - 10 * HOUR


@pytest.mark.parametrize("year", [-30, 5])
def test_one_page_does_not_freeze_its_partition(year: int) -> None:
    logs = in_feed_order({0: range(200), 1: range(200)})
    logs[0][50] = (BEGIN + year * 365 * 24 * HOUR, logs[0][50][1])
    worker = Worker(logs)
    worker.take_all()
    at = worker.done.index((0, 50))
    assert (1, 40) in worker.done[:at]
    assert (1, 60) not in worker.done[:at]


def test_a_second_file_is_read_in_the_order_of_the_feed() -> None:
    hours = [*range(200), *range(200)]
    worker = Worker({number: archive(hours) for number in (0, 1)})
    worker.take_all()
    lead = max(abs(sum(1 if number else -1 for number, _ in worker.done[:n])) for n in range(800))
    assert lead <= 16


def test_an_archive_fed_backwards_is_read_in_the_order_of_the_feed() -> None:
    worker = Worker({number: archive(range(400, 0, -1)) for number in (0, 1)})
    worker.take_all()
    lead = max(abs(sum(1 if number else -1 for number, _ in worker.done[:n])) for n in range(800))
    assert lead <= 16


def test_a_partition_whose_clock_is_wrong_is_read_in_the_order_of_the_feed() -> None:
    logs = {number: archive(range(100)) for number in (0, 1)}
    logs[1] = [(event + 300 * 24 * HOUR // 10, written) for event, written in logs[1]]
    worker = Worker(logs)
    worker.take_all()
    at = worker.done.index((1, 50))
    assert (0, 40) in worker.done[:at]
    assert (0, 60) not in worker.done[:at]


def test_only_the_partition_whose_turn_it_is_is_to_be_read() -> None:
    worker = Worker(in_feed_order({0: range(10, 30), 1: range(20), 2: range(50, 60), 3: []}))
    worker.fetch()
    assert worker.ahead.passed_over() == [0, 2]
    assert worker.ahead.held() == [0, 2]
    two = Worker(in_feed_order({0: range(3, 30), 1: range(20)}))
    two.fetch()
    assert two.ahead.passed_over() == [0]
    assert two.ahead.held() == []


claims = st.one_of(
    st.integers(0, 60 * 24).map(lambda hour: BEGIN + hour * HOUR),
    st.sampled_from([0, BEGIN - 3 * 365 * 24 * HOUR, NOW + 5 * 365 * 24 * HOUR]),
)
pages = st.tuples(claims, st.integers(NOW - HOUR, NOW + HOUR) | st.just(-1))


@given(
    st.dictionaries(st.integers(0, 5), st.lists(pages, max_size=40), min_size=1),
    st.integers(1, 20),
)
def test_every_page_is_read_once_in_the_order_of_its_partition(
    logs: dict[int, list[Page]], at_once: int
) -> None:
    worker = Worker(logs, at_once)
    worker.take_all()
    for number, log in logs.items():
        assert [at for each, at in worker.done if each == number] == [*range(len(log))]


@given(
    st.dictionaries(st.integers(0, 5), st.lists(pages, max_size=40), min_size=2),
    st.integers(1, 20),
)
def test_workers_never_wait_for_each_other_in_a_circle(
    logs: dict[int, list[Page]], step: int
) -> None:
    workers = two_workers(logs)
    for worker in workers:
        worker.fetch()
    for _ in range(sum(map(len, logs.values())) + 2):
        before = sum(len(worker.done) for worker in workers)
        for worker, other in (workers, workers[::-1]):
            worker.ahead.group.see(other.commit())
            worker.take_all(step)
        for worker, other in (workers, workers[::-1]):
            worker.ahead.group.see(other.commit())
        if sum(len(worker.done) for worker in workers) == before:
            break
    assert sum(len(worker.done) for worker in workers) == sum(map(len, logs.values()))


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=300),
    st.integers(1, 30),
    st.integers(1, 30),
)
def test_the_disorder_of_an_archive_is_bounded(lanes: list[int], one: int, two: int) -> None:
    """However unlike the pace of two workers is."""
    logs: dict[int, list[Page]] = {number: [] for number in range(4)}
    for hour, lane in enumerate(lanes):
        logs[lane].append((BEGIN + hour * HOUR, NOW + hour))
    workers = two_workers(logs)
    for worker in workers:
        worker.fetch()
    newest, worst = 0, 0
    while sum(len(worker.done) for worker in workers) < len(lanes):
        for worker, other, pace in ((*workers, one), (*workers[::-1], two)):
            worker.ahead.group.see(other.commit())
            taken = len(worker.done)
            worker.take_all(pace)
            for event in worker.events()[taken:]:
                worst = max(worst, newest - event)
                newest = max(newest, event)
    widest = max(
        (
            after[0] - before[0]
            for log in logs.values()
            for before, after in zip(log, log[4:], strict=False)
        ),
        default=len(lanes) * HOUR,
    )
    assert worst <= LIMIT_MINUTES * MINUTE + 2 * widest
