"""What LINK is told of stories: each by its original, when that begins to stand for the story or is
another, has another text, or when the story is merged, withdrawn or reinstated.

What was told last is not kept: it follows from the story as it is before a change, so that a shard
that was restored tells the same.
"""

import binascii
from collections.abc import Iterable, Mapping
from datetime import datetime

from service.contract.story import Relation, StoryStatus
from service.contract.story_concepts import StoryConcepts
from service.fold.assign.decision import ForLink
from service.fold.state.article import ArticleState
from service.fold.state.decisions import withdrawal_of_article
from service.fold.state.story import StoryState
from service.fold.state.window import Window

Said = Mapping[str, tuple[object, ...]]
"""What LINK knows of stories, by their ids; a text is told by its hash."""


class Teller:
    """Says what LINK is told of the stories of one window.

    Attributes:
        links: False if there is no LINK: it is told nothing.
    """

    def __init__(self, window: Window, *, links: bool) -> None:
        """Take the window, and whether there is a LINK."""
        self._window = window
        self.links = links

    def known(self, stories: Iterable[StoryState | None]) -> Said:
        """Return what LINK knows of stories that are about to change."""
        if not self.links:
            return {}
        return {story.id: self._said(story) for story in stories if story is not None}

    def changes(
        self, known: Said, stories: Iterable[StoryState], gone: Iterable[str] = ()
    ) -> ForLink:
        """Return what LINK is told now.

        Args:
            known: what it knew before.
            stories: that may have changed, with those that are new.
            gone: ids of stories that have left the window; one that is there again is told anew.
        """
        if not self.links:
            return ForLink()
        held = {story.id: story for story in stories}
        changed = (story for story in held.values() if known.get(story.id) != self._said(story))
        left = tuple(story_id for story_id in gone if story_id not in held)
        return ForLink(tuple(map(self._record, changed)), left)

    def _said(self, story: StoryState) -> tuple[object, ...]:
        """Return what LINK is told of a story as it is now."""
        speaker = self._speaker(story) if story.status is StoryStatus.ACTIVE else None
        if speaker is None:
            return story.status, story.merged_into
        return (
            story.status,
            story.headline,
            story.agency,
            _is_linked(story, speaker) and self._has_concepts(speaker),
            speaker.uri,
            speaker.url,
            speaker.exact,
            speaker.language,
            speaker.own,
            speaker.declared_original,
            speaker.links,
            speaker.published,
            speaker.first_created,
            speaker.says_translated,
        )

    def _record(self, story: StoryState) -> StoryConcepts:
        """Return the record of a story, without the time of the input that gives it."""
        speaker = self._speaker(story)
        if speaker is None:
            original = self._window.article(story.original.uri)
            return StoryConcepts(
                story=story.id,
                language=story.language,
                agency=story.agency,
                status=story.status,
                merged_into=story.merged_into,
                headline=story.headline,
                uri=story.original.uri,
                url="" if original is None else original.url,
                host=story.original.host,
            )
        named = (speaker.declared_original, *(speaker.links or ()))
        return StoryConcepts(
            story=story.id,
            language=speaker.language,
            agency=story.agency,
            status=story.status,
            headline=story.headline,
            uri=speaker.uri,
            url=speaker.url,
            host=speaker.host,
            own=speaker.own,
            names=tuple(dict.fromkeys(uri for uri in named if uri is not None)),
            says_translated=speaker.says_translated,
            published=_moment(speaker.published),
            seen=speaker.first_created,
            concepts=self._concepts(speaker) if _is_linked(story, speaker) else None,
        )

    def _speaker(self, story: StoryState) -> ArticleState | None:
        """Return the article that stands for a story: its original, or the first of those that
        represent it once the original has left the window; None if it holds none of them."""
        if not story.size:
            return None
        original = story.original_member()
        if original is not None:
            return original
        first = min(story.representatives, key=lambda each: each.number, default=None)
        return None if first is None else story.members.find(first.uri)

    def _has_concepts(self, article: ArticleState) -> bool:
        # By its uri: its number may be another by now, see `index_again`.
        return bool(self._window.store.texts.concepts_of(article.uri))

    def _concepts(self, article: ArticleState) -> str | None:
        packed = self._window.store.texts.concepts_of(article.uri)
        return binascii.b2a_base64(packed, newline=False).decode() if packed else None


def _is_linked(story: StoryState, speaker: ArticleState) -> bool:
    """Return True if a story's text is told: it stands, and is an article's. Walls and error pages
    say the same in many languages."""
    return (
        story.status is StoryStatus.ACTIVE
        and speaker.relation is not Relation.WITHDRAWAL
        and not story.is_boilerplate
        and withdrawal_of_article(story.decisions, speaker.uri) is None
    )


def _moment(published: str | None) -> str | None:
    """Return a declared time of publication; None without an offset, which is no moment."""
    if published is None:
        return None
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return None  # a record may hold what READ would not write
    return None if at.tzinfo is None else published
