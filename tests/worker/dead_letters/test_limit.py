"""A bad deploy exceeds the limit; a poison now and then does not, nor does any one host."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.outcome import FailureReason
from service.settings import FixedSettings
from service.worker.dead_letters.failure import Failure
from service.worker.dead_letters.limit import (
    AGAIN_FAILURES,
    AGAIN_INPUTS,
    DeadLetterLimit,
    Excess,
)

ERROR, TIMEOUT = FailureReason.ERROR, FailureReason.TIMEOUT


def limit(*, again: tuple[FailureReason, ...] = (), **settings: float) -> DeadLetterLimit:
    off = {"failed_in_a_row": 0, "failed_ratio": 0}
    fixed = FixedSettings(**{**off, **settings})  # type: ignore[arg-type]
    return DeadLetterLimit("READ", fixed, again=again)


def entered(counted: DeadLetterLimit, outcomes: str) -> int:
    """How many of the outcomes (`.` good, `x` failed, each of a host of its own) it takes before a
    limit is exceeded."""
    return fed(counted, [failed(n) if each == "x" else None for n, each in enumerate(outcomes)])


def failed(host: object, reason: FailureReason = ERROR) -> Failure:
    return Failure(reason, f"host-{host}.example")


def fed(counted: DeadLetterLimit, outcomes: list[Failure | None]) -> int:
    for number, failure in enumerate(outcomes):
        if counted.enter(failure):
            return number
    return len(outcomes)


@pytest.mark.parametrize(
    ("outcomes", "taken"), [("xxx.xxx.xxx", 11), ("x.xxxx", 5), (".xxxxxx", 4), ("xxxx", 3)]
)
def test_dead_letters_in_a_row(outcomes: str, taken: int) -> None:
    assert entered(limit(failed_in_a_row=3), outcomes) == taken


@pytest.mark.parametrize(
    ("outcomes", "taken"),
    [
        (".x.x.x.x.x", 10),
        ("....xxxxxx", 7),
        # Too few to tell, then one that tips the scales.
        ("xxx.", 4),
        ("xxx..x", 5),
        # What is longer ago than the window is forgotten.
        ("." * 20 + "xxxx", 23),
    ],
)
def test_ratio_of_a_window(outcomes: str, taken: int) -> None:
    counted = limit(failed_ratio=0.5, failed_window=6, failed_ratio_after=5)
    assert entered(counted, outcomes) == taken


def test_off_by_zero() -> None:
    assert entered(limit(), "x" * 5000) == 5000


@pytest.mark.parametrize(
    ("reason", "domains", "taken"),
    [
        (ERROR, 1, 2000),
        (ERROR, 5, 2000),
        # Each counts 20 at most: the sixth is one too many.
        (ERROR, 6, 100),
        (TIMEOUT, 6, 2000),
        (TIMEOUT, 20, 2000),
        # Each counts 5 at most.
        (TIMEOUT, 21, 100),
    ],
)
def test_of_one_domain_only_a_share_counts_in_a_row(
    reason: FailureReason, domains: int, taken: int
) -> None:
    outcomes: list[Failure | None] = [failed(n % domains, reason) for n in range(2000)]
    counted = fed(limit(failed_in_a_row=100), outcomes)
    assert counted == taken


@pytest.mark.parametrize(
    ("reason", "domains", "exceeded"),
    [(ERROR, 2, False), (ERROR, 3, True), (TIMEOUT, 10, False), (TIMEOUT, 11, True)],
)
def test_of_one_domain_only_a_share_counts_in_a_window(
    reason: FailureReason, domains: int, exceeded: bool
) -> None:
    outcomes: list[Failure | None] = [failed(n % domains, reason) for n in range(3000)]
    assert (fed(limit(failed_ratio=0.5), outcomes) < 3000) is exceeded


def test_causes_are_counted_apart() -> None:
    outcomes: list[Failure | None] = [failed(n, ERROR if n % 2 else TIMEOUT) for n in range(200)]
    assert fed(limit(failed_in_a_row=100), outcomes) == 200
    assert fed(limit(failed_in_a_row=99), outcomes) == 198


@pytest.mark.parametrize(
    ("reason", "exceeded"), [(FailureReason.UNDECODABLE, True), (FailureReason.NO_URL, False)]
)
def test_without_an_address_it_is_the_crawler_unless_a_page_can_cause_it(
    reason: FailureReason, exceeded: bool
) -> None:
    outcomes: list[Failure | None] = [Failure(reason, None)] * 500
    assert (fed(limit(failed_in_a_row=100), outcomes) == 100) is exceeded


def test_the_message_names_reasons_and_domains() -> None:
    counted = limit(failed_in_a_row=2)
    assert counted.enter(failed("a")) is None
    assert counted.enter(failed("b", FailureReason.UNDECODABLE)) is None
    excess = counted.enter(failed("c"))
    assert excess == Excess(
        "too many dead letters in READ: more than COPYDESK_FAILED_IN_A_ROW=2 in a row (2 error, 1"
        " undecodable; from 3 domains, most of all 1 host-a.example, 1 host-b.example, 1"
        " host-c.example)",
        ERROR,
        (ERROR, FailureReason.UNDECODABLE),
    )


@given(st.text("x.", max_size=80), st.integers(1, 20), st.integers(1, 20))
def test_the_ratio_is_that_of_the_last_inputs(outcomes: str, window: int, least: int) -> None:
    counted = limit(failed_ratio=0.4, failed_window=window, failed_ratio_after=least)
    taken = entered(counted, outcomes)

    def too_many(end: int) -> bool:
        last = outcomes[max(0, end - window) : end]
        return len(last) >= min(least, window) and last.count("x") > 0.4 * len(last)

    assert not any(too_many(end) for end in range(1, taken + 1) if outcomes[end - 1] == "x")
    assert taken == len(outcomes) or too_many(taken + 1)


def test_after_a_halt_and_a_restart_few_of_the_same_kind_are_enough() -> None:
    counted = limit(again=(ERROR,), failed_in_a_row=100)
    assert counted.is_on_probation
    assert fed(counted, [failed(n) for n in range(100)]) == AGAIN_FAILURES


def test_other_failures_after_a_restart_have_the_usual_limit() -> None:
    counted = limit(again=(ERROR,), failed_in_a_row=100)
    assert fed(counted, [failed(n, TIMEOUT) for n in range(200)]) == 100


def test_one_domain_is_not_enough_after_a_restart_either() -> None:
    counted = limit(again=(ERROR,), failed_in_a_row=100)
    assert fed(counted, [failed("same")] * 200) == 200


def test_after_its_first_inputs_a_restarted_worker_has_the_usual_limit() -> None:
    counted = limit(again=(ERROR,), failed_in_a_row=100)
    assert fed(counted, [None] * AGAIN_INPUTS) == AGAIN_INPUTS
    assert not counted.is_on_probation
    assert fed(counted, [failed(n) for n in range(200)]) == 100


def test_cleared_it_counts_anew() -> None:
    counted = limit(again=(ERROR,), failed_in_a_row=100)
    assert fed(counted, [failed(n) for n in range(100)]) == AGAIN_FAILURES
    counted.clear()
    assert fed(counted, [failed(n) for n in range(200)]) == 100
