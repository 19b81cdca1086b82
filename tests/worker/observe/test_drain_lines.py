"""A worker that drains says how much is left, and shows no stacks as if it had failed."""

import io
import logging
from types import SimpleNamespace

import pytest
from faust.transport.consumer import Consumer

from service.worker.observe.drain_lines import DrainLines, shorten_drain_lines


@pytest.fixture
def said() -> tuple[logging.Logger, io.StringIO]:
    """A logger like a Faust consumer's, and what it writes."""
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.Logger("consumer")
    logger.addHandler(handler)
    shorten_drain_lines(SimpleNamespace(log=SimpleNamespace(logger=logger)))
    return logger, sink


def test_what_is_waited_for_is_a_number(said: tuple[logging.Logger, io.StringIO]) -> None:
    logger, sink = said
    waiting = [(1, "<ConsumerMessage: TP(topic='pages.raw', partition=3) offset=16>")] * 43
    logger.warning("[^--GaplessConsumer]: wait_empty: Waiting for tasks %r", waiting)
    assert sink.getvalue() == "INFO draining: 43 inputs are in hand\n"


def test_stacks_are_left_out_and_other_lines_stay(
    said: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, sink = said
    logger.info("[^--GaplessConsumer]: Agent tracebacks:\n%s", "TRACEBACK OF ALL")
    logger.warning("[^--GaplessConsumer]: %s", "a partition is gone")
    assert sink.getvalue() == "WARNING [^--GaplessConsumer]: a partition is gone\n"


def test_a_log_is_shortened_once(said: tuple[logging.Logger, io.StringIO]) -> None:
    logger, _ = said
    shorten_drain_lines(SimpleNamespace(log=SimpleNamespace(logger=logger)))
    assert [type(each) for each in logger.filters] == [DrainLines]


def test_faust_still_says_it_in_these_words() -> None:
    words = [each for each in Consumer.wait_empty.__wrapped__.__code__.co_consts if each]
    assert any("wait_empty: Waiting for tasks" in str(each) for each in words)
    assert any("Agent tracebacks:" in str(each) for each in words)
