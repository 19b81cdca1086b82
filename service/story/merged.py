"""Stories that are part of others now, and how long they must still be remembered."""

from dataclasses import dataclass


@dataclass(slots=True)
class Merged:
    """One such story; `references` counts the records that still name it."""

    slot: int
    into: str
    references: int


class MergedStories:
    """Merged stories by id.

    One is kept as long as the record of an article, or another merged story, names it: so the
    records alone lead from any article to the story that holds it now.
    """

    def __init__(self) -> None:
        self._stories: dict[str, Merged] = {}

    def add(self, story_id: str, slot: int, into: str, filed: int) -> None:
        """Enter a story; `filed` articles were placed in it before it was merged."""
        others = sum(each.into == story_id for each in self._stories.values())
        self._stories[story_id] = Merged(slot, into, filed + others)

    def load(self, stories: dict[str, Merged]) -> None:
        """Take over stories whose references are of articles alone."""
        self._stories = stories
        for each in list(stories.values()):
            if each.into in stories:
                stories[each.into].references += 1

    def named(self) -> list[str]:
        """The stories that are still named."""
        return [story_id for story_id, each in self._stories.items() if each.references > 0]

    def is_named(self, story_id: str) -> bool:
        """Whether a story must still be remembered."""
        held = self._stories.get(story_id)
        return held is not None and held.references > 0

    def unname(self, story_id: str) -> int | None:
        """A record less names a story, merged or not; its slot if it was the last of a merged."""
        held = self._stories.get(story_id)
        if held is None:
            return None
        held.references -= 1
        return held.slot if held.references <= 0 else None

    def drop(self, story_id: str) -> str | None:
        """Forget a story; the one that it was merged into."""
        held = self._stories.pop(story_id, None)
        return None if held is None else held.into
