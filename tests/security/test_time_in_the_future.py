"""A crawler's clock is wrong, and so is its broker's: pages fetched in years to come."""

from datetime import UTC, datetime, timedelta

from service.contract.extracted import Extracted
from service.fold.assign.decision import Placed, Saved
from service.fold.shard import Shard
from service.fold.state.event_clock import QUORUM
from tests.fold.articles import START, extracted, text_of
from tests.fold.changelog import Changelog

NAMES = ("ferry-ap", "furnace", "tin", "hoard", "miners", "carriers", "dam", "fires")
YEARS = 70 * 365 * 24.0


def place(shard: Shard, article: Extracted) -> Placed:
    decision = shard.place(article)
    assert isinstance(decision, Placed)
    return decision


def of(name: str, offset: int, host: str = "a.example", *, hours: float = 0.0) -> Extracted:
    return extracted(text_of(name), url=f"https://{host}/{name}", offset=offset, hours=hours)


def filled() -> Shard:
    shard = Shard()
    for offset, name in enumerate(NAMES):
        place(shard, of(name, offset))
    return shard


def restored(saved: list[Saved]) -> Shard:
    """A shard with the state that its changelog has after compaction."""
    return Changelog.of(saved).restored()


def test_one_page_from_the_future_empties_no_window() -> None:
    shard = filled()
    place(shard, of("miners", 20, "future.example", hours=YEARS))
    assert shard.article_count == len(NAMES) + 1
    copy = place(shard, of("dam", 21, "b.example"))
    assert copy.placement.parent is not None


def test_one_page_just_within_a_window_ahead_empties_none_either() -> None:
    shard = filled()
    place(shard, of("miners", 20, "future.example", hours=71))
    place(shard, of("tin", 21, "future.example", hours=72.9))
    assert shard.article_count == len(NAMES) + 2


def test_the_first_page_of_all_may_be_the_wrong_one() -> None:
    shard = Shard()
    place(shard, of("fires", 0, "future.example", hours=YEARS))
    first = place(shard, of("dam", 1))
    assert shard.clock == START.timestamp() + 60
    copy = place(shard, of("dam", 2, "b.example"))
    assert copy.placement.story_id == first.placement.story_id
    for offset in range(3, 9):
        place(shard, of(NAMES[offset - 3], offset, f"{offset}.example", hours=80))
    assert first.placement.story_id not in {
        each.id for each in place(shard, of("dam", 9, "c.example", hours=80)).stories
    }
    assert shard.article_count == 7, "what lies behind the wrong page leaves the window in time"


def test_a_crawler_in_four_with_a_wrong_clock_moves_nothing() -> None:
    shard = filled()
    for number in range(100):
        hours = YEARS if number % 4 == 0 else 0.0
        place(shard, of("tin", 20 + number, f"{number}.example", hours=hours))
    assert shard.clock == (START + timedelta(minutes=119)).timestamp()
    assert shard.article_count == len(NAMES) + 100


def test_after_a_pause_of_all_crawlers_the_clock_follows() -> None:
    shard = Shard()
    for number in range(30):
        place(shard, of("tin", number, f"{number}.example"))
    for number in range(QUORUM):
        assert shard.clock == (START + timedelta(minutes=29)).timestamp()
        place(shard, of("hoard", number, f"{number}.example", hours=100))
    assert shard.clock == (START + timedelta(hours=100)).timestamp()
    assert shard.article_count == QUORUM


def test_the_votes_are_in_the_state_that_a_shard_is_restored_from() -> None:
    pages = [of(name, offset) for offset, name in enumerate(NAMES)]
    pages += [of("tin", 20 + n, f"{n}.example", hours=100) for n in range(QUORUM)]
    whole = Shard()
    expected = [place(whole, each) for each in pages]
    for cut in range(len(NAMES) - 2, len(pages)):
        shard = restored([each.saved for each in expected[:cut]])
        assert [place(shard, each) for each in pages[cut:]] == expected[cut:]
        assert shard.clock == whole.clock


def test_a_claim_of_the_future_is_no_time_of_publication_for_the_others() -> None:
    shard = filled()
    wrong = place(shard, of("fires", 30, "future.example", hours=YEARS))
    assert wrong.placement.story_id not in {
        place(shard, of(name, 40 + n, "c.example")).placement.story_id
        for n, name in enumerate(NAMES)
    }
    assert datetime.fromtimestamp(shard.clock, UTC).year == START.year
