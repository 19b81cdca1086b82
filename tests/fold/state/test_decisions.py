"""What the operator's decisions mean."""

from service.contract.control import ControlAction
from service.contract.identity import ARTICLE_URN, STORY_URN
from service.contract.story import OperatorDecision
from service.fold.state.decisions import (
    DECISIONS_KEPT,
    about,
    apart_from,
    is_united,
    published_again_before,
    united,
    with_new,
    withdrawal_of_article,
    withdrawal_of_story,
)

A, B, STORY = f"{ARTICLE_URN}a", f"{ARTICLE_URN}b", f"{STORY_URN}s"


def decision(
    action: str,
    target: str = A,
    other: str | None = None,
    *,
    number: int = 1,
    before: int = 0,
    ended: bool = False,
) -> OperatorDecision:
    return OperatorDecision(
        id=f"{number:032x}",
        action=ControlAction(action),
        target=target,
        other=other,
        why="why",
        at=f"2026-03-10T06:{number % 60:02}:00+00:00",
        before=before,
        ended=ended,
    )


def never(_: OperatorDecision) -> bool:
    return False


def test_a_withdrawal_is_of_a_story_or_of_an_article_until_it_is_ended() -> None:
    of_story, of_article = decision("withdraw", STORY), decision("withdraw", A)
    assert withdrawal_of_story((of_article, of_story)) == of_story
    assert withdrawal_of_story((of_article,)) is None
    assert withdrawal_of_article((of_story, of_article), A) == of_article
    assert withdrawal_of_article((of_story, of_article), B) is None
    assert withdrawal_of_article((decision("withdraw", A, ended=True),), A) is None


def test_what_was_reinstated_or_moved_is_published_again() -> None:
    decisions = (
        decision("reinstate", A, before=5),
        decision("apart", A, B, before=7),
        decision("reinstate", B, before=9, ended=True),
    )
    assert published_again_before(decisions) == 7
    assert published_again_before(decisions, A) == 5
    assert published_again_before(decisions, B) == 7
    assert published_again_before(()) == 0


def test_articles_are_apart_in_both_directions() -> None:
    decisions = (decision("apart", A, B), decision("apart", A, STORY, ended=True))
    assert list(apart_from(decisions, A)) == [B]
    assert list(apart_from(decisions, B)) == [A]


def test_an_article_takes_its_decisions_with_it() -> None:
    mine = (decision("withdraw", A), decision("apart", B, A))
    others = (decision("withdraw", STORY), decision("original", A), decision("withdraw", B))
    assert about((*mine, *others), A) == mine


def test_decisions_of_two_stories_are_united_once_and_ended_if_either_says_so() -> None:
    first, second = decision("withdraw", A, number=1), decision("original", B, number=2)
    ended = first.model_copy(update={"ended": True})
    assert united((first,), (ended, second)) == (ended, second)
    assert united((ended, second), (first,)) == (ended, second)
    assert united((second,), (first,)) == (first, second)


def test_the_opposite_ends_a_decision() -> None:
    (first, second) = with_new((decision("same", A, B),), decision("apart", A, B), lambda _: True)
    assert (first.ended, second.ended) == (True, False)
    assert is_united((second, decision("same")))
    assert not is_united((first, second))


def test_the_oldest_ended_decisions_are_left_out() -> None:
    decisions = tuple(
        decision("withdraw", number=n, ended=n % 2 == 0) for n in range(DECISIONS_KEPT)
    )
    kept = with_new(decisions, decision("withdraw", number=500), never)
    assert len(kept) == DECISIONS_KEPT
    assert decisions[0] not in kept
    assert kept[-1].id == f"{500:032x}"
    acting = tuple(decision("withdraw", number=n) for n in range(2 * DECISIONS_KEPT))
    assert len(with_new(acting, decision("withdraw", number=500), never)) == len(acting) + 1
