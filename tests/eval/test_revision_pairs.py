"""Known edits and changes of furniture, made from labelled pages, through READ and FOLD."""

from itertools import islice
from pathlib import Path

import pytest

from tests.eval.eval_changes import measure
from tests.eval.revision_pairs import pages

PAGES = 40
PAIRS = 15


@pytest.mark.slow
def test_edits_are_told_and_furniture_is_not(shared_data: Path) -> None:
    found = list(islice(pages(shared_data / "pages" / "train.jsonl.gz"), PAGES))
    edits, furniture = measure(found, PAIRS)
    assert edits.pairs == furniture.pairs == PAIRS
    assert edits.right >= 0.9 * PAIRS
    assert furniture.right == PAIRS
