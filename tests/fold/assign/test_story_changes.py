"""Changes to the state of a story."""

from dataclasses import replace
from typing import Any

import pytest

from service.contract.extracted import Extracted
from service.contract.story import (
    Authority,
    Claim,
    OriginalOfStory,
    Placement,
    Relation,
    StoryStatus,
)
from service.fold.assign.authority import AuthorityPolicy, has_quorum
from service.fold.assign.story_changes import (
    add_member,
    change_status,
    merge_into_first,
    new_story,
)
from service.fold.state.article import ArticleState
from service.fold.state.story import Members, StoryState
from tests.fold.articles import extracted
from tests.fold.states import CLOCK, article_state, story_id, story_state

HOUR = 3600.0


def page(offset: int = 0, **more: Any) -> Extracted:
    return extracted("A text.", url=f"https://a.example/{offset}", offset=offset, **more)


def placement(relation: Relation, authority: Authority | None = None) -> Placement:
    return Placement(story_id=story_id(1), relation=relation, similarity=1.0, authority=authority)


def begun() -> tuple[StoryState, ArticleState]:
    """Return a story and its first article, fetched at 06:00."""
    first = page(agency="ap", title="A ferry burns")
    article = ArticleState.of(first, None, 0, 100.0, CLOCK)
    return new_story(first, article), article


def added(
    relation: Relation, minutes: float, authority: Authority | None = None, **more: Any
) -> StoryState:
    story, _ = begun()
    later = page(1, minutes=minutes, **more)
    article = ArticleState.of(later, None, 1, 200.0, CLOCK)
    add_member(
        story,
        later,
        article,
        placement(relation, authority),
        (),
        span=72 * HOUR,
        clock=300.0,
        policy=AuthorityPolicy(),
    )
    return story


def test_a_new_story_is_that_of_its_article() -> None:
    story, article = begun()
    assert (story.headline, story.agency, story.language) == ("A ferry burns", "ap", "en")
    assert (story.original.uri, story.original.why) == (article.uri, "earliest_seen")
    assert story.first_seen == story.last_seen == "2026-03-10T06:00:00+00:00"
    assert (story.latest, story.size, story.status) == (100.0, 0, StoryStatus.ACTIVE)


def test_the_same_article_begins_a_story_with_the_same_id() -> None:
    assert begun()[0].id == begun()[0].id


def test_a_member_extends_the_times_of_its_story() -> None:
    later = added(Relation.VERBATIM, minutes=30)
    assert (later.first_seen, later.last_seen) == (
        "2026-03-10T06:00:00+00:00",
        "2026-03-10T06:30:00+00:00",
    )
    assert later.latest == 300.0
    assert added(Relation.VERBATIM, minutes=-30).first_seen == "2026-03-10T05:30:00+00:00"


@pytest.mark.parametrize(
    ("relation", "authority", "revision"),
    [
        (Relation.VERBATIM, None, 0),
        (Relation.UPDATE, Authority.AGENCY, 1),
        (Relation.CORRECTION, Authority.ORIGINAL, 1),
        (Relation.WITHDRAWAL, Authority.TRUSTED, 1),
        (Relation.UPDATE, Authority.CLAIMED, 0),
    ],
)
def test_later_takes_with_authority_are_counted(
    relation: Relation, authority: Authority | None, revision: int
) -> None:
    assert added(relation, minutes=1, authority=authority).revision == revision


def test_a_new_original_gives_the_story_its_headline() -> None:
    story = added(Relation.ORIGINAL, minutes=1, own=True, title="Nine dead", agency="reuters")
    assert (story.headline, story.agency) == ("Nine dead", "reuters")
    notice = added(Relation.WITHDRAWAL, minutes=1, own=True, title="A story is withdrawn")
    assert (notice.headline, notice.agency) == ("A ferry burns", "ap")


def test_stories_merge_into_the_one_seen_first() -> None:
    late = replace(story_state(1), first_seen="2026-03-10T07:00:00+00:00", latest=9.0)
    late.original = OriginalOfStory(uri="urn:9", host="ap.example", why="agency_host")
    early = replace(story_state(2), first_seen="2026-03-10T06:00:00+00:00", latest=3.0, agency=None)
    kept, others = merge_into_first((late, early))
    assert (kept, others) == (early, [late])
    assert (kept.latest, kept.agency, kept.original.uri) == (9.0, "dpa", "urn:9")


def test_merged_stories_have_one_claim_of_a_kind_for_each_domain() -> None:
    """Otherwise one domain with copies in both would be two of a quorum."""

    def claim(host: str) -> Claim:
        return Claim(kind=Relation.WITHDRAWAL, host=host, uri=f"urn:{host}", had_copy=True)

    one, two = story_state(1), story_state(2)
    one.claims, two.claims = (claim("a.example"),), (claim("www.a.example"), claim("b.example"))
    kept, _ = merge_into_first((one, two))
    assert [each.host.split(".")[-2] for each in kept.claims] == ["a", "b"]
    assert not has_quorum(kept, AuthorityPolicy(quorum=3))


def test_a_withdrawal_takes_down_the_other_members_once() -> None:
    members = [article_state(1), article_state(2)]
    story = replace(story_state(1), members=Members(lambda uri: None, lambda: members))

    def changed(article: ArticleState, relation: Relation) -> tuple[ArticleState, ...]:
        placed = placement(relation, Authority.AGENCY)
        return change_status(story, page(), article, placed, AuthorityPolicy())

    assert changed(members[1], Relation.UPDATE) == ()
    assert changed(members[1], Relation.WITHDRAWAL) == (members[0],)
    assert (story.status, story.withdrawn_before) == (StoryStatus.WITHDRAWN, 2)
    assert changed(members[0], Relation.WITHDRAWAL) == ()
