"""The search alone, over stories that are not packed."""

from collections import deque

from service.link.search import Link, LinkSearch
from service.link.story import LinkStory
from service.link.verifier import LINKED


class StoryWindow:
    """Stories by id; what is found depends on the stories that are here alone, and not on the order
    in which others came and went."""

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: stories that are kept; where there are more, the oldest leaves.
        """
        self._most = most
        self._search: LinkSearch[LinkStory] = LinkSearch()
        self._numbers: dict[str, int] = {}
        self._order: deque[tuple[int, str]] = deque()
        self._next = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, story: LinkStory) -> None:
        """Add a story; it takes the place of one with the same id."""
        self.remove(story.id)
        number, self._next = self._next, self._next + 1
        self._search.add(number, story, story.keys)
        self._numbers[story.id] = number
        self._order.append((number, story.id))
        while len(self._numbers) > self._most:
            self.remove(self._order[0][1])

    def remove(self, story: str) -> None:
        """Remove a story by its id, if it is here."""
        number = self._numbers.pop(story, None)
        if number is not None:
            self._search.remove(number)
            while self._order and self._numbers.get(self._order[0][1]) != self._order[0][0]:
                self._order.popleft()

    def links(self, story: LinkStory) -> list[Link[LinkStory]]:
        """Return the translations of a story that are here, the best of each language, best
        first."""
        best: dict[str, Link[LinkStory]] = {}
        for link in self._search.compared(story):
            best.setdefault(link.story.language, link)
        return list(best.values())

    def compared(self, story: LinkStory, least: float = LINKED) -> list[Link[LinkStory]]:
        """Return the candidates of a story that pass the guards and reach a score, best first."""
        return self._search.compared(story, least)
