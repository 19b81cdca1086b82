"""The arrays that a look-up returns."""

import numpy as np

from service.fold.candidates.candidate import Candidate, Candidates

FOUND = Candidates(np.array([3, 5, 9]), np.array([2, 0, 4]), np.array([0, 1, 1]))


def test_a_candidate_is_found_by_its_number() -> None:
    assert FOUND.get(5) == Candidate(5, 0, 1)
    assert [FOUND.get(number) for number in (2, 4, 10)] == [None] * 3
    assert Candidates().get(0) is None


def test_parts_and_unions_keep_the_columns_together() -> None:
    every = list(FOUND)
    assert list(FOUND.without({5, 7})) == [every[0], every[2]]
    assert list(FOUND.between(4, 9)) == [every[1]]
    assert list(FOUND.between(0, 9).followed_by(FOUND.between(9, 10))) == every
    assert list(Candidates().followed_by(FOUND)) == every
    assert list(FOUND.followed_by(Candidates())) == every
