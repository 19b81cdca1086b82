"""The records that LINK makes: events of translations, its state, dead letters."""

import base64
import random
from collections import Counter

import orjson
import pytest

from service.contract.outcome import REASON
from service.contract.record import Record, Topic
from service.contract.serde import dump
from service.contract.story_concepts import StoryConcepts
from service.contract.translations import is_translations
from service.link.linker import Linker
from service.link.stage import link_batch
from tests.fold.languages.pairs import Form
from tests.link.records import (
    MOST,
    events,
    listed,
    merged,
    message,
    messages,
    run,
    said,
    story,
    withdrawn,
)

ES, FR, PT = (story("ferry", language) for language in ("es", "fr", "pt"))
TRAP = story("ferry", "fr", Form.OTHER)


def header(record: Record, name: str) -> str | None:
    return next((value.decode() for key, value in record.headers if key == name), None)


def state(made: list[list[Record]]) -> list[tuple[str, bool]]:
    """Keys of the state records, and whether they have a value."""
    return [
        ((record.key or b"").decode(), record.value is not None)
        for records in made
        for record in records
        if record.topic is Topic.LINK_STATE
    ]


def test_two_stories_list_each_other_when_the_later_comes() -> None:
    linker = Linker(MOST)
    alone, linked = run(linker, ES, FR)
    assert not events([alone])
    assert listed([linked]) == {ES.story: [FR.story], FR.story: [ES.story]}
    assert [record.topic for record in linked] == [
        *[Topic.STORIES] * 2,
        *[Topic.LINK_STATE] * 3,
    ]
    assert linker.stories == 2
    assert linker.pairs == 1


def test_an_event_says_what_it_is_of_in_its_headers() -> None:
    cause = FR.model_copy(update={"agency": "afp", "traceparent": "00-trace-01"})
    made = run(Linker(MOST), ES, cause)
    record = next(each for each in events(made) if header(each, "ce_subject") == FR.story)
    assert is_translations(record)
    assert record.key == f"translations/{FR.story}".encode()
    assert header(record, "ce_type") == "copydesk.story.translated"
    assert header(record, "ce_time") == FR.time
    assert header(record, "ce_language") == "fr"
    assert header(record, "ce_agency") == "afp"
    assert header(record, "ce_host") == "fr.example"
    assert header(record, "ce_story") == FR.story
    assert header(record, "traceparent") == "00-trace-01"
    (translation,) = said(made)[FR.story]["translations"]
    assert translation["headline"] == ES.headline
    assert translation["evidence"]["common_numbers"] > 0


def test_the_position_is_last_and_what_was_taken_makes_nothing() -> None:
    linker = Linker(MOST)
    given = messages([ES, FR])
    for records in link_batch(given, linker):
        assert records[-1].key == b"position/0"
        assert records[-1].partition == 0
    assert orjson.loads(records[-1].value or b"") == {"offset": 1, "number": 2, "state_version": 1}
    assert list(link_batch(given, linker)) == [[], []]


def test_what_cannot_be_read_is_a_dead_letter_and_changes_nothing() -> None:
    damaged = (
        b"{",
        b'{"story": 7}',
        ES.model_copy(update={"concepts": "AQAA"}).model_dump_json().encode(),
        ES.model_copy(update={"concepts": "not base64"}).model_dump_json().encode(),
    )
    linker = Linker(MOST)
    run(linker, ES, FR)
    for offset, value in enumerate(damaged, 2):
        ((letter, position),) = link_batch([message(value, offset)], linker)
        assert letter.topic is Topic.FAILED
        assert letter.value == value
        assert header(letter, REASON) == "undecodable"
        assert header(letter, "__connect.errors.stage") == "link"
        assert position.key == b"position/0"
    assert linker.offset == 5
    assert (linker.stories, linker.pairs) == (2, 1)


