"""Explanations of why two articles are one story or not."""

from datetime import timedelta

import pytest

from service.contract.attribution import RevisionKind
from service.contract.story import Relation
from service.fold.explain import Explanation, SignedText, StoredPlacement, explain
from service.fold.explain.model import Reason, ReasonCode
from service.fold.state.window import WindowLimits
from service.fold.verify.features import SHORT_CONTAINMENT, SHORT_WORDS
from service.fold.verify.verifier import LINK
from tests.fold.explain.texts import sample, signed, undated

SHORT = "The Amber Wind ran aground off Harbor City on Tuesday with 214 aboard, Olga Reyes said."


def reason(found: Explanation, code: ReasonCode) -> Reason:
    return next(each for each in found.verdict.reasons if each.code is code)


def test_a_copy_is_explained_as_the_same_story() -> None:
    found = explain(sample("ferry-ap"), sample("ferry-ap", "spun", offset=1))
    verdict = found.verdict
    assert verdict.summary == f"same story: spun, score {verdict.score:.2f}"
    assert verdict.same_story
    assert verdict.score >= verdict.threshold == LINK
    assert (verdict.relation, verdict.copy_side) == (Relation.SPUN, "b")
    assert (verdict.original, verdict.original_why) == ("a", "earliest_seen")
    assert verdict.reasons == ()
    assert found.a.text != found.b.text


def test_the_order_of_the_arguments_does_not_matter() -> None:
    one, other = sample("ferry-ap", offset=3), sample("ferry-ap", "trimmed", offset=9)
    forth, back = explain(one, other).verdict, explain(other, one).verdict
    assert (forth.first, forth.copy_side, forth.original) == ("a", "b", "a")
    assert (back.first, back.copy_side, back.original) == ("b", "a", "b")
    assert forth.relation is back.relation is Relation.TRIMMED


def test_without_fetch_times_the_first_argument_is_the_first() -> None:
    found = explain(undated(sample("ferry-ap", offset=5)), undated(sample("ferry-ap", "trimmed")))
    assert found.verdict.first == "a"


def test_an_original_that_arrives_late_is_the_original() -> None:
    copy = sample("ferry-ap", "spun")
    original = sample("ferry-ap", offset=8, agency="ap", own=True, url="https://apnews.com/ferry")
    verdict = explain(copy, original).verdict
    assert (verdict.original, verdict.original_why) == ("b", "agency_host")
    assert (verdict.relation, verdict.copy_side) == (Relation.SPUN, "a")


def test_unrelated_texts_have_too_little_in_common() -> None:
    found = explain(sample("ferry-ap"), sample("furnace", offset=1))
    assert not found.verdict.same_story
    assert found.verdict.summary.startswith("not the same: score 0.00, because they share ")
    keys = reason(found, ReasonCode.FEW_KEYS)
    assert keys.figure == len(found.keys.rare_pairs_shared)
    assert keys.threshold == 2
    assert reason(found, ReasonCode.LITTLE_IN_COMMON).figure is not None
    assert all(not row.a or not row.b for row in found.sentences)


def test_the_reason_another_language_has_both_languages() -> None:
    found = explain(sample("ferry-ap"), sample("ferry-ap", offset=1, language="de"))
    assert not found.verdict.same_story
    assert "(en, de)" in reason(found, ReasonCode.OTHER_LANGUAGE).text


def test_the_reason_outside_the_window_has_its_length() -> None:
    pair = sample("ferry-ap"), sample("ferry-ap", "trimmed", offset=1, hours=80)
    found = explain(*pair)
    assert "80.0 hours apart, and the window is 72 hours" in found.verdict.summary
    late = reason(found, ReasonCode.OUTSIDE_WINDOW)
    assert late.threshold == 72
    assert late.figure == pytest.approx(80, abs=0.1)
    assert explain(*pair, WindowLimits(timedelta(hours=96))).verdict.same_story


def test_the_reason_another_agency_has_the_threshold() -> None:
    one = sample("ferry-ap", agency="ap")
    other = sample("ferry-ap", "spun", offset=1, agency="reuters")
    found = explain(one, other)
    assert not found.verdict.same_story
    assert found.verdict.score >= LINK
    text = reason(found, ReasonCode.OTHER_AGENCY).text
    assert "(ap, reuters)" in text
    assert "0.30" in text


