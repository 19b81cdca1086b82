"""A story as LINK keeps it: small, and its record is what it is made of again."""

from service.contract.link_state import LinkRecord
from service.contract.serde import dump, load
from service.contract.translations import TranslationEvidence
from service.link.arrival import Arrival
from service.link.held import Held, Pair, about
from service.link.story import Comparable
from tests.link.records import story
from tests.link.texts import told

ES = story("ferry", "es", agency="efe", traceparent="00-trace-01")
EVIDENCE = TranslationEvidence(
    common_numbers=1, common_names=2, common_words=3, sentences=0.5, length_ratio=0.9
)


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
    kept = held()
    kept.pair("another", Pair(0.5, EVIDENCE))
    record = load(LinkRecord, kept.value)
    assert record.number == 7
    assert record.concepts == ES.model_copy(update={"time": None, "traceparent": None})
    assert [(each.story, each.score, each.evidence) for each in record.pairs] == [
        ("another", 0.5, EVIDENCE)
    ]
    assert kept.value == dump(record)
    assert about(record.concepts) == kept.about


def test_it_has_few_bytes_beside_its_text() -> None:
    kept = held()
    assert len(kept.about) < 250
    assert kept.nbytes < len(kept.packed) + 750
