"""Whether LINK is done, from what was read so far."""

from itertools import permutations

from service.contract.link_state import POSITION_PREFIX, LinkRecord
from service.contract.record import Record, Topic
from service.contract.serde import load, load_json
from service.contract.translations import is_translations
from service.local.link_files import LinkFiles
from service.local.link_progress import LinkProgress
from tests.local.test_link_files import told

STORIES = {
    story: {"id": story, "status": "active", "headline": story} for story in ("miners", "miners-fr")
}


def written() -> list[Record]:
    """Everything that a run writes of two stories that are translations."""
    return list(LinkFiles(9).follow([told("miners", "en"), told("miners-fr", "fr")]))


def is_settled(records: list[Record]) -> bool:
    progress, said = LinkProgress(), {}
    for record in records:
        progress.add(record)
        if is_translations(record):
            value = load_json(record.value or b"")
            said[value["story"]] = value
    return progress.is_settled(STORIES, said)


def by_topic(records: list[Record]) -> dict[Topic, list[Record]]:
    found: dict[Topic, list[Record]] = {}
    for record in records:
        found.setdefault(record.topic, []).append(record)
    return found


def matters(record: Record) -> bool:
    """Whether it is not settled without this record; LINK's position says nothing of stories."""
    return not (record.key or b"").startswith(POSITION_PREFIX.encode())


def test_it_is_settled_when_all_was_read_and_never_before_whatever_topic_is_read_first() -> None:
    for order in permutations(by_topic(written()).values()):
        records = [record for topic in order for record in topic if matters(record)]
        assert is_settled(records)
        assert not any(is_settled(records[:end]) for end in range(len(records)))


def test_a_story_that_fold_tells_anew_is_waited_for() -> None:
    progress = LinkProgress()
    for record in LinkFiles(9).follow([told("miners", "en")]):
        progress.add(record)
    state = {"id": "miners", "status": "active", "headline": "miners"}
    assert progress.is_settled({"miners": state}, {})
    assert not progress.is_settled({"miners": state | {"headline": "another"}}, {})
    assert not progress.is_settled({"miners": state | {"status": "withdrawn"}}, {})


def test_tombstones_and_positions_say_nothing() -> None:
    progress = LinkProgress()
    progress.add(Record(Topic.CONCEPTS, b"gone", None))
    for record in LinkFiles(9).follow([told("miners", "en")]):
        progress.add(record)
    assert set(progress.told) == set(progress.made) == {"miners"}
    assert isinstance(progress.made["miners"], LinkRecord)
    assert load(LinkRecord, written()[1].value or b"").concepts.story == "miners"
