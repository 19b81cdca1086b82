"""Whether LINK has said all that it has to say of the stories that were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.contract.link_state import LINKED_PREFIX, LinkRecord
from service.contract.record import Record, Topic
from service.contract.serde import load
from service.contract.story_concepts import StoryConcepts
from service.link.arrival import Arrival


@dataclass(slots=True)
class LinkProgress:
    """What FOLD told LINK, and what LINK made of it, as read from both topics.

    Attributes:
        told: what FOLD told last of each story, by its id.
        made: LINK's last record of each story, by its id.
    """

    told: dict[str, StoryConcepts] = field(default_factory=dict)
    made: dict[str, LinkRecord] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Take a record of `stories.concepts` or `link.state`; others are passed over."""
        key = (record.key or b"").decode()
        if record.value is None:
            return
        if record.topic is Topic.CONCEPTS:
            self.told[key] = load(StoryConcepts, record.value)
        elif record.topic is Topic.LINK_STATE and key.startswith(LINKED_PREFIX):
            self.made[key.removeprefix(LINKED_PREFIX)] = load(LinkRecord, record.value)

    def is_settled(
        self,
        stories: Mapping[str, Mapping[str, Any]],
        translations: Mapping[str, Mapping[str, Any]],
    ) -> bool:
        """Return True if LINK knows all stories as they are, and all its events were read.

        The topics are read in parallel: an event may be read before or after the state that was
        written with it.

        Args:
            stories: the newest state of each story, by id.
            translations: what was said last of the translations of each story, by its id.
        """
        return all(self._is_told(state) for state in stories.values()) and all(
            self._is_said(told, translations.get(story)) for story, told in self.told.items()
        )

    def _is_told(self, state: Mapping[str, Any]) -> bool:
        told = self.told.get(state["id"])
        return told is not None and (told.status, told.headline) == (
            state["status"],
            state["headline"],
        )

    def _is_said(self, told: StoryConcepts, said: Mapping[str, Any] | None) -> bool:
        made = self.made.get(told.story)
        if Arrival(told).story() is not None and (
            made is None or made.concepts.concepts != told.concepts
        ):
            return False
        pairs = set() if made is None else {pair.story for pair in made.pairs}
        return pairs == {each["story"] for each in (said or {}).get("translations", ())}
