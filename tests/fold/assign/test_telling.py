"""What FOLD tells LINK of its stories."""

from typing import Unpack

import pytest

from service.contract.attribution import RevisionKind
from service.contract.control import Control
from service.contract.declared import BodyLink
from service.contract.extracted import Extracted
from service.contract.record import Record, Topic
from service.contract.serde import dump, load
from service.contract.story import StoryStatus
from service.contract.story_concepts import StoryConcepts
from service.fold.assign.decision import Decided, ForLink, Placed, Unchanged
from service.fold.event.concepts import concept_records
from service.fold.event.origin import Origin
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.linked_uris import LINKED_KEPT
from service.fold.state.window import WindowLimits
from tests.fold.articles import ArticleOptions, extracted, text_of, with_concepts
from tests.fold.assign.test_operator import control
from tests.goldens.story_inputs import as_given

FIRST, OTHER, OWN = (
    "https://gazette.example/dam",
    "https://farm.example/dam",
    "https://agency.example/dam",
)


def article(
    url: str = FIRST, offset: int = 0, variant: str = "original", **more: Unpack[ArticleOptions]
) -> Extracted:
    more.setdefault("agency", "ap")
    return with_concepts(extracted(text_of("dam", variant), url=url, offset=offset, **more))


def tells(shard: Shard, each: Extracted | Control) -> ForLink:
    decision = shard.control(each) if isinstance(each, Control) else shard.place(each)
    assert isinstance(decision, Placed | Decided | Unchanged)
    return decision.for_link


def told(shard: Shard, each: Extracted | Control) -> StoryConcepts:
    (only,) = tells(shard, each).stories
    return only


def linking() -> Shard:
    return Shard(links=True)


def test_a_story_is_told_when_it_begins_and_a_copy_tells_nothing() -> None:
    shard, first = linking(), article(published="2026-03-10T05:00:00+01:00")
    story = told(shard, first)
    assert (story.uri, story.url, story.host) == (first.article.uri, FIRST, "gazette.example")
    assert (story.language, story.agency, story.status) == ("en", "ap", StoryStatus.ACTIVE)
    assert story.concepts == first.signature.concepts
    assert story.published == "2026-03-10T05:00:00+01:00"
    assert story.seen == "2026-03-10T06:00:00+00:00"
    assert story.headline == first.article.title
    assert not story.own
    assert tells(shard, article(OTHER, 1)) == ForLink()


def test_without_link_nothing_is_told() -> None:
    shard = Shard(WindowLimits(articles=1))
    assert tells(shard, article()) == ForLink()
    assert tells(shard, article(OTHER, 1, hours=200)) == ForLink()
    assert tells(shard, control("withdraw", article(OTHER).article.uri)) == ForLink()


def test_another_original_is_told() -> None:
    shard = linking()
    first = told(shard, article())
    own = told(shard, article(OWN, 1, own=True))
    assert own.story == first.story
    assert (own.url, own.own) == (OWN, True)


def test_a_new_text_of_the_original_is_told() -> None:
    shard = linking()
    first = told(shard, article())
    changed = article(offset=1, variant="corrected")
    again = told(shard, changed)
    assert again.story == first.story
    assert again.concepts == changed.signature.concepts != first.concepts


@pytest.mark.parametrize("published", ["2026-03-10T05:00:00", "yesterday"])
def test_a_time_without_an_offset_is_no_moment(published: str) -> None:
    assert told(linking(), article(published=published)).published is None


def test_what_a_page_declares_its_original_is_named() -> None:
    named = told(linking(), article(canonical=OWN))
    assert named.names == (article(OWN).article.uri,)


def with_links(page: Extracted, *links: BodyLink) -> Extracted:
    return page.model_copy(update={"article": page.article.model_copy(update={"links": links})})


def test_what_a_text_links_to_elsewhere_is_named_whether_it_is_known_or_not() -> None:
    page = with_links(
        article(),
        BodyLink(url="https://gazette.example/about", text="us"),
        BodyLink(url=f"{OWN}?utm_source=x", text="in English", canonical=OWN),
        *(BodyLink(url=f"https://b{n}.example/", text="more") for n in range(9)),
    )
    named = told(linking(), page).names
    assert named[0] == article(OWN).article.uri
    assert len(named) == LINKED_KEPT


def test_what_a_copy_links_to_is_no_source_of_the_original() -> None:
    shard = linking()
    known = "https://farm.example/presa"
    told(shard, with_concepts(extracted(text_of("furnace"), url=known, offset=0)))
    assert told(shard, article(offset=1)).names == ()
    copy = with_links(article("https://other.example/dam", 2), BodyLink(url=known, text="source"))
    assert tells(shard, copy) == ForLink()


