from codecs import encode

import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

GERMAN = (
    "Der Sturm kam in der Nacht auf Dienstag von der See und nahm die Dächer von vierzig "
    "Häusern mit.",
    "Niemand wurde verletzt, sagte die Leiterin des Hafens, und die Fähren bleiben im Hafen.",
)


def move(text: str, step: int) -> str:
    return "".join(" " if char == " " else chr(ord(char) + step) for char in text)


@pytest.mark.parametrize(
    "rest",
    [
        tuple(move(text, 1) for text in GERMAN),
        tuple(move(text, -1) for text in PARAGRAPHS[2:]),
        tuple(encode(text, "rot13") for text in PARAGRAPHS[2:]),
    ],
)
def test_paragraphs_in_cipher_are_left_out_and_flagged(rest: tuple[str, ...]) -> None:
    page = news_page(PARAGRAPHS[:2] + tuple(text.replace("<", "") for text in rest))
    article = read(page)
    assert article.text == "\n\n".join(PARAGRAPHS[:2])
    assert [(flag.name, flag.evidence) for flag in article.flags] == [
        ("paywalled", "2 paragraphs in cipher")
    ]


def test_of_a_text_that_is_all_in_cipher_the_description_remains() -> None:
    summary = " ".join(PARAGRAPHS[:2]).replace('"', "")
    head = f'<meta name="description" content="{summary}">'
    article = read(news_page(tuple(move(text, 1) for text in GERMAN * 2), head=head))
    assert article.text == summary


def test_texts_in_other_languages_and_scripts_are_not_taken_for_cipher() -> None:
    texts = (
        "Tuuli vei katot neljästäkymmenestä talosta maanantain vastaisena yönä, satama kertoo.",
        "A vihar negyven ház tetejét vitte el hétfő éjjel, közölte a kikötő irodája kedden reggel.",
        "嵐は月曜日の夜に海から来て、四十軒の家の屋根を奪ったと港の事務所が火曜日に発表した。",
    )
    assert read(news_page(texts)).text == "\n\n".join(texts)
