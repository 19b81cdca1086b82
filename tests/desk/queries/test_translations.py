"""The stories in other languages of a story, whatever the order in which the events are read."""

import sqlite3
from collections.abc import Sequence
from itertools import permutations

from service.contract.story import StoryStatus
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.record import Arrived
from service.desk.queries.story_filters import StoryFilters
from service.desk.queries.story_list import list_stories
from service.desk.queries.translations import (
    ShownTranslation,
    languages_beside,
    load_translations,
)
from service.desk.read_model import open_in_memory
from tests.desk.records import article, state, story_id, translated, translation, uri

HERE, THERE, LATER = (
    "https://wire.example/bridge",
    "https://kurier.example/bruecke",
    "https://blatt.example/bruecke",
)
GERMAN = state("bruecke", url=THERE, headline="Brücke wieder offen", language="de")


def read(records: Sequence[Arrived]) -> sqlite3.Connection:
    db = open_in_memory()
    ingest_batch(db, records, 100)
    return db


def both(**of: object) -> list[Arrived]:
    """A story and its translation, with what LINK says of each."""
    return [
        state(url=HERE),
        article(HERE),
        GERMAN,
        translated("bridge", translation("bruecke", THERE)),
        translated(
            "bruecke",
            translation("bridge", HERE, language="en"),
            language="de",
            of="bridge",
            why="named",
        ),
    ]


def shown(db: sqlite3.Connection, name: str) -> list[ShownTranslation]:
    return load_translations(db, story_id(name))


def listed(db: sqlite3.Connection) -> list[str]:
    return [row.id for row in list_stories(db, StoryFilters(translated="1")).rows]


def test_each_story_has_the_other_and_one_of_them_is_the_source() -> None:
    db = read(both())
    (german,) = shown(db, "bridge")
    assert (german.story, german.headline) == (story_id("bruecke"), "Brücke wieder offen")
    assert (german.role, german.why) == ("translation", "named")
    assert german.is_stored
    assert not german.has_text  # its article was not read
    (english,) = shown(db, "bruecke")
    assert (english.role, english.why, english.has_text) == ("source", "named", True)
    assert sorted(listed(db)) == sorted([story_id("bridge"), story_id("bruecke")])


def test_the_order_of_the_partitions_does_not_matter() -> None:
    merged = state(
        "bruecke", url=THERE, status=StoryStatus.MERGED, merged_into="bau", language="de"
    )
    records = [
        state(url=HERE),
        translated("bridge", translation("bruecke", THERE)),
        merged,
        state("bau", url=LATER, headline="Der Bau ist fertig", language="de"),
    ]
    found = [
        (shown(db, "bridge"), shown(db, "bau"), shown(db, "bruecke"), listed(db))
        for db in map(read, permutations(records))
    ]
    assert all(each == found[0] for each in found)
    (link,) = found[0][0]
    assert (link.story, link.headline, link.uri) == (
        story_id("bau"),
        "Der Bau ist fertig",
        uri(LATER),
    )


def test_two_links_to_one_story_are_one_with_the_better_score() -> None:
    merged = state(
        "bruecke", url=THERE, status=StoryStatus.MERGED, merged_into="bau", language="de"
    )
    said = translated(
        "bridge",
        translation("bruecke", THERE, score=0.7),
        translation("bau", LATER, score=0.8),
        of="bruecke",
        why="time",
    )
    db = read([state(url=HERE), said, merged, state("bau", url=LATER, language="de")])
    assert [(each.score, each.role) for each in shown(db, "bridge")] == [(0.8, "source")]


def test_stories_that_became_one_are_no_translations_of_one_another() -> None:
    merged = state("bruecke", url=THERE, status=StoryStatus.MERGED, merged_into="bridge")
    db = read([*both(), merged])
    assert shown(db, "bridge") == []
    assert listed(db) == []


def test_a_story_that_is_not_stored_is_shown_as_it_was_said() -> None:
    db = read([state(url=HERE), translated("bridge", translation("bruecke", THERE))])
    (link,) = shown(db, "bridge")
    assert (link.headline, link.host, link.is_stored) == ("Brücke offen", "kurier.example", False)


def test_neither_a_withdrawn_story_nor_its_translation_is_linked() -> None:
    withdrawn = state("bruecke", url=THERE, status=StoryStatus.WITHDRAWN, language="de")
    for order in ([*both(), withdrawn], [withdrawn, *both()[:2], *both()[3:]]):
        db = read(order)
        assert shown(db, "bridge") == shown(db, "bruecke") == []
        assert listed(db) == []


def test_what_is_said_last_counts_and_an_empty_list_ends_it() -> None:
    db = read(both())
    ingest_batch(db, [translated("bridge", translation("bau", LATER))], 100)
    assert [each.story for each in shown(db, "bridge")] == [story_id("bau")]
    ingest_batch(db, [translated("bridge"), translated("bruecke", language="de")], 100)
    assert shown(db, "bridge") == shown(db, "bruecke") == []


def test_the_list_names_the_other_languages() -> None:
    spanish = translation("puente", LATER, language="es")
    db = read([*both(), translated("bridge", translation("bruecke", THERE), spanish)])
    found = languages_beside(db, [story_id("bridge"), story_id("dam")])
    assert found == {story_id("bridge"): ("de", "es")}
    rows = {row.id: row.translated for row in list_stories(db, StoryFilters()).rows}
    assert rows[story_id("bridge")] == ("de", "es")


def test_a_repeat_of_all_changes_nothing() -> None:
    once, twice = read(both()), read([*both(), *both()])
    rows = "SELECT * FROM translations ORDER BY story, other"
    assert [*map(tuple, once.execute(rows))] == [*map(tuple, twice.execute(rows))]