def test_a_story_is_withdrawn_and_reinstated() -> None:
    shard = linking()
    first = told(shard, article())
    gone = told(shard, control("withdraw", first.story))
    assert (gone.story, gone.status, gone.concepts) == (first.story, StoryStatus.WITHDRAWN, None)
    assert tells(shard, article(OTHER, 1)) == ForLink()
    back = told(shard, control("reinstate", first.story, n=2))
    assert back == first


def test_a_notice_withdraws_a_story() -> None:
    shard = linking()
    first = told(shard, article(OWN, own=True))
    notice = article(f"{OWN}-kill", 1, own=True, revision=RevisionKind.WITHDRAWAL)
    gone = told(shard, notice)
    assert (gone.story, gone.status) == (first.story, StoryStatus.WITHDRAWN)


def test_an_original_that_is_withdrawn_by_itself_is_not_linked() -> None:
    shard = linking()
    first = told(shard, article())
    tells(shard, article(OTHER, 1))
    gone = told(shard, control("withdraw", first.uri))
    assert (gone.status, gone.concepts) == (StoryStatus.ACTIVE, None)
    assert told(shard, control("reinstate", first.uri, n=2)) == first


def test_stories_that_are_one_are_told_merged_and_apart_again() -> None:
    shard = linking()
    one = told(shard, article())
    other = with_concepts(extracted(text_of("tin"), url=OTHER, offset=1, agency="ap"))
    two = told(shard, other)
    merged = told(shard, control("same", one.story, two.story))
    assert (merged.story, merged.status) == (two.story, StoryStatus.MERGED)
    assert (merged.merged_into, merged.concepts, merged.url) == (one.story, None, OTHER)
    apart = told(shard, control("apart", one.uri, two.uri, n=2))
    assert (apart.uri, apart.concepts) == (two.uri, two.concepts)
    assert apart.story not in (one.story, two.story)


def test_the_operators_original_is_told() -> None:
    shard = linking()
    tells(shard, article())
    tells(shard, article(OTHER, 1))
    assert told(shard, control("original", article(OTHER).article.uri)).url == OTHER


def test_a_story_that_leaves_the_window_is_gone_and_its_original_alone_changes_nothing() -> None:
    shard = Shard(WindowLimits(articles=1), links=True)
    first = told(shard, article())
    tells(shard, article(OTHER, 1))
    other = with_concepts(extracted(text_of("tin"), url=OWN, offset=2))
    begun = tells(shard, other)
    assert [each.uri for each in begun.stories] == [other.article.uri]
    assert begun.gone == ()  # the copy holds it
    tells(shard, control("withdraw", first.story))
    back = told(shard, control("reinstate", first.story, n=2))
    assert (back.url, back.story) == (OTHER, first.story)
    third = with_concepts(extracted(text_of("bridge"), url=f"{OWN}/3", offset=3))
    assert tells(shard, third).gone == (first.story,)


def test_concepts_that_are_signed_later_are_told() -> None:
    shard = linking()
    bare = extracted(text_of("dam"), url=FIRST, offset=0, agency="ap")
    assert told(shard, bare).concepts is None
    assert told(shard, article(offset=1)).concepts == article().signature.concepts
    assert tells(shard, article(offset=2)) == ForLink()


def test_a_story_that_its_only_article_has_left_has_no_text_any_more() -> None:
    shard = linking()
    left = told(shard, article())
    tin = with_concepts(extracted(text_of("tin"), url=OTHER, offset=1, agency="ap"))
    joined = told(shard, tin)
    moved = with_concepts(extracted(text_of("tin"), url=FIRST, offset=2, agency="ap"))
    joining, leaving = tells(shard, moved).stories
    assert (joining.story, joining.uri) == (joined.story, left.uri)  # it was seen first
    assert (leaving.story, leaving.status) == (left.story, StoryStatus.ACTIVE)
    assert leaving.concepts is None


def test_records_have_the_input_and_tombstones_come_last() -> None:
    story = told(linking(), article())
    made = list(
        concept_records(ForLink((story,), ("urn:gone",)), Origin("2026-03-10T06:00:00Z", "00-1"))
    )
    assert [(each.topic, each.key, each.partition) for each in made] == [
        (Topic.CONCEPTS, story.story.encode(), 0),
        (Topic.CONCEPTS, b"urn:gone", 0),
    ]
    value = load(StoryConcepts, made[0].value or b"")
    assert (value.time, value.traceparent) == ("2026-03-10T06:00:00Z", "00-1")
    assert made[1].value is None


def test_the_records_of_the_stage_are_those_without_link_and_what_is_told() -> None:
    messages = as_given([dump(article()), dump(article(OTHER, 1)), dump(article(OWN, 2, own=True))])
    off, on = Shard(), linking()
    for message in messages:
        made: list[Record] = fold(message, on, 0)
        assert [each for each in made if each.topic is not Topic.CONCEPTS] == fold(message, off, 0)
