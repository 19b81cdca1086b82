import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import LanguageIdentifier, visit_counts

from service.read.page.language import identifier, identify_language
from tests.read.page.pages import news_page, read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The storm came in from the sea on Monday night and took the roofs.", "en"),
        ("Der Sturm kam in der Nacht zum Dienstag vom Meer und deckte vierzig Häuser ab.", "de"),
        ("La tempête est arrivée de la mer dans la nuit et a emporté les toits.", "fr"),
        ("La tormenta llegó del mar el lunes por la noche y se llevó los tejados.", "es"),
        ("Буря пришла с моря в ночь на вторник и сорвала крыши с домов.", "ru"),
        ("风暴星期一晚上从海上袭来，掀翻了四十座房屋的屋顶。", "zh"),
        ("嵐は月曜日の夜に海からやって来て、四十軒の家の屋根を吹き飛ばした。", "ja"),
        ("폭풍은 월요일 밤 바다에서 몰려와 마흔 채의 지붕을 날려 버렸다고 항만청이 말했다.", "ko"),
        ("جاءت العاصفة من البحر ليل الاثنين وأطاحت بأسطح أربعين منزلا.", "ar"),
        ("Stormen kom fra havet mandag kveld og tok takene på førti hus, sa havnekontoret.", "nb"),
    ],
)
def test_languages_are_told_by_the_text(text: str, language: str) -> None:
    assert identify_language(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "Ja", "!!! ???"])
def test_what_is_too_short_is_undetermined(text: str) -> None:
    assert identify_language(text) == "und"


def test_the_text_outweighs_what_the_page_declares() -> None:
    assert read(news_page().replace('lang="en"', 'lang="ru"')).language == "en"


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
