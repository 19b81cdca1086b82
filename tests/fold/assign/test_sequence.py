"""The numbers by which the events of one article are ordered."""

from service.contract.control import ControlAction
from service.contract.story import OperatorDecision
from service.fold.assign.sequence import ROOM, sequence_of_decision, sequence_of_placement


def decision(sequence: int | None) -> OperatorDecision:
    return OperatorDecision(
        id="0" * 32,
        action=ControlAction.WITHDRAW,
        target="a",
        why="The desk checked.",
        at="2026-03-10T08:00:00+00:00",
        sequence=sequence,
    )


def test_a_decision_is_between_the_article_before_and_the_next() -> None:
    given = sequence_of_decision(7, ())
    assert given is not None
    assert sequence_of_placement(6) < given < sequence_of_placement(7)


def test_decisions_between_two_articles_follow_each_other() -> None:
    last, decisions = sequence_of_placement(6), [decision(None)]
    for _ in range(ROOM - 1):
        given = sequence_of_decision(7, decisions)
        assert given is not None
        assert last < given < sequence_of_placement(7)
        decisions.append(decision(given))
        last = given
    assert sequence_of_decision(7, decisions) is None, "there is no room for another"
    assert sequence_of_decision(8, decisions) is not None


def test_the_first_event_of_a_shard_has_a_higher_number_than_one_without() -> None:
    assert sequence_of_placement(0) > 0
