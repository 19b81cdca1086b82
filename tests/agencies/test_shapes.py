"""Shapes: templates become patterns that take blanks as print does."""

import pytest

from service.agencies.shapes import MASK, compile_shape


def test_blanks_beside_punctuation_are_free_and_between_words_are_not() -> None:
    shape = compile_shape("s", "{place} ({names}) {dash}", {})
    assert shape.pattern.match("ZURICH (Dow Jones)--A bank")
    assert shape.pattern.match("ZURICH  ( Dow Jones ) — A bank")
    words = compile_shape("s", "first published {any}", {})
    assert words.pattern.fullmatch("firstpublished today") is None


def test_brackets_of_the_east_are_brackets() -> None:
    shape = compile_shape("s", "({signers})", {})
    assert shape.pattern.fullmatch(f"（{MASK}）")


def test_a_choice_may_be_empty() -> None:
    shape = compile_shape("s", "a<|b>c", {})
    assert shape.pattern.fullmatch("ac")
    assert shape.pattern.fullmatch("abc")


@pytest.mark.parametrize("template", ["{nowhere}", "{place", "a>b", "<a"])
def test_a_faulty_template_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="s: "):
        compile_shape("s", template, {})
