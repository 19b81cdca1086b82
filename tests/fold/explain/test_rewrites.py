"""Explanations of rewrites: why they are kept apart, where they are."""

from service.contract.story import Relation
from service.fold.explain import explain
from service.fold.explain.model import ReasonCode
from tests.fold.assign.test_rewrites import CANAL, ROUNDUP
from tests.fold.explain.texts import signed

SOURCE = signed(CANAL["text"])


def test_a_rewrite_is_named() -> None:
    verdict = explain(SOURCE, signed(CANAL["rewritten"], offset=1)).verdict
    assert verdict.same_story
    assert verdict.relation is Relation.REWRITTEN
    assert verdict.summary.startswith("same story: rewritten, score")
    assert verdict.reasons == ()


def test_the_setting_that_keeps_a_rewrite_apart_is_named() -> None:
    rewrite = signed(CANAL["rewritten"], offset=1)
    verdict = explain(SOURCE, rewrite, join_rewrites=False).verdict
    assert not verdict.same_story
    (reason,) = verdict.reasons
    assert reason.code is ReasonCode.REWRITE
    assert "COPYDESK_REWRITES=off" in reason.text
    assert reason.figure is not None
    assert reason.threshold is not None
    assert reason.figure < reason.threshold


def test_the_facts_that_a_roundup_adds_are_counted() -> None:
    verdict = explain(SOURCE, signed(ROUNDUP, offset=1)).verdict
    assert not verdict.same_story
    (reason,) = verdict.reasons
    assert reason.code is ReasonCode.ANOTHER_STORY
    assert "names and numbers in a row" in reason.text
