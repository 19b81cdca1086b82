"""Translations made by rule, and what only resembles one."""

import random

import numpy as np
import pytest

from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts
from tests.eval.made_translations import (
    Pool,
    beginning,
    facts,
    from_rows,
    joined,
    reported,
    rows_of,
    swapped,
    thinned,
    translated,
)
from tests.link.texts import text_of

TEXT = text_of(
    [[(WORD, 4 * n), (WORD, 4 * n + 1), (NAME, n), (NUMBER, 100 + n)] for n in range(30)]
)
OTHERS = Pool([text_of([[(WORD, 900 + n), (NAME, 900 + n), (NUMBER, 900 + n)] for n in range(9)])])


def of_kind(text: Concepts, kind: int) -> set[int]:
    return {own for own in text.ids.tolist() if own >> 24 == kind}


@pytest.mark.parametrize("seed", range(5))
def test_a_translation_keeps_most_numbers_and_is_a_text(seed: int) -> None:
    made = translated(TEXT, OTHERS, random.Random(seed))
    kept = of_kind(TEXT, NUMBER) & of_kind(made, NUMBER)
    assert len(kept) >= 0.3 * len(of_kind(TEXT, NUMBER))
    assert (np.diff(made.tokens) >= 0).all()
    assert (np.diff(made.sentences) >= 0).all()


@pytest.mark.parametrize("kinds", [(NAME,), (NUMBER,), (NAME, NUMBER)])
def test_only_the_facts_of_these_kinds_are_exchanged(kinds: tuple[int, ...]) -> None:
    made = swapped(TEXT, OTHERS, random.Random(1), kinds)
    for kind in (WORD, NAME, NUMBER):
        kept = len(of_kind(TEXT, kind) & of_kind(made, kind)) / len(of_kind(TEXT, kind))
        assert (kept < 0.5) == (kind in kinds)


def test_another_report_has_another_order_and_some_of_the_facts() -> None:
    made = reported(TEXT, OTHERS, random.Random(1))
    assert 0 < len(of_kind(TEXT, NAME) & of_kind(made, NAME)) < len(of_kind(TEXT, NAME))
    own = [i for i in made.ids.tolist() if i >> 24 == NAME and i in of_kind(TEXT, NAME)]
    assert own != sorted(own)


def test_texts_are_joined_cut_and_thinned() -> None:
    long = joined([TEXT, TEXT])
    assert (long.words, len(long), long.sentences[-1]) == (2 * TEXT.words, 2 * len(TEXT), 59)
    assert beginning(long, TEXT.words).ids.tolist() == TEXT.ids.tolist()
    assert set(thinned(TEXT, random.Random(3)).ids.tolist()) <= set(TEXT.ids.tolist())
    assert (facts(TEXT, (NAME,)), facts(TEXT, (NAME, NUMBER))) == (30, 60)


def test_rows_of_a_text_make_it_again() -> None:
    again = from_rows(rows_of(TEXT), TEXT.words)
    assert again.ids.tolist() == TEXT.ids.tolist()
    assert again.sentences.tolist() == TEXT.sentences.tolist()
    assert len(from_rows([], 0)) == 0
