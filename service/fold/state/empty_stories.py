"""The stories that hold no article: merged ones that a record still names, and those that are
removed next."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.tombstones import Merged, MergedStories


class EmptyStories:
    """Stories of one shard without articles, by id."""

    def __init__(self) -> None:
        self._merged = MergedStories()
        self._removable: dict[str, int] = {}

    def load(
        self,
        empty: dict[int, str],
        merged: Iterable[tuple[int, str]],
        recorded: npt.NDArray[np.int64],
    ) -> None:
        """Add the stories at the start.

        Args:
            empty: slot and id of each story without articles.
            merged: slot of each merged story, and the id of the one it was merged into.
            recorded: of each article, the slot of the story that its record names.

        Raises:
            StoreDamaged: a merged story holds articles.
        """
        stories: dict[str, Merged] = {}
        for slot, into in merged:
            if slot not in empty:
                raise StoreDamaged("a merged story holds articles")
            stories[empty[slot]] = Merged(slot, into, int(np.count_nonzero(recorded == slot)))
        self._merged.load(stories)
        self._removable = {story_id: slot for slot, story_id in empty.items()}
        for story_id in self._merged.referenced():
            del self._removable[story_id]

    def add(self, story_id: str, slot: int) -> None:
        """Add a story that has lost its last article."""
        self._removable[story_id] = slot

    def add_merged(self, story_id: str, slot: int, into: str, recorded: int) -> None:
        """Add a story of which the articles were moved to another.

        Args:
            into: id of that other story.
            recorded: number of articles whose records name it.
        """
        self._merged.add(story_id, slot, into, recorded)
        if not self._merged.is_referenced(story_id):
            self._removable[story_id] = slot

    def discard(self, story_id: str) -> None:
        """Note that a story has an article."""
        self._removable.pop(story_id, None)

    def release(self, story_id: str) -> None:
        """Count one record less that names a story."""
        slot = self._merged.release(story_id)
        if slot is not None:
            self._removable[story_id] = slot

    def take_removable(self) -> list[tuple[str, int]]:
        """Return ids and slots of the stories that no record names, ascending by id; they are not
        returned again."""
        taken = sorted(self._removable.items())
        self._removable.clear()
        return taken

    def remove(self, story_id: str) -> str | None:
        """Remove a story; returns the id of the one it was merged into, None if it was not. That
        one may be removable then."""
        into = self._merged.remove(story_id)
        if into is not None:
            self.release(into)
        return into
