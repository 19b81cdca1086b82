"""Merged stories, and how long each must still be kept."""

from collections import Counter
from dataclasses import dataclass


@dataclass(slots=True)
class Merged:
    """A story that was merged into another.

    Attributes:
        into: id of that other story.
        references: number of records that still name the merged story.
    """

    slot: int
    into: str
    references: int


class MergedStories:
    """Merged stories by id.

    One is kept as long as the record of an article, or another merged story, names it: the records
    alone then lead from any article to the story that holds it now.
    """

    def __init__(self) -> None:
        self._stories: dict[str, Merged] = {}
        self._merged_into: Counter[str] = Counter()

    def add(self, story_id: str, slot: int, into: str, articles: int) -> None:
        """Add a story.

        Args:
            articles: number of articles whose records name it.
        """
        self.remove(story_id)
        self._stories[story_id] = Merged(slot, into, articles + self._merged_into[story_id])
        self._merged_into[into] += 1

    def load(self, stories: dict[str, Merged]) -> None:
        """Add stories at the start; their `references` count articles only."""
        self._stories = stories
        self._merged_into = Counter(each.into for each in stories.values())
        for each in list(stories.values()):
            if each.into in stories:
                stories[each.into].references += 1

    def referenced(self) -> list[str]:
        """Return the ids of the stories that are still named."""
        return [story_id for story_id, each in self._stories.items() if each.references > 0]

    def is_referenced(self, story_id: str) -> bool:
        """Return True if a story is merged and still named."""
        merged = self._stories.get(story_id)
        return merged is not None and merged.references > 0

    def release(self, story_id: str) -> int | None:
        """Count one record less that names a story.

        Returns:
            The story's slot, if it is merged and no record names it now.
        """
        merged = self._stories.get(story_id)
        if merged is None:
            return None
        merged.references -= 1
        return merged.slot if merged.references <= 0 else None

    def remove(self, story_id: str) -> str | None:
        """Remove a story; returns the id of the one it was merged into, None if it is not here."""
        merged = self._stories.pop(story_id, None)
        if merged is None:
            return None
        self._merged_into[merged.into] -= 1
        if not self._merged_into[merged.into]:
            del self._merged_into[merged.into]
        return merged.into
