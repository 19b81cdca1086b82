"""The written traps are what the evaluation takes them for."""

from itertools import product

import pytest

from service.link.guards import LEAST_WORDS
from tests.eval.linked_story import linked_story
from tests.eval.written_traps import KINDS, written_groups, written_traps

PARTS = ("train", "test")
MOST_WORDS = 250


@pytest.mark.parametrize(("kind", "part"), list(product(KINDS, PARTS)))
def test_each_text_is_long_enough_to_be_linked_and_short(kind: str, part: str) -> None:
    for name, texts in written_groups(kind, part).items():
        for language, text in texts.items():
            words = linked_story(name, text, language).concepts.words
            assert LEAST_WORDS <= words <= MOST_WORDS, (name, language, words)


def test_there_are_two_hundred_in_parts_of_different_groups() -> None:
    assert sum(1 for kind, part in product(KINDS, PARTS) for _ in written_traps(kind, part)) >= 200
    for kind in KINDS:
        assert not set(written_groups(kind, "train")) & set(written_groups(kind, "test"))
        for _, (one, _), (other, _) in written_traps(kind, "train"):
            assert one != other
