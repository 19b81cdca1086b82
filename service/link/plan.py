"""What is going to happen to the stories in the window, as far as it can be told ahead.

Stories are looked for in a batch, before the first of them is taken; but each is to find those that
come before it in the batch, too, and none that leaves before it. So the search is told what will be
done. What it finds ahead counts only as long as what is done is what was told.
"""

from collections.abc import Sequence
from typing import NamedTuple

from service.link.story import LinkStory
from service.text.hashing import Hashes


class Step(NamedTuple):
    """A story that is added, with its keys, or removed: then without."""

    number: int
    keys: Hashes | None


class Query(NamedTuple):
    """A story that is looked for, after so many steps."""

    story: LinkStory
    after: int


class Plan:
    """Stories that are looked for, and what is done meanwhile.

    Attributes:
        queries: in their order.
        steps: in theirs.
        added: stories that are added, by number.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self.queries: list[Query] = []
        self.steps: list[Step] = []
        self.added: dict[int, LinkStory] = {}

    @classmethod
    def of(cls, stories: Sequence[LinkStory]) -> "Plan":
        """Return a plan in which stories are looked for, and nothing else is done."""
        plan = cls()
        for story in stories:
            plan.look_for(story)
        return plan

    def look_for(self, story: LinkStory) -> None:
        """Look for a story now."""
        self.queries.append(Query(story, len(self.steps)))

    def add(self, number: int, story: LinkStory) -> None:
        """Add a story that was looked for."""
        self.added[number] = story
        self.steps.append(Step(number, story.keys))

    def remove(self, number: int) -> None:
        """Remove a story."""
        self.steps.append(Step(number, None))

    def is_next(self, place: int, number: int, keys: Hashes | None) -> bool:
        """True if this is the step at a place."""
        if place >= len(self.steps):
            return False
        step = self.steps[place]
        return step.number == number and step.keys is keys
