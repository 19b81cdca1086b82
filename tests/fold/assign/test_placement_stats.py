"""Statistics of a placement, and the properties of a shard's window."""

from service.fold.shard import Shard
from tests.fold.articles import extracted, text_of


def test_a_first_article_is_compared_with_nothing() -> None:
    shard = Shard()
    assert (shard.window_age, shard.clock) == (0.0, 0.0)
    shard.place(extracted(text_of("ferry-ap"), url="https://apnews.com/ferry", offset=0))
    assert shard.stats is not None
    assert (shard.stats.candidates, shard.stats.compared) == (0, 0)


def test_a_copy_has_a_candidate_that_is_compared() -> None:
    shard = Shard()
    shard.place(extracted(text_of("ferry-ap"), url="https://apnews.com/ferry", offset=0))
    shard.place(extracted(text_of("ferry-ap", "spun"), url="https://a.example/ferry", offset=1))
    assert shard.stats is not None
    assert (shard.stats.candidates, shard.stats.compared) == (1, 1)


def test_a_repeat_has_no_stats() -> None:
    shard = Shard()
    article = extracted(text_of("ferry-ap"), url="https://apnews.com/ferry", offset=0)
    shard.place(article)
    shard.place(article)
    assert shard.stats is None
