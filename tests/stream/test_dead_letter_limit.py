"""A bad deploy stops the worker; a poison now and then does not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.events.topics import Topic
from service.settings import Settings
from service.stream import fatal
from service.stream.dead_letter_limit import DeadLetterLimit
from service.stream.fatal import Stop
from service.stream.topic_specs import create_topics
from tests.stream.conftest import Deploy
from tests.stream.deployment import Deployment
from tests.stream.feeding import Fed, feed, html_page
from tests.stream.heavy_pages import good_page, slow_page
from tests.stream.running_worker import RunningWorker, running_worker
from tests.stream.topics_reader import read_all, read_outcomes, read_until


def limit(**settings: float) -> DeadLetterLimit:
    off = {"failed_in_a_row": 0, "failed_ratio": 0}
    return DeadLetterLimit("READ", Settings(**{**off, **settings}))  # type: ignore[arg-type]


def entered(counted: DeadLetterLimit, outcomes: str) -> int:
    """How many of the outcomes (`.` good, `x` failed) it takes before it stops."""
    for number, outcome in enumerate(outcomes):
        try:
            counted.enter("timeout" if outcome == "x" else None)
        except Stop:
            return number
    return len(outcomes)


@pytest.mark.parametrize(
    ("outcomes", "taken"), [("xxx.xxx.xxx", 11), ("x.xxxx", 5), (".xxxxxx", 4), ("xxxx", 3)]
)
def test_dead_letters_in_a_row(outcomes: str, taken: int) -> None:
    assert entered(limit(failed_in_a_row=3), outcomes) == taken


@pytest.mark.parametrize(
    ("outcomes", "taken"),
    [
        (".x.x.x.x.x", 10),
        ("....xxxxxx", 7),
        # Too few to tell, then one that tips the scales.
        ("xxx.", 4),
        ("xxx..x", 5),
        # What is longer ago than the window is forgotten.
        ("." * 20 + "xxxx", 23),
    ],
)
def test_ratio_of_a_window(outcomes: str, taken: int) -> None:
    counted = limit(failed_ratio=0.5, failed_window=6, failed_ratio_after=5)
    assert entered(counted, outcomes) == taken


def test_off_by_zero() -> None:
    assert entered(limit(), "x" * 5000) == 5000


def test_the_message_names_reasons_and_the_way_back() -> None:
    counted = limit(failed_in_a_row=2)
    counted.enter("timeout")
    counted.enter("crashed")
    with pytest.raises(Stop, match=r"too many dead letters in READ: .*FAILED_IN_A_ROW=2") as stop:
        counted.enter("timeout")
    assert "2 timeout, 1 crashed" in str(stop.value)
    assert "copydesk replay" in str(stop.value)
    assert stop.value.exit_code == fatal.UNREADABLE != 0


@given(st.text("x.", max_size=80), st.integers(1, 20), st.integers(1, 20))
def test_the_ratio_is_that_of_the_last_inputs(outcomes: str, window: int, least: int) -> None:
    counted = limit(failed_ratio=0.4, failed_window=window, failed_ratio_after=least)
    taken = entered(counted, outcomes)

    def too_many(end: int) -> bool:
        last = outcomes[max(0, end - window) : end]
        return len(last) >= min(least, window) and last.count("x") > 0.4 * len(last)

    assert not any(too_many(end) for end in range(1, taken + 1) if outcomes[end - 1] == "x")
    assert taken == len(outcomes) or too_many(taken + 1)


def poison(number: int) -> Fed:
    return Fed(b"k%d" % number, b'{"url": "https://cut.example/%d", "te' % number)


def good(number: int) -> Fed:
    return html_page(f"https://good-{number}.example/a", good_page(number))


def failed_count(worker: RunningWorker) -> None:
    """The worker has ended by the limit."""
    assert worker.wait() == fatal.UNREADABLE
    assert "too many dead letters in READ" in worker.log_tail()


@pytest.mark.stream
async def test_a_topic_full_of_poison_stops_the_worker_and_nothing_is_lost(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=10)
    await create_topics(deployment.settings)
    pages = [*map(good, range(5)), *map(poison, range(200)), *map(good, range(5, 10))]
    await feed(deployment, pages)
    with RunningWorker(deployment) as worker:
        worker.launch()
        failed_count(worker)
    letters = [each for each in await read_all(deployment) if each.topic is Topic.FAILED]
    assert len(letters) <= 10
    repaired = Deployment(
        deployment.broker,
        deployment.folder,
        {"raw_partitions": "1", "failed_in_a_row": "0", "failed_ratio": "0"},
        deployment.name,
    )
    with running_worker(repaired) as worker:
        # What the first worker wrote last may stand there twice.
        await read_until(
            repaired,
            lambda seen: len({each.url for each in seen if each.is_outcome}) == len(pages),
        )
        worker.stop()
    seen = await read_all(repaired)
    assert {each.source[1] for each in seen if each.topic is Topic.FAILED} == set(range(5, 205))
    published = {each.url for each in seen if each.topic is Topic.ARTICLES}
    assert published == {f"https://good-{number}.example/a" for number in range(10)}


@pytest.mark.stream
async def test_pages_that_break_their_children_count(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=2, page_seconds=0.3)
    await create_topics(deployment.settings)
    slow = [html_page(f"https://slow-{n}.example/a", slow_page()) for n in range(5)]
    await feed(deployment, slow)
    with RunningWorker(deployment) as worker:
        worker.launch()
        failed_count(worker)
        assert "3 timeout" in worker.log_tail()


@pytest.mark.stream
async def test_some_poison_does_not_stop_the_worker(deploy: Deploy, tmp_path: Path) -> None:
    deployment = deploy(
        raw_partitions=1, failed_in_a_row=10, failed_ratio=0.6, failed_ratio_after=10
    )
    await create_topics(deployment.settings)
    pages = [each for n in range(40) for each in (poison(n), good(n))]
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
