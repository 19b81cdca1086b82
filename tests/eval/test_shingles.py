import pytest

from tests.eval.shingles import mean_f1, score

TEXT = "one two three four five six seven eight"


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [
        (TEXT, TEXT, (1.0, 1.0)),
        ("", "", (1.0, 1.0)),
        ("", TEXT, (0.0, 0.0)),
        (TEXT, "", (0.0, 0.0)),
        ("one two three four five", TEXT, (1.0, 2 / 5)),
        (f"{TEXT} nine ten eleven", TEXT, (5 / 8, 1.0)),
        ("one two", "one two", (1.0, 1.0)),
    ],
)
def test_precision_and_recall(found: str, wanted: str, expected: tuple[float, float]) -> None:
    assert score(found, wanted) == pytest.approx(expected)


def test_f1_is_that_of_the_means() -> None:
    assert mean_f1([(1.0, 0.5), (0.5, 1.0)]) == pytest.approx((0.75, 0.75, 0.75))
