"""A notice of withdrawal finds its story and takes the copies down."""

import pytest

from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.contract.story import Relation, StoryStatus
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from tests.fold.articles import extracted, text_of

HEADLINE = "Norwegian novelist Ingrid Halvard dies at 83, publisher says"


def original() -> Extracted:
    return extracted(
        text_of("obit"),
        url="https://www.reuters.com/obit",
        offset=0,
        agency="reuters",
        own=True,
        title=HEADLINE,
    )


def copy() -> Extracted:
    return extracted(
        text_of("obit"),
        url="https://ledger.example/halvard",
        offset=1,
        agency="reuters",
        title="Ingrid Halvard, novelist of Norway's islands, is dead at 83",
    )


def bystander() -> Extracted:
    return extracted(
        text_of("furnace"), url="https://ledger.example/steel", offset=2, agency="reuters"
    )


def notice(
    text: str, *, title: str = "Withdrawn", agency: str | None = "reuters", url: str = "/notice"
) -> Extracted:
    return extracted(
        text,
        url=f"https://www.reuters.com{url}",
        offset=5,
        agency=agency,
        own=agency == "reuters",
        title=title,
        revision=RevisionKind.WITHDRAWAL,
    )


def after(article: Extracted) -> Placed:
    shard = Shard()
    for earlier in (original(), copy(), bystander()):
        shard.place(earlier)
    decision = shard.place(article)
    assert isinstance(decision, Placed)
    return decision


@pytest.mark.parametrize(
    "found",
    [
        notice(text_of("obit", "withdrawn"), title=HEADLINE),
        notice(f'The story headlined "{HEADLINE}" is withdrawn. None will be sent instead.'),
        notice("This story has been withdrawn.", title=HEADLINE.upper()),
        notice(text_of("obit", "withdrawn").replace(HEADLINE, "a wrong headline")),
        notice("This story has been withdrawn.", title="Gone", url="/obit"),
    ],
    ids=["real", "quoted headline", "own headline", "same facts", "same address"],
)
def test_the_story_is_withdrawn_and_its_pages_are_taken_down(found: Extracted) -> None:
    decision = after(found)
    assert decision.placement.relation is Relation.WITHDRAWAL
    assert decision.withdrawn
    assert decision.stories[0].status is StoryStatus.WITHDRAWN
    assert decision.stories[0].headline == HEADLINE
    expected = {original().article.uri, copy().article.uri} - {found.article.uri}
    assert {each.uri for each in decision.taken_down} == expected


@pytest.mark.parametrize(
    "other",
    [
        notice(f'The story headlined "{HEADLINE}" is withdrawn.', agency="ap"),
        notice("A story has been withdrawn. It was about the price of tin in Jakarta this week."),
    ],
    ids=["another agency", "another story"],
)
def test_no_other_story_is_withdrawn(other: Extracted) -> None:
    decision = after(other)
    assert decision.taken_down == ()
    assert decision.placement.parent is None


def test_the_notice_does_not_represent_the_story() -> None:
    shard = Shard()
    for article in (original(), notice(text_of("obit", "withdrawn"), title=HEADLINE)):
        shard.place(article)
    again = extracted(
        text_of("obit", "withdrawn") + "\n\nMore about how the mail was forged will be told later.",
        url="https://blog.example/halvard-lives",
        offset=9,
    )
    decision = shard.place(again)
    assert isinstance(decision, Placed)
    assert decision.placement.relation is Relation.ORIGINAL


def test_a_second_notice_takes_nothing_down_again() -> None:
    shard = Shard()
    first = notice(text_of("obit", "withdrawn"), title=HEADLINE)
    second = extracted(
        text_of("obit", "withdrawn"),
        url="https://ledger.example/notice",
        offset=9,
        title=HEADLINE,
        revision=RevisionKind.WITHDRAWAL,
    )
    shard.place(original())
    taken = [
        decision.taken_down
        for a in (first, second)
        if isinstance(decision := shard.place(a), Placed)
    ]
    assert [len(down) for down in taken] == [1, 0]


def test_a_notice_finds_the_story_that_it_names_among_similar_notices() -> None:
    """Agencies use set phrases in notices, which all notices in the window share."""
    phrases = (
        "A kill is mandatory. Make certain that it is not published. No substitute will be sent."
    )
    shard = Shard()
    shard.place(original())
    for number in range(60):
        shard.place(
            extracted(
                f"The tin story {number * 7919} is withdrawn. {phrases}",
                url=f"https://www.reuters.com/kill-{number}",
                offset=10 + number,
                agency="reuters",
                own=True,
                title=f"Kill number {number * 7919} of the tin desk",
                revision=RevisionKind.WITHDRAWAL,
            )
        )
    late = extracted(
        f"This story is withdrawn. {phrases}",
        url="https://www.reuters.com/kill-obit",
        offset=99,
        agency="reuters",
        own=True,
        title=HEADLINE,
        revision=RevisionKind.WITHDRAWAL,
    )
    decision = shard.place(late)
    assert isinstance(decision, Placed)
    assert [each.uri for each in decision.taken_down] == [original().article.uri]
