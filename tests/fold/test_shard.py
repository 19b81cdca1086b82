"""A shard places articles in stories, the same in every run."""

from typing import Unpack

import pytest

from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.contract.story import Authority, Relation, StoryEvent, StoryStatus
from service.fold.assign.decision import Decision, Placed, Repeat, Unchanged
from service.fold.shard import Shard
from service.fold.state.window import WindowLimits
from tests.fold.articles import ArticleOptions, extracted, text_of

AP = "https://apnews.com/ferry"


def placed(decision: Decision) -> Placed:
    assert isinstance(decision, Placed)
    return decision


def place_all(shard: Shard, *articles: Extracted) -> list[Placed]:
    return [placed(shard.place(article)) for article in articles]


def state(decision: Placed) -> StoryEvent:
    return decision.stories[0]


def original(offset: int = 0) -> Extracted:
    return extracted(
        text_of("ferry-ap"), url=AP, offset=offset, agency="ap", own=True, title="A ferry burns"
    )


def copy(
    variant: str, offset: int, host: str = "a.example", **more: Unpack[ArticleOptions]
) -> Extracted:
    return extracted(
        text_of("ferry-ap", variant),
        url=f"https://{host}/{variant}",
        offset=offset,
        **more,
    )


@pytest.mark.parametrize(
    ("variant", "relation"),
    [
        ("original", Relation.VERBATIM),
        ("trimmed", Relation.TRIMMED),
        ("local", Relation.EDITED),
        ("spun", Relation.SPUN),
    ],
)
def test_a_copy_joins_the_story_with_its_relation(variant: str, relation: Relation) -> None:
    first, second = place_all(Shard(), original(), copy(variant, 1))
    assert second.placement.story_id == first.placement.story_id
    assert second.placement.relation is relation
    assert second.placement.parent == original().article.uri
    assert second.placement.evidence is not None
    assert state(second).copies == 1
    assert state(second).original.uri == original().article.uri


def test_the_first_of_a_story_is_its_original() -> None:
    (first,) = place_all(Shard(), original())
    assert first.placement.relation is Relation.ORIGINAL
    assert first.placement.parent is None
    assert first.placement.similarity == 1
    assert state(first).original.why == "agency_host"
    assert state(first).agency == "ap"


def test_another_agency_on_the_same_event_begins_its_own_story() -> None:
    other = extracted(
        text_of("ferry-reuters"),
        url="https://www.reuters.com/x",
        offset=1,
        agency="reuters",
        own=True,
    )
    first, second = place_all(Shard(), original(), other)
    assert first.placement.story_id != second.placement.story_id


def test_the_same_form_with_other_facts_begins_its_own_story() -> None:
    forms = [
        extracted(text_of(name), url=f"https://wire.example/{name}", offset=n)
        for n, name in enumerate(
            ["results-corvane", "results-pellwright", "quake-lone-mesa", "quake-port-soledad"]
        )
    ]
    assert len({p.placement.story_id for p in place_all(Shard(), *forms)}) == 4


def test_texts_in_two_languages_never_fold() -> None:
    german = copy("original", 1, language="de")
    unknown = copy("original", 2, "b.example", language="und")
    first, second, third = place_all(Shard(), original(), german, unknown)
    assert second.placement.story_id != first.placement.story_id
    assert third.placement.story_id in (first.placement.story_id, second.placement.story_id)


def test_a_regional_variant_is_the_same_language() -> None:
    first, second = place_all(Shard(), original(), copy("original", 1, language="en-GB"))
    assert first.placement.story_id == second.placement.story_id


def test_the_same_position_again_is_a_repeat() -> None:
    shard = Shard()
    place_all(shard, original(5))
    assert shard.place(original(5)) == Repeat()
    assert shard.place(original(4)) == Repeat()


