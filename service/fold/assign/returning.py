"""The earlier version of an article, whose text may have left the window when a page with another
text comes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from service.contract.control import ControlAction
from service.contract.extracted import Extracted
from service.contract.fold_state import IdentityRecord
from service.contract.identity import digest
from service.contract.story import OperatorDecision, StoryStatus
from service.fold.assign.original import first_original
from service.fold.assign.story_changes import new_story
from service.fold.state.article import ArticleState
from service.fold.state.identities import ARTICLE_BY_OPERATOR, BY_OPERATOR, first_created
from service.fold.state.story import StoryState
from service.fold.state.window import Window

_WHY = "Withdrawn by the operator before its text left the window."


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is left of an article's earlier version.

    Attributes:
        article: its state, if it is in the window.
        identity: what is kept of it otherwise.
        story: the story that it belongs to, if that is in the window.
    """

    article: ArticleState | None = None
    identity: IdentityRecord | None = None
    story: StoryState | None = None

    @property
    def version(self) -> ArticleState | IdentityRecord | None:
        """The earlier version, if there was one."""
        return self.article or self.identity


def earlier_version(
    window: Window, article: ArticleState | None, identity: IdentityRecord | None
) -> Earlier:
    """Return what is left of an article's earlier version."""
    if article is not None:
        return Earlier(article, story=window.story_of(article))
    if identity is None:
        return Earlier()
    story = window.story_with_id(identity.story_id)
    if story is not None:
        identity = identity.model_copy(update={"story_id": story.id})
    return Earlier(identity=identity, story=story)


def continue_from(article: ArticleState, identity: IdentityRecord) -> None:
    """Make an article the next version of the one with an identity."""
    article.version = identity.version + 1
    first = first_created(identity)
    article.first_created = min(filter(None, (first, article.first_created)), default=None)


def reopened_story(
    extracted: Extracted, article: ArticleState, identity: IdentityRecord
) -> StoryState:
    """Return the story of an article that comes back after the story has left the window. It holds
    this article alone: it is closed to the copies that it had."""
    story = new_story(extracted, article)
    story.id = identity.story_id
    story.bare = False  # what the earlier versions and the copies showed is not known any more
    story.first_seen = article.first_created
    story.original = first_original(article, "")  # others may have been fetched before
    if not identity.withdrawal:
        return story
    if identity.withdrawal != ARTICLE_BY_OPERATOR:
        story.status = StoryStatus.WITHDRAWN
        story.withdrawn_before = article.number
    if identity.withdrawal in (BY_OPERATOR, ARTICLE_BY_OPERATOR):
        target = story.id if identity.withdrawal == BY_OPERATOR else article.uri
        story.decisions = (
            OperatorDecision(
                id=digest("kept", target),
                action=ControlAction.WITHDRAW,
                target=target,
                why=_WHY,
                at=datetime.fromtimestamp(identity.last, UTC).isoformat(),
                before=article.number,
            ),
        )
    return story
