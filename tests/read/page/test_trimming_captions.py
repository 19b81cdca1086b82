"""A little text in a box with a picture is a caption or a teaser; the article beside it is not."""

import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

TEXT = "\n\n".join(PARAGRAPHS)
CAPTION = "A fisherman ties up his boat in the harbour before the storm, on Tuesday afternoon."


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="q1"><img src=x><p>{CAPTION}</p></div>',
        f'<div class="q1"><div><a href=x><img src=x></a></div><div>{CAPTION}</div></div>',
        f'<div class="q1"><picture><img src=x></picture><span>{CAPTION}</span></div>',
        f'<ul><li><img src=x><div class="q2">{CAPTION}</div></li></ul>',
    ],
)
@pytest.mark.parametrize("place", [0, 2, 3])
def test_what_shares_a_small_box_with_a_picture_is_left_out(box: str, place: int) -> None:
    paragraph = f"<p>{PARAGRAPHS[place]}</p>"
    assert read(news_page().replace(paragraph, paragraph + box)).text == TEXT


def test_a_paragraph_with_a_picture_in_it_is_text() -> None:
    page = news_page().replace(f"<p>{PARAGRAPHS[1]}</p>", f"<p><img src=x> {PARAGRAPHS[1]}</p>")
    assert read(page).text == TEXT


def test_pictures_between_the_paragraphs_make_no_captions_of_them() -> None:
    page = (
        news_page()
        .replace("</p>\n<p>", "</p>\n<img src=x>\n<p>")
        .replace("</p><p>", "</p><img src=x><p>")
    )
    assert read(page).text == TEXT


def test_an_article_of_which_each_paragraph_has_its_picture_stays() -> None:
    page = news_page()
    for paragraph in PARAGRAPHS:
        page = page.replace(f"<p>{paragraph}</p>", f"<div><img src=x><p>{paragraph}</p></div>", 1)
    assert read(page).text == TEXT