def test_the_same_text_from_another_position_is_unchanged() -> None:
    shard = Shard()
    place_all(shard, original(5))
    decision = shard.place(original(6))
    assert isinstance(decision, Unchanged)
    assert decision.saved.articles[0].source.offset == 6
    assert shard.place(original(6)) == Repeat()
    assert shard.article_count == 1


def test_a_new_text_at_the_same_address_is_a_version() -> None:
    shard = Shard()
    later = extracted(
        text_of("ferry-ap", "update"),
        url=AP,
        offset=9,
        agency="ap",
        own=True,
        title="Nine dead",
    )
    first, second = place_all(shard, original(), later)
    assert second.version == 2
    assert second.first_created == first.first_created
    assert second.placement.relation is Relation.UPDATE
    assert state(second).revision == 1
    assert state(second).headline == "Nine dead"
    assert state(second).copies == 0
    assert shard.article_count == 1


def test_a_later_version_with_another_story_leaves_the_first() -> None:
    shard = Shard()
    later = extracted(text_of("furnace"), url=AP, offset=9)
    first, second = place_all(shard, original(), later)
    assert second.version == 2
    assert second.placement.story_id != first.placement.story_id
    left = next(s for s in second.stories if s.id == first.placement.story_id)
    assert left.hosts == ()
    place_all(shard, extracted(text_of("tin"), url="https://b.example/tin", offset=10))
    assert shard.story_count == 2


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        (RevisionKind.UPDATE, Relation.UPDATE),
        (RevisionKind.WRITETHRU, Relation.UPDATE),
        (RevisionKind.CORRECTION, Relation.CORRECTION),
    ],
)
def test_the_agencys_take_at_another_address_moves_the_revision(
    kind: RevisionKind, relation: Relation
) -> None:
    for own, revision in ((True, 1), (False, 0)):
        take = copy("update", 1, agency="ap", revision=kind, own=own)
        first, second = place_all(Shard(), original(), take)
        assert second.placement.story_id == first.placement.story_id
        assert second.placement.relation is relation
        assert state(second).revision == revision
        assert (second.placement.authority is Authority.CLAIMED) is not own


def test_a_longer_text_of_the_same_agency_is_an_update_without_being_marked() -> None:
    longer = (
        text_of("ferry-ap") + "\n\n" + "\n\n".join(text_of("ferry-ap", "update").split("\n\n")[-2:])
    )
    longer += (
        "\n\nThe coast guard will hold an inquiry, its spokesman said on Tuesday evening. " * 6
    )
    page = extracted(longer, url="https://a.example/long", offset=1, agency="ap")
    own = extracted(longer, url="https://b.example/long", offset=1)
    assert place_all(Shard(), original(), page)[1].placement.relation is Relation.UPDATE
    assert place_all(Shard(), original(), own)[1].placement.relation is not Relation.UPDATE


def test_a_copy_of_a_copy_has_the_relation_of_that_copy() -> None:
    again = copy("trimmed", 2, "b.example")
    decisions = place_all(Shard(), original(), copy("trimmed", 1), again)
    assert [d.placement.relation for d in decisions[1:]] == [Relation.TRIMMED] * 2


def test_the_agencys_page_takes_over_as_the_original() -> None:
    first, second = place_all(Shard(), copy("original", 0, agency="ap"), original(1))
    assert state(first).original.why == "earliest_seen"
    assert second.placement.relation is Relation.ORIGINAL
    assert state(second).original.uri == original().article.uri
    assert state(second).original.why == "agency_host"


def halves_and_whole() -> list[Extracted]:
    paragraphs = text_of("ferry-ap").split("\n\n") + text_of("furnace").split("\n\n")
    middle = len(text_of("ferry-ap").split("\n\n"))
    texts = paragraphs[:middle], paragraphs[middle:], paragraphs
    return [
        extracted("\n\n".join(text), url=f"https://{n}.example/a", offset=n)
        for n, text in enumerate(texts)
    ]


