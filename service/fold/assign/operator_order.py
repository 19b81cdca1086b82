"""A decision of the operator that is to be carried out: what it names, and when it cannot be."""

from dataclasses import dataclass

from service.contract.control import Control
from service.contract.identity import STORY_URN
from service.contract.outcome import FailureReason
from service.contract.story import OperatorDecision
from service.fold.state.article import ArticleState
from service.fold.state.story import StoryState
from service.fold.state.window import Window


class Refused(Exception):
    """A decision that is not carried out; nothing has changed."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """What a control names: a story, or an article and the story that holds it."""

    name: str
    story: StoryState
    article: ArticleState | None


@dataclass(frozen=True, slots=True)
class Order:
    """A decision of the operator, and the window that it is carried out in.

    Attributes:
        sequence: of the events on `articles` that it gives.
    """

    control: Control
    window: Window
    sequence: int

    def decision(self, *, before: int | None = None, other: str | None = None) -> OperatorDecision:
        """Return the decision as a story keeps it.

        Args:
            before: see `OperatorDecision`; the number of the next article if None.
            other: that of the control if None.
        """
        control = self.control
        return OperatorDecision(
            id=control.id,
            action=control.action,
            target=control.target,
            other=control.other if other is None else other,
            why=control.why,
            at=control.at,
            before=self.window.next_number if before is None else before,
            sequence=self.sequence,
        )


def find_target(name: str, window: Window) -> Target:
    """Return what a control names.

    Raises:
        Refused: it is not in the window.
    """
    if name.startswith(STORY_URN):
        story = window.story_with_id(name)
        if story is not None and story.size:
            return Target(name, story, None)
    else:
        article = window.article(name)
        if article is not None:
            return Target(name, window.story_of(article), article)
    kind = "story" if name.startswith(STORY_URN) else "article"
    raise Refused(
        FailureReason.NOT_IN_WINDOW,
        f"{kind} {name or '(none given)'} is not in the window of its shard: it was never there, or"
        " has left it",
    )


def refused(detail: str) -> Refused:
    """Return the error of a decision that would change nothing."""
    return Refused(FailureReason.REFUSED, detail)
