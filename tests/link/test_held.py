"""A story as LINK keeps it: small, and its record is what it is made of again."""

from service.contract.serde import dump
from service.link.arrival import Arrival
from service.link.held import Held, about
from service.link.story import Comparable
from tests.link.records import story
from tests.link.texts import told

ES = story("ferry", "es", agency="efe", traceparent="00-trace-01")


def held() -> Held:
    arrival = Arrival(ES)
    found = arrival.story()
    assert found is not None
    return Held(7, ES, arrival.packed, found.words)


def test_it_is_compared_as_the_story_is() -> None:
    kept: Comparable = held()
    fresh = told("ferry")["es"]
    assert (kept.id, kept.agency, kept.language) == (ES.story, "efe", "es")
    assert kept.words == fresh.words
    assert kept.profile.words == kept.words
    assert kept.profile.text.ids.tolist() == fresh.concepts.ids.tolist()


def test_its_record_has_what_was_told_but_not_the_input_that_made_fold_tell_it() -> None:
    record = held().record
    assert record.number == 7
    assert record.concepts == ES.model_copy(update={"time": None, "traceparent": None})
    assert about(record.concepts) == held().about


def test_it_has_few_bytes_beside_its_text() -> None:
    kept = held()
    assert kept.nbytes < len(kept.packed) + 1000
    assert len(dump(kept.record)) < 2000
