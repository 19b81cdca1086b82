"""A short text on many sites without a date, a person or an agency is boilerplate."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from service.contract.article import DateCandidate, DateKind
from service.contract.attribution import Dateline
from service.contract.extracted import Extracted
from service.contract.record import InputMessage, Topic
from service.contract.serde import dump
from service.contract.story import Relation
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.boilerplate import SITES, is_bare, stands_on_many_sites
from service.fold.state.row_format import read_story, story_row
from service.fold.state.story import StoryState
from service.fold.state.window import WindowLimits
from tests.fold.articles import extracted, text_of

WALL = (
    "We noticed that your browser asks us not to follow you. To go on reading our pages you have"
    " to choose one of the two offers below.\n\nWith the first offer our 143 partners store small"
    " files on your device and measure what you look at. The second one costs 4.99 a month, and"
    " nobody measures anything. You can change your mind at any time in the footer."
)
NEWS = text_of("bus-dog")


def wall(number: int, host: str | None = None, text: str = WALL, **more: Any) -> Extracted:
    host = host or f"www.paper{number}.example"
    return extracted(text, url=f"https://{host}/{number}.html", offset=number, **more)


def placed_all(articles: list[Extracted], shard: Shard | None = None) -> list[Placed]:
    shard = shard or Shard()
    decisions = [shard.place(each) for each in articles]
    assert all(isinstance(each, Placed) for each in decisions)
    return [each for each in decisions if isinstance(each, Placed)]


def marks(decisions: list[Placed]) -> list[bool]:
    """Whether each article is marked; its story's state must say the same."""
    for each in decisions:
        assert (each.stories[0].boilerplate or False) == each.boilerplate
    return [each.boilerplate for each in decisions]


def test_the_tenth_site_makes_it_boilerplate_and_nothing_is_lost() -> None:
    decisions = placed_all([wall(number) for number in range(SITES + 2)])
    assert len({each.placement.story_id for each in decisions}) == 1
    assert marks(decisions) == [False] * (SITES - 1) + [True] * 3


def test_subdomains_of_one_owner_are_one_site() -> None:
    pages = [wall(number, f"s{number}.chain.example") for number in range(SITES + 5)]
    assert not any(marks(placed_all(pages)))


@pytest.mark.parametrize(
    "shown",
    [
        {"article": {"published": "2026-03-10T05:00:00Z"}},
        {"article": {"modified": "2026-03-10"}},
        {"article": {"authors": ("Jane Roe",)}},
        {
            "article": {
                "dates": (DateCandidate(kind=DateKind.PUBLISHED, source="time", value="2026"),)
            }
        },
        {"wire": {"agency": "ap"}},
        {"wire": {"agencies": ("dpa",)}},
        {"wire": {"dateline": Dateline(place="PORT ALDER", text="PORT ALDER —")}},
    ],
    ids=lambda shown: str(next(iter(next(iter(shown.values()))))),
)
@pytest.mark.parametrize("at", [0, 4, SITES + 1])
def test_one_article_that_says_when_or_by_whom_is_enough(
    shown: dict[str, dict[str, Any]], at: int
) -> None:
    pages = [wall(number) for number in range(SITES + 3)]
    one = pages[at]
    assert is_bare(one)
    update = {name: getattr(one, name).model_copy(update=got) for name, got in shown.items()}
    pages[at] = one.model_copy(update=update)
    assert not is_bare(pages[at])
    marked = marks(placed_all(pages))
    assert not any(marked[at:])
    assert any(marked) == (at > SITES)


def test_a_long_text_is_no_boilerplate() -> None:
    long = text_of("ferry-ap")
    assert not any(marks(placed_all([wall(each, text=long) for each in range(SITES + 2)])))


def test_an_honest_story_is_not_dragged_in_by_copies_without_date_and_name() -> None:
    first = wall(0, "apnews.com", NEWS, agency="ap", own=True)
    copies = [wall(number, text=NEWS) for number in range(1, 3 * SITES)]
    decisions = placed_all([first, *copies])
    assert decisions[-1].stories[0].copies == len(copies)
    assert not any(marks(decisions))


def test_the_flag_of_the_event_has_its_evidence() -> None:
    shard = Shard()
    for number in range(SITES):
        page = wall(number)
        message = InputMessage(b"k", dump(page), (), number, page.source)
        records = fold(message, shard, 0)
    event = next(each for each in records if each.topic is Topic.ARTICLES)
    assert b'"name":"boilerplate"' in (event.value or b"")
    assert b"on 10 sites or more" in (event.value or b"")


def test_an_article_that_leaves_the_window_stays_known() -> None:
    """The one that gave a date has left; the story is as little boilerplate as before."""
    limits = WindowLimits(span=timedelta(hours=10))
    dated = wall(0, published="2026-03-10T05:00:00Z", hours=0)
    later = [wall(number, hours=number * 0.9) for number in range(1, 16)]
    assert not any(marks(placed_all([dated, *later], Shard(limits))))


def test_of_a_story_from_before_nothing_is_known() -> None:
    state = StoryState.from_record(_record(None))
    assert not state.bare
    assert StoryState.from_record(_record(True)).bare
    row = story_row(StoryState.from_record(_record(True)))
    assert read_story(row).bare
    before = orjson.loads(row)[:15]
    assert not read_story(orjson.dumps(before)).bare


def _record(bare: bool | None) -> Any:
    decision = placed_all([wall(0)])[0]
    record = decision.saved.stories[0]
    assert record.bare is True
    return record.model_copy(update={"bare": bare})


def test_a_restored_shard_marks_the_same() -> None:
    pages = [wall(number) for number in range(SITES + 1)]
    shard = Shard()
    before = placed_all(pages[:-2], shard)
    restored = Shard()
    articles = [record for each in before for record in each.saved.articles]
    stories = {record.state.id: record for each in before for record in each.saved.stories}
    restored.restore(articles, list(stories.values()))
    assert marks(placed_all(pages[-2:], restored)) == marks(placed_all(pages[-2:], shard))
    assert Relation.VERBATIM is before[-1].placement.relation


def test_many_hosts_are_counted_up_to_a_limit() -> None:
    assert stands_on_many_sites(f"p{number}.example" for number in range(SITES))
    assert not stands_on_many_sites(f"p{number}.example" for number in range(SITES - 1))
    assert not stands_on_many_sites(f"s{number}.one.example" for number in range(5000))
