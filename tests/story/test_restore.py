"""A shard restored from its records goes on exactly as the one that wrote them."""

from copy import deepcopy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.events.extracted import Extracted, SourcePosition
from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.serde import dump, load
from service.events.topics import Topic
from service.local.sample.messages import sample_messages
from service.read import read
from service.story.decision import Decision, Placed, Unchanged
from service.story.memory import Window
from service.story.shard import Shard


class Log:
    """`fold.state` as a compacted topic keeps it."""

    def __init__(self) -> None:
        self.articles: dict[str, bytes] = {}
        self.stories: dict[str, bytes] = {}

    def write(self, decision: Decision) -> None:
        if not isinstance(decision, Placed | Unchanged):
            return
        saved = decision.saved
        self.articles.update((record.uri, dump(record)) for record in saved.articles)
        self.stories.update((record.state.id, dump(record)) for record in saved.stories)
        for uri in saved.forgotten_articles:
            self.articles.pop(uri, None)
        for story_id in saved.forgotten_stories:
            self.stories.pop(story_id, None)

    def restored(self, window: Window) -> Shard:
        shard = Shard(window)
        shard.restore(
            [load(ArticleRecord, value) for value in reversed(self.articles.values())],
            [load(StoryRecord, value) for value in reversed(self.stories.values())],
        )
        return shard


@cache
def crawl() -> tuple[Extracted, ...]:
    records = [read(message) for message in sample_messages()]
    return tuple(
        load(Extracted, record.value or b"")
        for record in records
        if record.topic is Topic.EXTRACTED
    )


def at(article: Extracted, offset: int) -> Extracted:
    position = SourcePosition(topic="pages.raw", partition=0, offset=offset)
    return article.model_copy(update={"source": position})


def decisions(articles: list[Extracted], window: Window, cut: int) -> list[Decision]:
    """What is decided of all, with the shard restored from its log before article `cut`."""
    shard, log = Shard(window), Log()
    made = []
    for number, article in enumerate(articles):
        if number == cut:
            shard = log.restored(window)
        decision = shard.place(at(article, number))
        log.write(decision)
        made.append(deepcopy(decision))  # what it shows of the memory goes on changing
    return made


NEVER = -1


@pytest.mark.parametrize("window", [Window(), Window(articles=12)], ids=["all kept", "some expire"])
def test_a_restart_at_any_article_of_the_crawl_changes_nothing(window: Window) -> None:
    articles = list(crawl())
    whole = decisions(articles, window, NEVER)
    for cut in range(1, len(articles), 3):
        assert decisions(articles, window, cut) == whole


@settings(max_examples=25)
@given(st.data())
def test_a_restart_changes_nothing_in_any_order(data: st.DataObject) -> None:
    numbers = st.integers(0, len(crawl()) - 1)
    order = data.draw(st.lists(numbers, min_size=2, max_size=40))
    window = Window(articles=data.draw(st.integers(1, 40)))
    cut = data.draw(st.integers(1, len(order) - 1))
    articles = [crawl()[n] for n in order]
    assert decisions(articles, window, cut) == decisions(articles, window, NEVER)


def test_two_runs_make_the_same_decisions() -> None:
    articles = list(crawl())
    assert decisions(articles, Window(), NEVER) == decisions(articles, Window(), NEVER)
