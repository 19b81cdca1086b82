"""What FOLD tells of stories, as records of `stories.concepts`, and what LINK makes of them."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump
from service.contract.story import StoryStatus
from service.contract.story_concepts import StoryConcepts
from service.link.linker import Linker
from service.link.restore import LinkRestorer, enter
from service.link.stage import link_batch
from service.text.concepts.packed import pack_concepts
from tests.fold.languages.pairs import Form
from tests.link.texts import told_in

MOST = 1000


def story(event: str, language: str, form: Form = Form.STORY, **more: Any) -> StoryConcepts:
    """A story as FOLD tells it; its id is `event/language`."""
    name = f"{event}/{language}" + ("" if form is Form.STORY else f"/{form}")
    own = {
        "story": name,
        "language": language,
        "headline": f"Headline of {name}",
        "uri": f"uri of {name}",
        "url": f"https://{language}.example/{event}",
        "host": f"{language}.example",
        "time": "2026-03-01T09:00:00+00:00",
        "concepts": pack_concepts(told_in(language, event, form).concepts),
    }
    return StoryConcepts(**(own | more))


def withdrawn(of: StoryConcepts) -> StoryConcepts:
    """A story after it was withdrawn."""
    return of.model_copy(update={"status": StoryStatus.WITHDRAWN, "concepts": None})


def merged(of: StoryConcepts, into: str) -> StoryConcepts:
    """A story after it became part of another."""
    gone = {"status": StoryStatus.MERGED, "merged_into": into, "concepts": None}
    return of.model_copy(update=gone)


def message(value: bytes | None, offset: int, key: str = "") -> InputMessage:
    """A record at an offset."""
    source = SourcePosition(topic="stories.concepts", partition=0, offset=offset)
    return InputMessage(key.encode(), value, (), None, source)


def messages(given: Iterable[StoryConcepts | str], first: int = 0) -> list[InputMessage]:
    """Records of stories, and tombstones of ids, one after the other."""
    return [
        message(None, offset, each)
        if isinstance(each, str)
        else message(dump(each), offset, each.story)
        for offset, each in enumerate(given, first)
    ]


def run(linker: Linker, *given: StoryConcepts | str) -> list[list[Record]]:
    """What LINK makes of some records after those that it has taken."""
    return list(link_batch(messages(given, linker.offset + 1), linker))


def events(made: Iterable[Sequence[Record]]) -> list[Record]:
    """The events among records."""
    return [record for records in made for record in records if record.topic is Topic.STORIES]


def said(made: Iterable[Sequence[Record]]) -> dict[str, dict[str, Any]]:
    """What was said last of each story."""
    values = [orjson.loads(record.value or b"") for record in events(made)]
    return {value["story"]: value for value in values}


def listed(made: Iterable[Sequence[Record]]) -> dict[str, list[str]]:
    """The translations that were said last of each story, by id."""
    return {
        story: [each["story"] for each in value["translations"]]
        for story, value in said(made).items()
    }


class Log:
    """`link.state`, compacted: the newest value of each key."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def write(self, records: Iterable[Record]) -> None:
        """Add the records of the topic among these."""
        for record in records:
            if record.topic is Topic.LINK_STATE and record.key is not None:
                self.values.pop(record.key.decode(), None)
                if record.value is not None:
                    self.values[record.key.decode()] = record.value

    def restored(self, most: int = MOST) -> Linker:
        """LINK's memory after a restart."""
        restorer = LinkRestorer(most)
        for key, value in self.values.items():
            enter(restorer, key, value)
        return restorer.finish()
