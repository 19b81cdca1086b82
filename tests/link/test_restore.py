"""LINK goes on after a restart as if there had been none."""

import random

import pytest

from service.contract.fold_state import NewerState
from service.contract.link_state import LinkRecord
from service.contract.record import Record
from service.contract.serde import UndecodableValue, dump
from service.contract.story_concepts import StoryConcepts
from service.link.linker import Linker
from service.link.restore import LinkRestorer, enter
from service.link.stage import link_batch
from tests.fold.languages.pairs import Form
from tests.link.records import Log, merged, messages, story, withdrawn

LANGUAGES = ("es", "fr", "pt", "de", "ru")
MOST = 9


def happenings(seed: int, count: int) -> list[StoryConcepts | str]:
    """Stories that come, come again, change, leave the window, are withdrawn, by lot."""
    lot = random.Random(seed)
    stories = [
        story(event, language, form)
        for event in ("ferry", "quake")
        for language in LANGUAGES
        for form in (Form.STORY, Form.OTHER)
    ]
    given: list[StoryConcepts | str] = []
    for place in range(count):
        one, other = lot.choice(stories), lot.choice(stories)
        one = one.model_copy(update={"time": f"2026-03-01T09:{place:02}:00+00:00"})
        given.append(
            lot.choice(
                (
                    one,
                    one,
                    one,
                    one.model_copy(update={"headline": f"Headline {place}"}),
                    one.model_copy(update={"names": (other.uri,)}),
                    one.model_copy(update={"concepts": other.concepts}),
                    withdrawn(one),
                    merged(one, other.story),
                    one.story,
                )
            )
        )
    return given


def written(made: list[list[Record]]) -> list[tuple[str, bytes | None, bytes | None]]:
    return [(str(r.topic), r.key, r.value) for records in made for r in records]


@pytest.mark.parametrize("seed", range(6))
def test_a_restart_anywhere_changes_no_byte(seed: int) -> None:
    given = messages(happenings(seed, 40))
    whole = list(link_batch(given, Linker(MOST)))
    assert any(len(records) > 2 for records in whole)
    lot = random.Random(seed)
    log, linker, place, made = Log(), Linker(MOST), 0, []
    while place < len(given):
        # What was committed before may come again.
        count = lot.randrange(1, 9)
        for records in link_batch(given[max(place - 2, 0) : place + count], linker):
            log.write(records)
            made += [records] if records else []
        place += count
        linker = log.restored(MOST)
    assert written(made) == written(whole)


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_of_two_stories_that_are_there(seed: int) -> None:
    linker, log = Linker(MOST), Log()
    for each in messages(happenings(seed, 60)):
        for records in link_batch([each], linker):
            log.write(records)
        again = log.restored(MOST)
        assert (again.stories, again.pairs) == (linker.stories, linker.pairs)
        assert linker.stories <= MOST
        assert again.nbytes > 0


def test_a_record_of_a_later_version_is_not_read() -> None:
    with pytest.raises(NewerState):
        enter(LinkRestorer(MOST), "story/x", b'{"state_version": 2}')
    with pytest.raises(NewerState):
        enter(LinkRestorer(MOST), "position/0", b'{"state_version": 2}')


def test_a_record_that_is_none_of_ours_is_not_read() -> None:
    restorer = LinkRestorer(MOST)
    for value in (b"{", b"{}", b'{"number": 1}'):
        with pytest.raises(UndecodableValue):
            enter(restorer, "story/x", value)
    enter(restorer, "marker/0", b"whatever")
    enter(restorer, "story/x", None)
    assert restorer.finish().stories == 0
    damaged = LinkRecord(number=1, concepts=story("ferry", "es", concepts="AQAA"))
    enter(restorer, "story/x", dump(damaged))
    with pytest.raises(UndecodableValue):
        restorer.finish()