def test_a_roundup_does_not_merge_the_stories_that_it_contains() -> None:
    first, second, roundup = place_all(Shard(), *halves_and_whole())
    assert len({p.placement.story_id for p in (first, second, roundup)}) == 2
    assert all(s.merged_into is None for s in roundup.stories)


def test_stories_linked_by_one_article_are_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.fold.assign.choice.should_merge", lambda *_, **__: True)
    shard = Shard()
    first, second, third = place_all(shard, *halves_and_whole())
    kept, absorbed = third.stories
    assert (kept.id, absorbed.id) == (first.placement.story_id, second.placement.story_id)
    assert (absorbed.status, absorbed.merged_into) == (StoryStatus.MERGED, kept.id)
    assert (kept.copies, absorbed.copies) == (2, 0)
    again = extracted(halves_and_whole()[2].article.text, url="https://9.example/a", offset=9)
    (fourth,) = place_all(shard, again)
    assert fourth.placement.story_id == kept.id


def test_a_merged_story_is_deleted_when_its_articles_expire(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.fold.assign.choice.should_merge", lambda *_, **__: True)
    shard = Shard()
    first, second, _ = place_all(shard, *halves_and_whole())
    late = [
        extracted(text_of("tin"), url=f"https://{n}.example/tin", offset=9 + n, hours=99)
        for n in range(4)
    ]
    *_, last = place_all(shard, *late)
    expected = {first.placement.story_id, second.placement.story_id}
    assert set(last.saved.deleted_stories) == expected
    assert shard.story_count == 1


def test_articles_outside_the_window_are_deleted() -> None:
    shard = Shard()
    late = [
        extracted(text_of("ferry-ap"), url=f"https://{n}.example/late", offset=1 + n, hours=73)
        for n in range(2)
    ]
    first, second, third = place_all(shard, original(), *late)
    assert second.placement.story_id != first.placement.story_id
    assert third.placement.story_id == second.placement.story_id
    assert third.saved.deleted_articles == (original().article.uri,)
    assert third.saved.deleted_stories == (first.placement.story_id,)
    assert (shard.article_count, shard.story_count) == (2, 1)


def test_the_window_has_a_maximum_number_of_articles() -> None:
    shard = Shard(WindowLimits(articles=3))
    names = ("ferry-ap", "furnace", "tin", "hoard", "miners", "carriers")
    for offset, name in enumerate(names):
        place_all(shard, extracted(text_of(name), url=f"https://a.example/{name}", offset=offset))
    assert shard.article_count <= 4
    found = shard.place(extracted(text_of("ferry-ap"), url="https://b.example/x", offset=9))
    assert placed(found).placement.relation is Relation.ORIGINAL


def test_a_page_older_than_the_window_is_placed() -> None:
    shard = Shard()
    new, old = place_all(
        shard,
        extracted(text_of("tin"), url="https://a.example/tin", offset=0, hours=200),
        extracted(text_of("hoard"), url="https://a.example/hoard", offset=1, hours=1),
    )
    assert old.placement.relation is Relation.ORIGINAL
    assert new.placement.story_id != old.placement.story_id


def test_the_shard_counts_articles_and_stories() -> None:
    shard = Shard()
    place_all(shard, original(), copy("spun", 1), copy("trimmed", 2))
    assert (shard.article_count, shard.story_count) == (3, 1)


def test_a_merged_or_withdrawn_story_is_never_active_again() -> None:
    shard = Shard()
    notice = extracted(
        "This story has been withdrawn.",
        url=AP,
        offset=2,
        agency="ap",
        own=True,
        revision=RevisionKind.WITHDRAWAL,
    )
    *_, withdrawn, late = place_all(shard, original(), copy("trimmed", 1), notice, copy("spun", 3))
    assert state(withdrawn).status is StoryStatus.WITHDRAWN
    assert late.withdrawn
    assert state(late).status is StoryStatus.WITHDRAWN
