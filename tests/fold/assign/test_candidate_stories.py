"""Looking up the stories that an article may belong to."""

from service.contract.extracted import Extracted
from service.fold.assign.candidate_stories import CandidateStories, look_ahead, look_up
from service.fold.assign.decision import Placed
from service.fold.candidates.headline import headline_keys
from service.fold.candidates.index import keys_of
from service.fold.shard import Shard
from service.fold.state.restore import restore_rows
from service.fold.state.window import Window, WindowLimits
from tests.fold.articles import extracted, text_of

HEADLINE = "Norwegian novelist Ingrid Halvard dies at 83, publisher says"


def page(story: str, offset: int, variant: str = "original", title: str = "A title") -> Extracted:
    url = f"https://site{offset}.example/"
    return extracted(text_of(story, variant), url=url, offset=offset, title=title)


def window(*articles: Extracted) -> tuple[Window, list[str]]:
    """Return a window with these articles, restored from records, and the id of each's story."""
    shard, made = Shard(), Window(WindowLimits())
    placed = [decision for each in articles if isinstance(decision := shard.place(each), Placed)]
    records = [record for each in placed for record in each.saved.articles]
    stories = {record.state.id: record for each in placed for record in each.saved.stories}
    made.open(restore_rows(made.store, records, stories.values()))
    return made, [each.placement.story_id for each in placed]


def found(candidates: CandidateStories, window: Window) -> list[str]:
    return [window.story_cache.story(each.slot).id for each in candidates.ranked]


def test_the_story_that_shares_most_keys_is_first() -> None:
    own, [ferry, furnace] = window(page("ferry-ap", 0), page("furnace", 1))
    both = text_of("ferry-ap") + text_of("furnace", "trimmed")[:400]
    query = extracted(both, url="https://q.example/", offset=9)
    candidates = look_up(own, keys_of(query.signature), 8)
    assert found(candidates, own) == [ferry, furnace]
    assert candidates.shared.numbers.tolist() == [0, 1]
    assert found(look_up(own, keys_of(query.signature), 1), own) == [ferry]


def test_a_story_of_several_articles_is_one_candidate() -> None:
    own, stories = window(page("ferry-ap", 0), page("ferry-ap", 1, "trimmed"))
    candidates = look_up(own, keys_of(page("ferry-ap", 2).signature), 8)
    assert len(candidates.ranked) == len(set(stories)) == 1
    assert candidates.shared.numbers.tolist() == [0, 1]


def test_the_only_text_of_a_story_is_named_unless_it_is_in_memory() -> None:
    own, _ = window(page("ferry-ap", 0))
    keys = keys_of(page("ferry-ap", 1, "trimmed").signature)
    candidates = look_up(own, keys, 8)
    [story] = candidates.ranked
    assert candidates.single_texts == {story.slot: 0}
    own.texts.text(0)
    assert look_up(own, keys, 8).single_texts == {}


def test_a_story_that_a_notice_names_is_first() -> None:
    own, [obituary, _] = window(page("obit", 0, title=HEADLINE), page("ferry-ap", 1))
    headlines = headline_keys((HEADLINE,))
    notice = extracted(text_of("ferry-ap"), url="https://q.example/", offset=9)
    candidates = look_up(own, keys_of(notice.signature, headlines), 8, headlines)
    assert found(candidates, own)[0] == obituary
    assert candidates.ranked[0].slot not in candidates.single_texts


def test_looking_ahead_returns_the_texts_that_will_be_compared() -> None:
    own, _ = window(page("ferry-ap", 0), page("furnace", 1))
    queries = [keys_of(page(story, 2).signature) for story in ("ferry-ap", "furnace", "tin")]
    assert look_ahead(own, queries, 8) == [[0], [1], []]
