"""How much work an article was, and what a shard says of its window."""

from service.story.shard import Shard
from tests.story.articles import extracted, told


def test_a_first_article_is_compared_with_nothing() -> None:
    shard = Shard()
    assert (shard.window_age, shard.clock) == (0.0, 0.0)
    shard.place(extracted(told("ferry-ap"), url="https://apnews.com/ferry", offset=0))
    assert shard.work is not None
    assert (shard.work.candidates, shard.work.compared) == (0, 0)


def test_a_copy_has_a_candidate_that_is_compared() -> None:
    shard = Shard()
    shard.place(extracted(told("ferry-ap"), url="https://apnews.com/ferry", offset=0))
    shard.place(extracted(told("ferry-ap", "spun"), url="https://a.example/ferry", offset=1))
    assert shard.work is not None
    assert (shard.work.candidates, shard.work.compared) == (1, 1)


def test_a_repeat_is_no_work() -> None:
    shard = Shard()
    article = extracted(told("ferry-ap"), url="https://apnews.com/ferry", offset=0)
    shard.place(article)
    shard.place(article)
    assert shard.work is None
