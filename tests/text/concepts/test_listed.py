"""Words of languages that have a written list are found in any form."""

import pytest

from service.text.concepts.lexicon import english_stem, lexicon
from service.text.concepts.listed import LANGUAGES, listed_forms
from service.text.concepts.stream import WORD, concepts
from tests.lexicon.written import written_words


def found_in(text: str, language: str) -> set[str]:
    """The English words that a text has."""
    ids = concepts(text, language).ids.tolist()
    return {lexicon().concepts[own & 0xFFFFFF] for own in ids if own >> 24 == WORD}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "cs",
            "Hasiči s policisty uzavřeli silnicí kvůli požárům.",
            ("firefighter", "road", "fire"),
        ),
        ("uk", "Рятувальники шукали зниклих у лікарнях і на вокзалі.", ("rescue", "hospital")),
        ("he", "הממשלה והמשטרה בבית", ("government", "police")),
        ("hi", "प्रधानमंत्री ने सरकार और अदालत से कहा", ("government", "court")),
    ],
)
def test_forms_of_a_word_are_found(language: str, text: str, words: tuple[str, ...]) -> None:
    assert {english_stem(word) for word in words} <= {w.lower() for w in found_in(text, language)}


def test_a_word_is_only_found_in_its_own_language() -> None:
    assert "flight" not in found_in("Let us hope they let it go", "fr")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_list_of_each_language_is_in_the_lexicon(language: str) -> None:
    words = dict.fromkeys(word for _, word in written_words(language))
    assert len(words) > 300
    assert all(next(iter(listed_forms(word, language))) for word in words)
    english = {english for english, _ in written_words(language)}
    assert len(found_in(" . ".join(words), language)) > 0.8 * len(english)