def test_the_reason_too_short_has_the_threshold() -> None:
    found = explain(
        signed(SHORT),
        signed("Olga Reyes said 214 were on the Amber Wind at Harbor City.", offset=1),
    )
    short = reason(found, ReasonCode.TOO_SHORT)
    assert short.threshold == SHORT_CONTAINMENT
    assert str(SHORT_WORDS) in short.text
    assert not found.score.model_asked


def template(offset: int, figures: tuple[object, ...]) -> SignedText:
    """A market report, whose figures are all that is new in it."""
    text = (
        "Shares on the Tessaly Exchange closed {} percent at {} points on Tuesday as traders "
        "weighed the central bank's next step on interest rates. Volume came to {} million shares, "
        "brokers at Hollander & Kray said, with losers and winners spread over all sectors. "
        "Steelmaker Brontide moved {} percent to {} crowns and was the most traded paper of the "
        "session, followed by grocer Pellworm, which changed hands at {} crowns. The bank index "
        "finished at {} points, and the exporters' index at {}. In the bond market the yield on "
        "the benchmark note stood at {} percent, against {} percent the day before. The crown "
        "traded at {} to the dollar and {} to the euro in late dealing. Analysts at Hollander & "
        "Kray said that investors were waiting for the inflation figures which the statistics "
        "office will publish on Thursday, and for the minutes of the last meeting of the central "
        "bank's council. Turnover has been thin for most of the month, they said in a note, since "
        "many funds have moved out of small caps and into government paper."
    )
    return signed(text.format(*figures), offset=offset)


def test_a_template_with_other_figures_is_not_the_same_story() -> None:
    one = template(0, (1.4, 4211.07, 312, 3.9, 88.4, 41.6, 903, 1177, 4.31, 4.28, 7.44, 8.02))
    other = template(1, (0.3, 4388.52, 275, 2.1, 91.7, 39.2, 957, 1203, 4.05, 4.11, 7.61, 8.35))
    found = explain(one, other)
    assert not found.verdict.same_story
    assert len(found.numbers.only_a) == len(found.numbers.only_b) == 12
    differ = reason(found, ReasonCode.NUMBERS_DIFFER)
    assert "4211.07" in differ.text
    assert "4388.52" in differ.text
    low = reason(found, ReasonCode.LOW_SCORE)
    assert (low.figure, low.threshold) == (found.verdict.score, LINK)


def test_a_recrawl_is_the_same_page() -> None:
    page = sample("ferry-ap", url="https://ledger.example/ferry")
    again = sample("ferry-ap", url="https://ledger.example/ferry", offset=5)
    verdict = explain(page, again).verdict
    assert verdict.same_story
    assert verdict.summary.startswith("same page, unchanged")


def test_a_notice_of_withdrawal_is_no_copy() -> None:
    headline = "Norwegian novelist Ingrid Halvard dies at 83, publisher says"
    story = sample("obit", agency="reuters", own=True, title=headline)
    notice = signed(
        f'Reuters has withdrawn the story "{headline}".',
        offset=1,
        agency="reuters",
        revision=RevisionKind.WITHDRAWAL,
    )
    found = explain(story, notice)
    assert found.verdict.same_story
    assert found.verdict.relation is Relation.WITHDRAWAL
    assert found.verdict.reasons[0].code is ReasonCode.WITHDRAWAL


def test_stored_events_show_whether_they_are_together() -> None:
    def place(story: str) -> StoredPlacement:
        return StoredPlacement(story_id=story, relation=Relation.EDITED, similarity=0.9)

    one = sample("ferry-ap", stored=place("s1"))
    assert explain(one, sample("furnace", offset=1, stored=place("s1"))).stored_together is True
    assert explain(one, sample("furnace", offset=1, stored=place("s2"))).stored_together is False
    assert explain(one, sample("furnace", offset=1)).stored_together is None


@pytest.mark.parametrize("text", ["", "One.", "。", "12"])
def test_almost_empty_texts_can_be_explained(text: str) -> None:
    found = explain(signed(text), signed(text, offset=1))
    assert found.verdict.summary
    assert not explain(signed(text), sample("ferry-ap", offset=1)).verdict.same_story


def test_an_explanation_is_read_back_from_json() -> None:
    found = explain(sample("ferry-ap"), sample("ferry-ap", "spun", offset=1))
    assert Explanation.model_validate_json(found.model_dump_json(exclude_none=True)) == found
