"""What two texts have in common, and their sentences beside one another."""

from collections.abc import Sequence

import pytest

from service.link.explain import texts_beside
from service.link.explain.model import Run, TextsBeside
from tests.link.explain.texts import ferry


def beside(a: str, b: str) -> TextsBeside:
    return texts_beside(ferry(a), ferry(b), a, b)


def plain(sentences: Sequence[Sequence[Run]]) -> str:
    return " ".join("".join(run.text for run in sentence) for sentence in sentences)


def marked(sentences: Sequence[Sequence[Run]], mark: str) -> list[str]:
    return [run.text for sentence in sentences for run in sentence if run.mark == mark]


def test_numbers_and_names_are_shown_as_each_prints_them() -> None:
    found = beside("es", "ja")
    assert ("7.300", "7300") in found.numbers.both
    assert ("doce", "12") in found.numbers.both
    assert ("Kalogeros", "カロゲロス") in found.names.both
    assert "Merichas" in found.names.only_a


def test_words_have_their_english() -> None:
    words = {(each.a, each.b): each.english for each in beside("es", "de").words}
    assert words[("incendio", "Feuer")] == "fire"
    assert words[("hospital", "Krankenhaus")] == "hospit"


def test_a_sentence_is_beside_what_it_became() -> None:
    rows = beside("es", "de").sentences
    lead = next(row for row in rows if "ATENAS" in plain(row.a))
    assert "Oktober" in plain(lead.b)
    assert "Zwölf Menschen" in plain(lead.b)
    assert marked(lead.a, "number") == ["14", "214", "37", "doce"]
    assert "Agia Varvara" in marked(lead.b, "name")
    assert all(row.found == 0 for row in rows if not row.a or not row.b)


@pytest.mark.parametrize(("a", "b"), [("es", "de"), ("ja", "ar")])
def test_every_sentence_is_there_once_and_whole(a: str, b: str) -> None:
    found = beside(a, b)
    for letter, language in (("a", a), ("b", b)):
        text = " ".join(plain(getattr(row, letter)) for row in found.sentences)
        assert "".join(text.split()) == "".join(ferry(language).split())


@pytest.mark.parametrize("text", ["", " ", "。", "…!"])
def test_a_text_of_nothing_has_nothing_in_common(text: str) -> None:
    found = texts_beside(text, ferry("es"), "de", "es")
    assert found.numbers.both == found.names.both == ()
    assert not any(row.a and row.b for row in found.sentences)
