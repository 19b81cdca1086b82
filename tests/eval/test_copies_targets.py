"""The page on copies says honestly which targets are reached."""

from tests.eval.copies_run import COPYDESK, Counts, RealHalf, StoryFigures, StoryHalf
from tests.eval.copies_tables import best_of_each, by_language, by_method, languages
from tests.eval.copies_targets import missed, reached_table
from tests.eval.copy_counts import PairCounts, Share

KINDS = ("light", "full", "farm", "brief", "own", "sibling", "same_event", "distinct", "WD", "ND")


def counts(found: int) -> Counts:
    pairs = {("spun", language, "long"): PairCounts(100, 100, found) for language in ("de", "all")}
    kinds = {kind: Share(1, 100) for kind in (*KINDS, "PD", "reports")}
    return Counts(pairs, kinds)


def half(part: str) -> RealHalf:
    found = {
        COPYDESK: counts(99),
        "MinHash-LSH at 0.3": counts(40),
        "MinHash-LSH at 0.5": counts(50),
        "SimHash-64 within 3": counts(10),
        "exact Jaccard at 0.2": counts(30),
        "4-gram cosine at 0.4": counts(80),
    }
    return RealHalf(part, found, {"de": 30}, 700.0, 1000.0)


def stories(part: str) -> StoryHalf:
    return StoryHalf(part, {COPYDESK: StoryFigures((1.0, 1.0, 0.999), 0.0, 0.0)}, 0.999)


TEST, TRAIN = ((half(part), stories(part)) for part in ("test", "train"))


def test_a_target_that_is_not_reached_is_named() -> None:
    wrong = list(missed(TEST))
    assert "rewritten: full" in wrong
    assert "translations, long: R, German" not in wrong
    assert "translations, long: R, French" not in wrong, "nothing to measure"
    assert "reports of one event (same event) merged" not in wrong
    rows = {row[0]: row for row in reached_table(TEST, TRAIN).rows}
    assert rows["rewritten: full"][-1] == "**no**"
    assert rows["translations, long: R, French"][-1] == "nothing to measure"
    assert rows["translations, long: R, German"][1:] == (
        "at least 0.96",
        ".990 (99 of 100)",
        ".990 (99 of 100)",
        "yes",
    )


def test_of_each_family_the_best_setting_is_shown() -> None:
    shown = best_of_each(TRAIN[0])
    assert "MinHash-LSH at 0.5" in shown
    assert "MinHash-LSH at 0.3" not in shown
    assert shown[0] == COPYDESK


def test_tables_have_both_halves() -> None:
    halves = (TEST[0], TRAIN[0])
    assert by_method(halves).rows[0][:2] == (COPYDESK, ".990 (.990)")
    assert by_language(halves, [COPYDESK], "long").rows == [("German", "100 (100)", ".990 (.990)")]
    assert by_language(halves, [COPYDESK], "short").rows == []
    assert languages(halves).rows[0] == ("German", "", "99 of 100", "1", "", "99 of 100", "1")
