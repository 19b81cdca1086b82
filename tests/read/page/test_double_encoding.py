import pytest

from service.contract.outcome import Failed, FailureReason
from service.read.page.double_encoding import mend_double_encoding
from tests.read.page.pages import news_page, read
from tests.read.page.test_single_byte import SENTENCES

GAPS = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # bytes that are no characters in Windows-1252


def encode_twice(text: str) -> str:
    return "".join(
        chr(byte) if byte in GAPS else bytes((byte,)).decode("cp1252") for byte in text.encode()
    )


@pytest.mark.parametrize("language", ["french", "german", "czech", "russian", "greek", "thai"])
def test_a_document_that_was_encoded_twice_is_mended(language: str) -> None:
    page = news_page(tuple(f"{SENTENCES[language]} {number}" for number in range(4)))
    assert mend_double_encoding(encode_twice(page), None) == page


def test_an_article_encoded_twice_in_a_sound_page_is_mended() -> None:
    paragraphs = tuple(f"{SENTENCES['french']} {number}" for number in range(6))
    broken = news_page(tuple(map(encode_twice, paragraphs)), outside="<p>Météo, été, à côté</p>")
    article = read(broken.encode())
    assert article.text == "\n\n".join(paragraphs)
    assert article.language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Ein „Gruß“ an die Küste: „Das war ein Spaß“, sagte sie. " * 20,
        "Il répondit « déjà\u00a0» puis « l’été\u00a0» et « à côté\u00a0». " * 20,
        "A NÃO ser, disse: “avó”, “vovô”, “irmã”… e “pão”. " * 20,
        "The sign read CafÃ©, a wrong charset. " * 3,
        SENTENCES["russian"] * 9,
    ],
)
def test_sound_text_stays(text: str) -> None:
    assert mend_double_encoding(text, text.encode()) is text


def test_text_that_cannot_be_put_back_is_a_wrong_charset() -> None:
    lossy = encode_twice(SENTENCES["russian"] * 9).translate(dict.fromkeys(GAPS))
    broken = "".join(char for char in lossy if char not in "°½¾")
    with pytest.raises(Failed) as error:
        read(news_page((broken, broken, broken)))
    assert error.value.reason is FailureReason.BAD_ENCODING
