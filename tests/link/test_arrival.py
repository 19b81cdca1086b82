"""What FOLD tells of a story where workers of two versions run, or a log is of an earlier one."""

import base64

import pytest

from service.contract.link_state import LinkRecord
from service.contract.serde import UndecodableValue, dump, load
from service.contract.story_concepts import StoryConcepts
from service.link.arrival import Arrival
from service.link.linker import Linker
from service.text.concepts.packed import VERSION
from tests.link.records import MOST, Log, listed, run, story, withdrawn

FR, ES = story("ferry", "fr"), story("ferry", "es")


def of_another_version(told: StoryConcepts) -> StoryConcepts:
    packed = base64.b64decode(told.concepts or "")
    other = bytes((VERSION + 1,)) + packed[1:]
    return told.model_copy(update={"concepts": base64.b64encode(other).decode()})


def test_concepts_of_another_version_are_unknown_and_no_damage() -> None:
    assert Arrival(of_another_version(FR)).story() is None
    linker = Linker(MOST)
    assert not listed(run(linker, ES, of_another_version(FR)))
    assert listed(run(linker, FR)) == {FR.story: [ES.story], ES.story: [FR.story]}


def test_a_log_of_another_version_is_read() -> None:
    log = Log()
    for records in run(Linker(MOST), ES, FR):
        log.write(records)
    for each in (ES, FR):
        record = load(LinkRecord, log.values[f"story/{each.story}"])
        earlier = record.model_copy(update={"concepts": of_another_version(each)})
        log.values[f"story/{each.story}"] = dump(earlier)
    linker = log.restored()
    assert linker.pairs == 1
    made = run(linker, ES, FR)
    assert listed(made) == {FR.story: [ES.story], ES.story: [FR.story]}


def test_what_is_not_base64_or_of_a_withdrawn_story() -> None:
    with pytest.raises(UndecodableValue):
        Arrival(FR.model_copy(update={"concepts": "not base64"}))
    assert Arrival(withdrawn(FR)).story() is None
