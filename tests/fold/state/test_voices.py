"""Copies by relation, publishers, owners and repeats of a story, whatever happens to it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.contract.publisher import Publisher
from service.contract.story import Relation, StoryEvent
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from service.fold.state.article import ArticleState
from service.fold.state.voices import Voices
from tests.fold.articles import extracted, text_of
from tests.fold.changelog import Changelog
from tests.fold.states import article_state

HOSTS = ("one.example", "news.one.example", "two.example", "three.example")
PUBLISHERS = ((None, None), ("Blatt", None), ("Tagblatt", "Blatt"), ("Post", "Holding"))


def member(number: int, host: str, exact: str, relation: Relation, by: int = 0) -> ArticleState:
    publisher, owner = PUBLISHERS[by]
    made = article_state(number)
    return replace(
        made, host=host, exact=exact, relation=relation, publisher=publisher, owner=owner
    )


members = st.lists(
    st.builds(
        member,
        st.integers(0, 99),
        st.sampled_from(HOSTS),
        st.sampled_from(["a", "b"]),
        st.sampled_from([Relation.ORIGINAL, Relation.VERBATIM, Relation.SPUN]),
        st.integers(0, 3),
    ),
    max_size=12,
)


def counted(articles: list[ArticleState]) -> Voices:
    voices = Voices()
    for article in articles:
        voices.add(article)
    return voices


def copies(voices: Voices, original: ArticleState | None = None) -> dict[str, int]:
    text = None if original is None else (original.host, original.exact)
    return {each.relation: each.copies for each in voices.copies_by_relation(text)}


@given(members, members)
def test_counts_are_those_of_the_members_that_are_left(
    stay: list[ArticleState], leave: list[ArticleState]
) -> None:
    voices = counted([*leave, *stay])
    for article in leave:
        voices.remove(article)
    assert voices == counted(stay)
    texts = {(article.host, article.exact) for article in stay}
    assert voices.repeats == len(stay) - len(texts)
    assert sum(copies(voices).values()) == len(texts)


@given(members, members)
def test_a_merger_counts_as_if_all_had_been_in_one_story(
    one: list[ArticleState], other: list[ArticleState]
) -> None:
    voices, taken = counted(one), counted(other)
    voices.take_over(taken)
    assert voices == counted([*one, *other])
    assert taken == Voices()


def test_a_publisher_without_an_entry_is_its_domain_and_without_an_owner_its_own() -> None:
    voices = counted(
        [
            member(1, "one.example", "a", Relation.ORIGINAL),
            member(2, "news.one.example", "a", Relation.VERBATIM),
            member(3, "two.example", "a", Relation.VERBATIM, 1),
            member(4, "three.example", "a", Relation.VERBATIM, 2),
        ]
    )
    assert set(voices.publishers) == {"one.example", "Blatt", "Tagblatt"}
    assert set(voices.owners) == {"one.example", "Blatt"}


def test_the_original_and_its_repeats_are_no_copies() -> None:
    original = member(1, "one.example", "a", Relation.ORIGINAL)
    voices = counted(
        [
            original,
            member(2, "one.example", "a", Relation.VERBATIM),
            member(3, "two.example", "a", Relation.VERBATIM),
            member(4, "two.example", "a", Relation.VERBATIM),
            member(5, "two.example", "b", Relation.EDITED),
        ]
    )
    assert copies(voices, original) == {"verbatim": 1, "edited": 1}
    assert voices.repeats == 2


def test_a_relation_can_change() -> None:
    one = member(1, "one.example", "a", Relation.ORIGINAL)
    voices = counted([one])
    voices.remove(one)
    one.relation = Relation.EDITED
    voices.add(one)
    assert copies(voices) == {"edited": 1}


def _last_state(placed: object) -> StoryEvent:
    assert isinstance(placed, Placed)
    return placed.stories[0]


def test_stories_say_how_many_voices_they_have_and_a_restored_shard_says_the_same() -> None:
    addresses = (
        ("https://wire.example/dam", None),
        ("https://one.example/dam", Publisher(name="Blatt", owner="Holding")),
        ("https://one.example/also/dam", Publisher(name="Blatt", owner="Holding")),
        ("https://two.example/dam", Publisher(name="Post", owner="Holding")),
        ("https://www.wire.example/dam-2", None),
    )
    made = [
        extracted(text_of("dam"), url=url, offset=n).model_copy(update={"publisher": publisher})
        for n, (url, publisher) in enumerate(addresses)
    ]
    shard = Shard()
    placed = [shard.place(each) for each in made]
    state = _last_state(placed[-1])
    assert (state.copies, state.repeats) == (4, 1)
    assert {each.relation: each.copies for each in state.copies_by_relation} == {"verbatim": 3}
    assert (state.host_count, state.publisher_count, state.owner_count) == (4, 3, 2)

    other = Changelog.of(each.saved for each in placed[:-1] if isinstance(each, Placed)).restored()
    assert _last_state(other.place(made[-1])) == state
