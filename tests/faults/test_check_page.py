"""What a page may come to when letters are put back while workers are killed."""

import dataclasses
from functools import cache

import pytest

from tests.faults.ledger import Generator, Kind
from tests.faults.letters_back import check_page
from tests.faults.oracle import outcomes_of
from tests.faults.test_oracle import Topics
from tests.faults.verdict import Verdict
from tests.worker.topics_reader import Seen

ENTRIES = Generator(7, partitions=2).take(40)
REJECT = next(e for e in ENTRIES if e.kind is Kind.REJECT)


@cache
def before() -> dict[int, list[Seen]]:
    """The outcomes of a run that nothing disturbed, by the number of the page."""
    return outcomes_of(Topics(ENTRIES).seen)


def broken(after: list[Seen]) -> set[str]:
    verdict = Verdict(pages=1)
    check_page(verdict, REJECT, before()[REJECT.number], after, 1)
    return {each.split(":")[0] for each in verdict.broken}


def test_an_outcome_that_a_killed_reader_repeats_is_no_fault() -> None:
    (seen,) = before()[REJECT.number]
    again = dataclasses.replace(seen, offset=seen.offset + 100, timestamp=seen.timestamp + 5)
    assert broken([seen, again]) == set()


@pytest.mark.parametrize("change", [{"value": b"{}"}, {"key": b"other"}, {"headers": ()}])
def test_an_outcome_that_has_changed_is_a_fault(change: dict[str, object]) -> None:
    (seen,) = before()[REJECT.number]
    other = dataclasses.replace(seen, offset=seen.offset + 100, **change)  # type: ignore[arg-type]
    assert broken([seen, other]) == {"what was put back leaves the others alone"}
