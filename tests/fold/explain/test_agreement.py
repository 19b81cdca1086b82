"""The keys, numbers and names shown as common are those that the signatures have in common."""

import pytest

from service.fold.explain.agreement import agreeing_names, agreeing_numbers, shared_keys
from service.fold.explain.printed import locate_tokens
from service.text.signature import sign
from service.text.tokens import tokenize
from tests.fold.articles import text_of
from tests.fold.explain.texts import SCRIPTS

COPIES = [
    (text_of("ferry-ap"), text_of("ferry-ap", "spun"), "en"),
    (text_of("ferry-ap"), text_of("ferry-ap", "trimmed"), "en"),
    (text_of("ferry-ap"), text_of("ferry-reuters"), "en"),
    *((text, text, language) for language, text in SCRIPTS.items()),
]


@pytest.mark.parametrize(("a", "b", "language"), COPIES)
def test_the_pairs_shown_are_those_whose_hashes_both_signatures_have(
    a: str, b: str, language: str
) -> None:
    signed_a, signed_b = sign(a, language), sign(b, language)
    found = shared_keys(locate_tokens(a, language), signed_a, locate_tokens(b, language), signed_b)
    assert {pair.key for pair in found.rare_pairs_shared} == (
        set(signed_a.rare_pairs) & set(signed_b.rare_pairs)
    )
    assert found.shingles_shared == len(set(signed_a.shingles) & set(signed_b.shingles))


@pytest.mark.parametrize(("a", "b", "language"), COPIES)
def test_both_texts_print_the_words_of_a_pair(a: str, b: str, language: str) -> None:
    found = shared_keys(
        locate_tokens(a, language), sign(a, language), locate_tokens(b, language), sign(b, language)
    )
    for pair in found.rare_pairs_shared:
        for left, right in zip(pair.a, pair.b, strict=True):
            assert left in a
            assert right in b
            one, other = (tokenize(word, language, 9).ids.tolist() for word in (left, right))
            assert one == other


def test_a_number_in_words_agrees_with_its_digits() -> None:
    a = locate_tokens("The fire killed nine people and hurt 1,250 in 2019.", "en")
    b = locate_tokens("It killed 9 and hurt 1250, up from 31.", "en")
    found = agreeing_numbers(a, b)
    assert found.both == (("nine", "9"), ("1,250", "1250"))
    assert found.only_a == ("2019",)
    assert found.only_b == ("31",)


def test_a_name_agrees_in_any_form_and_wherever_it_stands() -> None:
    a = locate_tokens("Then Müller's deputy Okafor left Zürich.", "en")
    b = locate_tokens("Okafor is gone, and so is Muller, said Brandl.", "en")
    found = agreeing_names(a, b)
    assert found.both == (("Müller's", "Muller"), ("Okafor", "Okafor"))
    assert found.only_a == ("Zürich",)
    assert found.only_b == ("Brandl",)