@pytest.mark.parametrize("gone", [withdrawn(FR), merged(FR, "another")])
def test_a_story_that_is_no_more_is_nobodys_translation(gone: StoryConcepts) -> None:
    linker = Linker(MOST)
    run(linker, ES, FR, PT)
    made = run(linker, gone)
    assert listed(made) == {ES.story: [PT.story], FR.story: [], PT.story: [ES.story]}
    assert ("story/ferry/fr", False) in state(made)
    assert not events(run(linker, gone))
    again = listed(run(linker, FR))
    assert set(again) == {ES.story, FR.story, PT.story}
    assert set(again[FR.story]) == {ES.story, PT.story}


def test_leaving_the_window_is_no_event_and_leaves_what_was_said() -> None:
    linker = Linker(MOST)
    run(linker, ES, FR)
    assert not events(run(linker, FR.story, "never there"))
    assert linker.stories == 2
    assert set(listed(run(linker, PT))[ES.story]) == {FR.story, PT.story}
    # Withdrawn at last, it is withdrawn from what was said of a story that has left, too.
    assert listed(run(linker, withdrawn(ES))) == {
        ES.story: [],
        FR.story: [],
        PT.story: [],
    }
    assert linker.stories == 1


def test_of_what_has_left_nothing_stays() -> None:
    linker = Linker(MOST)
    run(linker, ES, FR, PT)
    made = run(linker, ES.story, FR.story, PT.story)
    assert not events(made)
    assert (linker.stories, linker.pairs) == (0, 0)
    gone = {key for key, present in state(made) if not present}
    assert gone == {"story/ferry/es", "story/ferry/fr", "story/ferry/pt"}


def test_the_same_again_makes_no_record_but_the_position() -> None:
    linker = Linker(MOST)
    run(linker, ES, FR)
    made = run(linker, ES, FR.model_copy(update={"time": None}))
    assert state(made) == [("position/0", True)] * 2


def test_another_headline_is_told_to_those_that_list_it() -> None:
    linker = Linker(MOST)
    run(linker, ES, FR)
    made = run(linker, ES.model_copy(update={"headline": "Another", "names": (FR.uri,)}))
    assert said(made)[FR.story]["translations"][0]["headline"] == "Another"
    assert said(made)[ES.story]["translation_of"] == FR.story
    assert said(made)[ES.story]["why"] == "named"
    assert "translation_of" not in said(made)[FR.story]


def test_another_text_is_linked_anew() -> None:
    linker = Linker(MOST)
    run(linker, ES, FR)
    other = FR.model_copy(update={"concepts": TRAP.concepts})
    assert listed(run(linker, other)) == {ES.story: [], FR.story: []}
    assert set(listed(run(linker, FR))) == {ES.story, FR.story}


def test_a_story_without_concepts_is_not_remembered() -> None:
    linker = Linker(MOST)
    made = run(linker, ES.model_copy(update={"concepts": None}))
    assert state(made) == [("position/0", True)]
    assert linker.stories == 0


def test_whatever_bytes_concepts_have_a_record_comes_of_them() -> None:
    lot, linker, fates = random.Random(1), Linker(MOST), Counter[Topic]()
    run(linker, ES, FR)
    packed = base64.b64decode(PT.concepts or "")
    for offset in range(2, 202):
        changed = bytearray(packed[: lot.choice((len(packed), lot.randrange(1, len(packed))))])
        for _ in range(lot.randrange(3)):
            changed[lot.randrange(len(changed))] = lot.randrange(256)
        told = PT.model_copy(update={"concepts": base64.b64encode(changed).decode()})
        (records,) = link_batch([message(dump(told), offset)], linker)
        assert records[-1].key == b"position/0"
        fates[records[0].topic] += 1
    assert fates[Topic.FAILED] > 50
    assert fates[Topic.STORIES] > 5


def test_a_batch_makes_what_its_records_make_one_by_one() -> None:
    damaged = ES.model_copy(update={"story": "damaged", "concepts": "AQAA"})
    many = [story("ferry", language) for language in ("ru", "de")]
    given = messages([ES, many[0], damaged, TRAP, FR, *many, withdrawn(ES), PT, "ferry/fr", FR])
    alone, together = Linker(MOST), Linker(MOST)
    one_by_one = [records for each in given for records in link_batch([each], alone)]
    assert list(link_batch(given, together)) == one_by_one
    assert together.pairs > 3
