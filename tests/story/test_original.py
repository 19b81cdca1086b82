"""Which article is taken for the original."""

import pytest

from service.events.extracted import Extracted
from service.events.story_state import OriginalOfStory
from service.story.decision import Placed
from service.story.known import KnownArticle
from service.story.original import published_at
from service.story.shard import Shard
from tests.story.articles import extracted, told

TEXT = told("ferry-ap")


def page(name: str, offset: int, **more: object) -> Extracted:
    return extracted(TEXT, url=f"https://{name}.example/a", offset=offset, **more)  # type: ignore[arg-type]


def originals(*articles: Extracted) -> list[tuple[str, str]]:
    shard = Shard()
    found: list[OriginalOfStory] = []
    for article in articles:
        decision = shard.place(article)
        assert isinstance(decision, Placed)
        found.append(decision.stories[0].original)
    return [(original.host.partition(".")[0], original.why) for original in found]


def test_the_agencys_page_is_the_original_whenever_it_comes() -> None:
    first = page("blog", 0, published="2026-03-10T05:00:00+00:00")
    assert originals(first, page("wire", 1, own=True), page("paper", 2)) == [
        ("blog", "earliest_seen"),
        ("wire", "agency_host"),
        ("wire", "agency_host"),
    ]


def test_then_the_page_that_copies_call_canonical() -> None:
    copies = [page(name, n, canonical="https://paper.example/a") for n, name in enumerate("xy")]
    assert originals(*copies, page("paper", 2))[-1] == ("paper", "named_by_copies")
    assert originals(page("paper", 0), page("early", 1), copies[1])[-1] == (
        "paper",
        "named_by_copies",
    )


def test_then_the_earliest_published() -> None:
    late = page("late", 0, published="2026-03-10T05:59:00+00:00")
    early = page("early", 1, published="2026-03-10T04:00:00+00:00")
    assert originals(late, early)[-1] == ("early", "earliest_published")
    assert originals(early, late)[-1][0] == "early"


@pytest.mark.parametrize("published", ["2031-01-01T00:00:00+00:00", "2019-01-01", "soon", None])
def test_a_date_that_cannot_be_proves_nothing(published: str | None) -> None:
    first = page("first", 0, published="2026-03-10T05:59:00+00:00")
    assert originals(first, page("other", 1, published=published))[-1][0] == "first"


def test_else_the_first_seen() -> None:
    assert originals(page("first", 0), page("second", 1))[-1] == ("first", "earliest_seen")


@pytest.mark.parametrize("written", ["2026-03-10", "2026-03-10T00:00:00"])
def test_a_bare_day_never_beats_a_time_of_that_day(written: str) -> None:
    def at(published: str) -> float | None:
        article = page("a", 0, published=published, hours=40).article
        known = KnownArticle.__new__(KnownArticle)
        known.published, known.seen = published, article.fetched_at.timestamp()  # type: ignore[union-attr]
        return published_at(known)

    day, time = at(written), at("2026-03-10T23:00:00+00:00")
    assert day is not None
    assert time is not None
    assert time < day
