"""Every code that a reader can meet has words."""

from enum import StrEnum

import pytest

from service.desk.wording import (
    FAILURES,
    MEASURES,
    REJECTIONS,
    RELATIONS,
    WHY_ORIGINAL,
    agency_name,
)
from service.events.outcome import FailureReason, RejectionReason
from service.events.placement import LinkEvidence, Relation
from service.story import original


@pytest.mark.parametrize(
    ("words", "codes"),
    [(RELATIONS, Relation), (REJECTIONS, RejectionReason), (FAILURES, FailureReason)],
)
def test_codes(words: dict[str, str], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_measures_are_those_of_the_evidence() -> None:
    assert list(MEASURES) == list(LinkEvidence.model_fields)


def test_reasons_for_an_original() -> None:
    assert set(WHY_ORIGINAL) == {
        original.AGENCY_HOST,
        original.NAMED_BY_COPIES,
        original.EARLIEST_PUBLISHED,
        original.EARLIEST_SEEN,
    }


def test_agencies_by_name_where_they_are_known() -> None:
    assert agency_name("reuters") == "Reuters"
    assert agency_name("unheard-of") == "unheard-of"
