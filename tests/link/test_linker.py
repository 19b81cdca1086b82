"""LINK's memory: what is looked for, what is forgotten, how much is kept."""

import pytest

from service.contract.serde import UndecodableValue
from service.link import linker as module
from service.link.arrival import Arrival
from service.link.linker import NOTHING, Linker
from service.link.statement import statement
from tests.fold.languages.pairs import Form
from tests.link.records import MOST, listed, run, said, story

ES, FR, PT, DE = (story("ferry", language) for language in ("es", "fr", "pt", "de"))


def test_the_oldest_are_forgotten_where_there_are_too_many() -> None:
    linker = Linker(3)
    run(linker, ES, FR, PT)
    made = run(linker, DE)
    assert linker.stories == 3
    assert ES.story not in listed(run(linker, FR.model_copy(update={"names": (PT.uri,)})))
    assert any(
        record.key == b"story/ferry/es" and record.value is None
        for records in made
        for record in records
    )


def test_memory_is_given_back() -> None:
    linker = Linker(MOST)
    empty = linker.nbytes
    run(linker, ES, FR)
    assert linker.nbytes > empty
    run(linker, ES.story, FR.story)
    assert linker.nbytes == empty
    assert linker.take(Arrival(ES)).saved


def test_a_traps_story_is_linked_with_its_own() -> None:
    linker = Linker(MOST)
    made = run(linker, ES, story("ferry", "es", Form.OTHER), story("ferry", "fr", Form.OTHER), FR)
    assert listed(made) == {
        ES.story: [FR.story],
        FR.story: [ES.story],
        "ferry/es/other": ["ferry/fr/other"],
        "ferry/fr/other": ["ferry/es/other"],
    }


def test_stories_of_two_agencies_or_one_language_are_not_linked() -> None:
    again = ES.model_copy(update={"story": "again"})
    assert not listed(run(Linker(MOST), ES, again))
    of = [each.model_copy(update={"agency": name}) for each, name in ((ES, "efe"), (FR, "afp"))]
    assert not listed(run(Linker(MOST), *of))
    assert listed(run(Linker(MOST), of[0], FR))
    # The agency is known later: it is another one.
    linker = Linker(MOST)
    run(linker, of[0], FR)
    assert listed(run(linker, of[1])) == {ES.story: [], FR.story: []}


def test_damaged_concepts_change_nothing() -> None:
    linker = Linker(MOST)
    run(linker, ES, FR)
    with pytest.raises(UndecodableValue):
        linker.take(Arrival(ES.model_copy(update={"concepts": "AQAA"})))
    assert (linker.stories, linker.pairs) == (2, 1)
    assert linker.take(Arrival(ES)) is NOTHING


def test_a_story_has_no_more_translations_than_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_PAIRS", 2)
    linker = Linker(MOST)
    made = run(linker, ES, *(FR.model_copy(update={"story": name, "uri": name}) for name in "abcd"))
    assert listed(made) == {ES.story: ["a", "b"], "a": [ES.story], "b": [ES.story]}


def test_the_most_decisive_source_is_named() -> None:
    made = run(
        Linker(MOST),
        ES.model_copy(update={"published": "2026-03-01T08:00:00Z", "seen": "2026-03-01T08:00:00Z"}),
        PT.model_copy(update={"own": True}),
        FR.model_copy(update={"published": "2026-03-01T09:00:00Z", "seen": "2026-03-01T09:00:00Z"}),
    )
    assert set(listed(made)[FR.story]) == {ES.story, PT.story}
    assert said(made)[FR.story]["translation_of"] == PT.story
    assert said(made)[FR.story]["why"] == "agency_host"
    assert said(made)[ES.story]["translation_of"] == PT.story
    assert "translation_of" not in said(made)[PT.story]


def test_a_statement_of_nothing_says_so() -> None:
    empty = statement(ES, ())
    assert empty.translations == ()
    assert empty.translation_of is None
