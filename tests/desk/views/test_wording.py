"""Every code that pages show has words."""

from enum import StrEnum
from typing import get_args

import pytest

from service.contract.article_event import WireBlock
from service.contract.outcome import FailureReason, RejectionReason
from service.contract.story import Authority, LinkEvidence, OriginalOfStory, Relation
from service.desk.views.wording import (
    AUTHORITIES,
    BASES,
    FAILURES,
    MEASURES,
    REJECTIONS,
    RELATIONS,
    VERIFICATIONS,
    WHY_ORIGINAL,
    WITHDRAWN_BY,
    agency_name,
)
from service.fold.assign import original
from service.fold.state import story


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (RELATIONS, Relation),
        (AUTHORITIES, Authority),
        (WITHDRAWN_BY, Authority),
        (REJECTIONS, RejectionReason),
        (FAILURES, FailureReason),
    ],
)
def test_codes(words: dict[str, str], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_measures_are_those_of_the_evidence() -> None:
    assert list(MEASURES) == list(LinkEvidence.model_fields)


def test_reasons_for_an_original() -> None:
    assert set(WHY_ORIGINAL) == {
        story.AGENCY_HOST,
        original.NAMED_BY_COPIES,
        original.EARLIEST_PUBLISHED,
        story.EARLIEST_SEEN,
        story.FIRST_ARRIVED,
        story.CHOSEN_BY_OPERATOR,
    }


def test_what_a_reason_rests_on_and_what_verifies_an_agency() -> None:
    assert set(BASES) == values(OriginalOfStory.model_fields["basis"].annotation)
    verified = values(WireBlock.model_fields["verified"].annotation)
    assert set(VERIFICATIONS) == verified | {"later", "claimed"}


def values(optional: object) -> set[object]:
    """The values of a literal that may be None."""
    (literal,) = (each for each in get_args(optional) if each is not type(None))
    return set(get_args(literal))


def test_agencies_are_shown_by_name() -> None:
    assert agency_name("reuters") == "Reuters"
    assert agency_name("unheard-of") == "unheard-of"
