"""What is lost where `articles` and `stories` survive and FOLD's state does not."""

from dataclasses import dataclass, replace
from functools import cached_property

import pytest

from tests.faults.ledger import Generator, Kind
from tests.faults.only_outputs import Told, read_entries, told

PAGES = 130


@dataclass(frozen=True)
class Loss:
    """A ledger's articles, and what is told of them if the state is lost after half of them."""

    first: list[Told]
    with_state: list[Told]
    without: list[Told]
    again: list[Told]

    @cached_property
    def old_stories(self) -> set[str | None]:
        """The stories that began before the loss."""
        return {each.story for each in self.first} - {None}


@pytest.fixture(scope="module")
def loss() -> Loss:
    articles = read_entries(Generator(23, partitions=1).take(PAGES))
    half = len(articles) // 2
    whole = told(articles)
    return Loss(whole[:half], whole[half:], told(articles[half:]), told(articles))


def test_pages_that_are_read_again_from_the_beginning_give_the_same_events(loss: Loss) -> None:
    assert loss.again == loss.first + loss.with_state


def test_without_the_state_old_stories_begin_anew(loss: Loss) -> None:
    of_old = [
        now
        for before, now in zip(loss.with_state, loss.without, strict=True)
        if before.story in loss.old_stories
    ]
    assert len(of_old) > 5
    assert not {each.story for each in of_old} & loss.old_stories


def test_without_the_state_pages_crawled_again_are_events(loss: Loss) -> None:
    crawled_again = [
        (before, now)
        for before, now in zip(loss.with_state, loss.without, strict=True)
        if before.entry.kind is Kind.RECRAWL
    ]
    assert all(before.story is None for before, _ in crawled_again)
    assert any(now.version == "1" for _, now in crawled_again)


def test_stories_that_begin_afterwards_are_the_same(loss: Loss) -> None:
    for before, now in zip(loss.with_state, loss.without, strict=True):
        if before.story is not None and before.story not in loss.old_stories:
            # The sequence begins anew with the state, and is part of what the event says.
            assert replace(now, id=before.id) == before
