"""The numbers by which the events of one article are ordered.

A reader gets them in any order: the key is the story's id, and an article's versions may be in two
stories, which are in two partitions. So each event has a number, which grows with every event of
one article: each placement has a number of its own, and what it says of other articles has the same
one. Between two placements there is room for the decisions of the operator.

The numbers are made of the shard's numbers of articles (`ArticleState.number`), which grow as long
as the shard has its state, and of the decisions that a story keeps: nothing else is stored.
"""

from collections.abc import Iterable

from service.contract.story import OperatorDecision

ROOM = 256
"""Numbers from one placement to the next; those in between are for decisions."""


def sequence_of_placement(number: int) -> int:
    """Return the number of the events that a placed article gives.

    Args:
        number: of the article within the shard.
    """
    return (number + 1) * ROOM


def sequence_of_decision(next_number: int, decisions: Iterable[OperatorDecision]) -> int | None:
    """Return the number of the events that a decision of the operator gives: higher than those of
    all articles placed before, and of all earlier decisions.

    Args:
        next_number: of the shard's next article.
        decisions: the earlier ones about the stories that it changes.

    Returns:
        None if there is no number left before the next article.
    """
    first = next_number * ROOM
    last = max((each.sequence or 0 for each in decisions), default=0)
    sequence = max(first, last) + 1
    return sequence if sequence < first + ROOM else None
