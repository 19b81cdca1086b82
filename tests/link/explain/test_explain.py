"""Why two texts are linked, or which rule keeps them apart."""

import pytest

from service.link.explain import explain_translation
from service.link.explain.explain import MEANINGS
from service.link.explain.model import LinkReasonCode, TranslationExplanation
from service.link.original import Source
from service.link.story import LinkStory, link_story
from service.link.verifier import NAMES
from service.text.concepts.packed import pack_concepts, unpack_concepts
from service.text.concepts.stream import concepts
from tests.link.explain.texts import ferry
from tests.link.story_window import StoryWindow


def explained(
    a: str = "es",
    b: str = "de",
    *,
    short: int | None = None,
    agency_a: str | None = None,
    agency_b: str | None = None,
) -> TranslationExplanation:
    return explain_translation(
        ferry(a), ferry(b)[:short], a, b, agency_a=agency_a, agency_b=agency_b
    )


def as_linked(language: str) -> LinkStory:
    """The story as LINK gets it: packed."""
    found = unpack_concepts(pack_concepts(concepts(ferry(language), language)))
    return link_story(language, found, language)


def codes(found: TranslationExplanation) -> list[LinkReasonCode]:
    return [reason.code for reason in found.verdict.reasons]


@pytest.mark.parametrize("language", ["de", "ja", "ar"])
def test_the_verdict_is_that_of_a_window_with_the_two(language: str) -> None:
    found = explained("es", language)
    index = StoryWindow(10)
    index.add(as_linked("es"))
    links = index.links(as_linked(language))
    assert found.verdict.linked == bool(links) is True
    assert found.verdict.score == pytest.approx(links[0].score, abs=1e-4)
    assert found.verdict.reasons == ()
    assert found.keys_shared == links[0].features.keys > 2


def test_other_agencies_are_told() -> None:
    found = explained(agency_a="ap", agency_b="afp")
    assert codes(found) == [LinkReasonCode.OTHER_AGENCY]
    assert "ap, afp" in found.verdict.summary
    assert not found.verdict.linked
    assert explained(agency_a="ap", agency_b="ap").verdict.linked


def test_a_short_text_is_told_with_what_is_needed() -> None:
    found = explained(short=200)
    assert LinkReasonCode.TOO_SHORT in codes(found)
    reason = found.verdict.reasons[0]
    assert reason.threshold == 80
    assert reason.figure == found.words_b < 80


def test_one_language_is_told() -> None:
    assert LinkReasonCode.SAME_LANGUAGE in codes(explained("es", "es"))


def test_texts_about_other_things_have_too_little_in_common() -> None:
    other = "Der Rat der Stadt hat am Abend über die Gebühren beraten und vertagt. " * 12
    found = explain_translation(ferry("es"), other, "es", "de")
    assert {LinkReasonCode.FEW_KEYS, LinkReasonCode.FEW_FACTS, LinkReasonCode.LOW_SCORE} <= set(
        codes(found)
    )


def test_what_the_features_moved_makes_the_score() -> None:
    found = explained().features
    moved = sum(feature.moved or 0.0 for feature in found.features)
    assert (found.start or 0.0) + moved == pytest.approx(found.log_odds, abs=0.01)


def test_every_feature_has_a_meaning() -> None:
    assert set(MEANINGS) >= set(NAMES)


def test_the_source_is_told_of_what_is_linked_alone() -> None:
    source = Source(first=False, why="named")
    verdict = explain_translation(ferry("es"), ferry("de"), "es", "de", source=source).verdict
    assert (verdict.source, verdict.why) == ("b", "named")
    apart = explain_translation(ferry("es"), ferry("de")[:200], "es", "de", source=source).verdict
    assert apart.source is None


def test_a_low_score_names_what_lowered_it() -> None:
    other = "Am 14. Oktober sahen 214 Gäste und 37 Helfer die Fähre «Agia Varvara» im Hafen. " * 9
    found = explain_translation(ferry("es"), other, "es", "de")
    (low,) = (each for each in found.verdict.reasons if each.code is LinkReasonCode.LOW_SCORE)
    assert "lowered most by " in low.text
