"""Texts in no language."""

import pytest

from service.contract.outcome import Failed, FailureReason
from service.read.page.legible import check_legible
from tests.read.page.pages import PARAGRAPHS, news_page, read
from tests.read.page.test_charset import CHINESE, GERMAN, JAPANESE, RUSSIAN, TRADITIONAL
from tests.read.page.test_charset_detection import ARABIC, GREEK, KOREAN, THAI

VIETNAMESE = (
    "Hội đồng thành phố cho biết hôm thứ Ba rằng phà sẽ ở lại cảng cho đến khi gió đổi. " * 5
)
TURKISH = "Belediye, feribotların limanda kalacağını ve ışığın yanacağını söyledi. "
CATALAN = "El col·legi il·lustrat va anunciar que els vaixells es quedaran. L'excel·lent. " * 5
MIXED = "日経ﾆｭｰｽ：iPhone15を発売、SNSで話題。NHKとBBCが報じた。" * 9


@pytest.mark.parametrize(
    "text",
    [
        *(ARABIC, CHINESE, GERMAN, GREEK, JAPANESE, KOREAN, RUSSIAN, THAI, TRADITIONAL),
        *(VIETNAMESE, TURKISH * 5, CATALAN, MIXED, "Plain English, mostly. " * 40),
        "Die α-Strahlung, 25 °C, Bürger•innen, 3×4 und µm bei Müller & Söhne © 2026 über Öl. " * 5,
    ],
)
def test_texts_of_a_language_pass(text: str) -> None:
    check_legible(text)


@pytest.mark.parametrize(
    ("text", "own", "wrong"),
    [
        (CHINESE, "gb18030", "cp1252"),
        (CHINESE, "gb18030", "cp1256"),
        (CHINESE, "gb18030", "big5"),
        (TRADITIONAL, "big5", "cp949"),
        (JAPANESE, "cp932", "cp1252"),
        (KOREAN, "cp949", "cp1251"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "utf-8", "cp1252"),
        (GREEK, "cp1253", "cp1252"),
        (ARABIC, "cp1256", "cp1250"),
        (GERMAN, "utf-8", "cp1252"),
        (GERMAN, "cp1252", "cp1251"),
    ],
)
def test_texts_read_in_a_wrong_charset_fail(text: str, own: str, wrong: str) -> None:
    with pytest.raises(Failed, match="no language") as outcome:
        check_legible(text.encode(own).decode(wrong, "replace"))
    assert outcome.value.reason is FailureReason.BAD_ENCODING


def test_some_broken_words_do_not_make_a_page_illegible() -> None:
    page = news_page((*PARAGRAPHS, "Der MÃ¼ller aus BÃ¶hlen und der GrÃ¶Ãer aus KÃ¶ln."))
    assert read(page).title


def test_a_page_in_no_language_is_no_article() -> None:
    garbled = (RUSSIAN * 2).encode().decode("cp1252", "replace")
    with pytest.raises(Failed) as outcome:
        read(news_page((garbled, garbled)))
    assert outcome.value.reason is FailureReason.BAD_ENCODING
