"""The automaton run over all bytes at once finds what it finds byte by byte."""

from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import LanguageIdentifier, visit_counts

from service.page.language import identifier

TEXTS = (
    "",
    "a",
    "The harbour was closed for two days after the storm, the port authority said.",
    "Der Hafen blieb nach dem Sturm zwei Tage lang geschlossen, teilte die Behörde mit.",
    "Порт был закрыт на два дня после шторма, сообщили власти.",
    "暴风雨过后，港口关闭了两天，港务局表示。",
)


def same(text: str) -> bool:
    model = identifier()
    letters = text.encode()
    counted = visit_counts(model.tk_nextmove, model._rowbase, model.tk_output, letters) or {}
    slow = LanguageIdentifier._raw_score(model, letters)
    fast = model._raw_score(letters)
    return list(counted.items()) == list(model.visits(letters).items()) and all(slow == fast)


def test_known_texts_are_scored_the_same() -> None:
    assert all(map(same, TEXTS))


@given(st.text(max_size=300))
def test_any_text_is_scored_the_same(text: str) -> None:
    assert same(text)
