"""Which article of a story is the original."""

from datetime import timedelta
from typing import Unpack

import pytest

from service.contract.extracted import Extracted
from service.contract.story import OriginalOfStory
from service.fold.assign.authority import AuthorityPolicy
from service.fold.assign.decision import Placed
from service.fold.assign.original import published_at
from service.fold.shard import Shard
from service.fold.state.article import ArticleState
from service.fold.state.window import WindowLimits
from tests.fold.articles import ArticleOptions, extracted, text_of

TEXT = text_of("ferry-ap")


def page(name: str, offset: int, **more: Unpack[ArticleOptions]) -> Extracted:
    return extracted(TEXT, url=f"https://{name}.example/a", offset=offset, **more)


WEEK = timedelta(hours=168)


def originals(
    *articles: Extracted,
    window: WindowLimits | None = None,
    policy: AuthorityPolicy | None = None,
) -> list[tuple[str, str]]:
    shard = Shard(window, policy=policy)
    found: list[OriginalOfStory] = []
    for article in articles:
        decision = shard.place(article)
        assert isinstance(decision, Placed)
        found.append(decision.stories[0].original)
    return [(original.host.partition(".")[0], original.why) for original in found]


def test_the_agencys_page_is_the_original_whenever_it_arrives() -> None:
    first = page("blog", 0, published="2026-03-10T05:00:00+00:00")
    assert originals(first, page("wire", 1, own=True), page("paper", 2)) == [
        ("blog", "earliest_seen"),
        ("wire", "agency_host"),
        ("wire", "agency_host"),
    ]


def test_next_is_the_page_that_copies_declare_canonical() -> None:
    copies = [page(name, n, canonical="https://paper.example/a") for n, name in enumerate("xy")]
    assert originals(*copies, page("paper", 2))[-1] == ("paper", "named_by_copies")
    assert originals(page("paper", 0), *copies)[-1] == ("paper", "named_by_copies")


def test_one_page_or_one_domain_cannot_name_an_original() -> None:
    mine = "https://farm.example/a"
    seen = page("paper", 0)
    named = page("farm", 1), page("x", 2, canonical=mine), page("news.farm", 3, canonical=mine)
    subdomains = [page(f"{n}.y", n, canonical=mine) for n in (4, 5)]
    assert originals(seen, *named)[-1] == ("paper", "earliest_seen")
    assert originals(seen, named[0], *subdomains)[-1] == ("paper", "earliest_seen")
    assert originals(seen, named[0], named[1], *subdomains)[-1] == ("farm", "named_by_copies")


def test_next_is_the_earliest_published() -> None:
    late = page("late", 0, published="2026-03-10T05:59:00+00:00")
    early = page("early", 1, published="2026-03-10T04:00:00+00:00")
    assert originals(late, early)[-1] == ("early", "earliest_published")
    assert originals(early, late)[-1][0] == "early"


@pytest.mark.parametrize("published", ["2031-01-01T00:00:00+00:00", "2019-01-01", "soon", None])
def test_an_impossible_date_is_ignored(published: str | None) -> None:
    first = page("first", 0, published="2026-03-10T05:59:00+00:00")
    assert originals(first, page("other", 1, published=published))[-1][0] == "first"


def test_a_late_page_is_the_original_if_the_window_contains_its_date() -> None:
    first = page("first", 0, published="2026-03-10T05:59:00+00:00")
    late = page("late", 1, hours=101, published="2026-03-10T04:00:00+00:00")
    week, slow = WindowLimits(span=WEEK), AuthorityPolicy(crawl_delay=WEEK)
    assert originals(first, late, window=week, policy=slow)[-1] == ("late", "earliest_published")
    later = page("later", 1, hours=167.5, published="2026-03-10T04:00:00+00:00")
    assert originals(first, later, window=week, policy=slow)[-1] == ("first", "earliest_seen")


def test_a_date_is_only_a_claim_of_a_page_that_is_seen_late() -> None:
    first = page("first", 0, published="2026-03-10T05:59:00+00:00")
    farm = page("farm", 1, hours=20, published="2026-03-10T04:00:00+00:00")
    assert originals(first, farm)[-1] == ("first", "earliest_seen")
    trusted = AuthorityPolicy(trusted=frozenset({"farm.example"}))
    assert originals(first, farm, policy=trusted)[-1] == ("farm", "earliest_published")


def test_last_is_the_first_seen() -> None:
    assert originals(page("first", 0), page("second", 1))[-1] == ("first", "earliest_seen")


@pytest.mark.parametrize("written", ["2026-03-10", "2026-03-10T00:00:00"])
def test_a_bare_day_never_beats_a_time_of_that_day(written: str) -> None:
    def at(published: str) -> float | None:
        article = page("a", 0, published=published, hours=40).article
        article_state = ArticleState.__new__(ArticleState)
        article_state.published, article_state.seen = published, article.fetched_at.timestamp()  # type: ignore[union-attr]
        return published_at(article_state, 72 * 3600.0)

    day, time = at(written), at("2026-03-10T23:00:00+00:00")
    assert day is not None
    assert time is not None
    assert time < day
