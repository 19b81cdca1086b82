"""The stories in use, by slot; the others are in the row store.

A story in use is one object, which is changed in place. Its members stay in the row store, and are
read when they are needed.
"""

from collections import OrderedDict

from service.fold.state.article import ArticleState
from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.row_store import RowStore
from service.fold.state.story import Members, StoryState

_STORIES = 2048
"""Stories kept in memory; one takes about 3 kB."""

_LARGE = 1000
"""Stories with more members stay in memory: to read them back would take a second for each 100,000
members. There are at most a thousand of them in a window of a million articles."""


class StoryCache:
    """The stories of a row store, the ones used last in memory."""

    def __init__(self, store: RowStore) -> None:
        self._store = store
        self._loaded: OrderedDict[int, StoryState] = OrderedDict()
        self._large: dict[int, StoryState] = {}

    def story(self, slot: int) -> StoryState:
        """Return a story.

        Raises:
            StoreDamaged: there is none at this slot.
        """
        story = self.in_memory(slot)
        if story is not None:
            if slot in self._loaded:
                self._loaded.move_to_end(slot)
            return story
        story = self.without_members(slot)
        story.load_members(self._store.members(slot))
        return self.keep(slot, story)

    def in_memory(self, slot: int) -> StoryState | None:
        """Return a story if it is in memory."""
        return self._loaded.get(slot) or self._large.get(slot)

    def without_members(self, slot: int) -> StoryState:
        """Return a story as it is in the row store, without its members.

        Raises:
            StoreDamaged: there is none at this slot.
        """
        story = self._store.stories.story(slot)
        if story is None:
            raise StoreDamaged(f"there is no story {slot}")
        return story

    def keep(self, slot: int, story: StoryState) -> StoryState:
        """Keep a story that is new or was read, and let it read its members."""

        def find(uri: str) -> ArticleState | None:
            article = self._store.article(uri)
            return article if article is not None and article.story_id == story.id else None

        story.slot = slot
        story.members = Members(find, lambda: self._store.members(slot))
        self._loaded[slot] = story
        return story

    def has_shrunk(self, story: StoryState) -> None:
        """Note that a story has lost a member: it may not be a large one any more."""
        if story.slot in self._large and story.size <= _LARGE:
            self._loaded[story.slot] = self._large.pop(story.slot)

    def evict(self) -> None:
        """Drop the stories that were not used for longest, if there are too many."""
        while len(self._loaded) > _STORIES:
            slot, story = self._loaded.popitem(last=False)
            if story.size > _LARGE:
                self._large[slot] = story

    def discard(self, slot: int) -> None:
        """Drop a story that is removed from the row store."""
        self._loaded.pop(slot, None)
        self._large.pop(slot, None)
