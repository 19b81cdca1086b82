"""Reasons: what people and their queries read."""

import pickle

import pytest

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason


def test_a_reason_has_one_name_wherever_it_is_written() -> None:
    rejected, failed = set(map(str, RejectionReason)), set(map(str, FailureReason))
    assert not rejected & failed
    assert "unchanged" in rejected
    assert "null_value" in failed


@pytest.mark.parametrize(
    "outcome",
    [
        Rejected(RejectionReason.TOO_SHORT, "31 words, at least 40"),
        Failed(FailureReason.NO_URL, "url: missing"),
    ],
)
def test_an_outcome_says_what_was_found_even_from_another_process(
    outcome: Rejected | Failed,
) -> None:
    received = pickle.loads(pickle.dumps(outcome))
    assert type(received) is type(outcome)
    assert (received.reason, received.detail) == (outcome.reason, outcome.detail)
    assert str(received) == f"{outcome.reason}: {outcome.detail}"
