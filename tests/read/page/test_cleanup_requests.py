import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read


@pytest.mark.parametrize(
    "last",
    [
        "The painting first appeared in West Michigan in 1931, and the town bought it on Friday.",
        "He writes a newsletter on bonds that has 40,000 readers, most of them here in the county.",
        "Two more towns will join the harbour's union today, said the mayor of Eastbay.",
        "Those who want to vote can register at the town hall until Friday, the clerk said now.",
        "The play was first published in Oslo, and the theatre follows that text to the letter.",
    ],
)
def test_a_last_paragraph_with_words_of_a_request_is_kept(last: str) -> None:
    assert read(news_page((*PARAGRAPHS, last))).text.endswith(last)


@pytest.mark.parametrize(
    "last",
    [
        "Sign up for our newsletter and get it in your inbox.",
        "Like this? Subscribe to our channel for free.",
        "Please join us on WhatsApp now.",
        "This article first appeared on the Courier's sister site.",
        "First published in the Evening Courier.",
        "The story was first published on Monday.",
    ],
)
def test_a_request_at_the_end_is_dropped(last: str) -> None:
    assert read(news_page((*PARAGRAPHS, last))).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "caption",
    [
        "A family looks at its roof in Northport. Photograph: Ada Quist/Courier Pictures",
        "Roofs on the quay on Tuesday… Picture: Courier Photos",
        "Die Dächer am Hafen. Foto: Eva Holm/Nordbild",
        "NORTHPORT, NL - MAY 07: Roofs lie on the quay after a storm in Northport, Norland.",
        "A post shared by Ada Quist (@adaquist) on May 7, 2024 at 6:13am PDT",
    ],
)
def test_a_caption_between_the_paragraphs_is_dropped(caption: str) -> None:
    page = news_page((*PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]))
    assert read(page).text == "\n\n".join(PARAGRAPHS)
