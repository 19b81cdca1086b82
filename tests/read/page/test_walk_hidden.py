"""What opens over a sentence, what only screen readers skip, and paragraphs that are captions."""

import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

WHOLE = "\n\n".join(PARAGRAPHS)
OPENED = "Ada Quist Harbour votes on a new quay Ferries stay in port until Tuesday"


@pytest.mark.parametrize(
    "box",
    [
        "<span class='rollover-people-block'><span>{}</span></span>",
        "<span class='tooltip-content'>{}</span>",
        "<span class='popover__body'><a href='/quist'>{}</a></span>",
        "<span class='hoverCard'>{}</span>",
        "<span class='glossary-definition'>{}</span>",
    ],
)
def test_a_box_that_opens_over_a_word_is_not_read(box: str) -> None:
    first = PARAGRAPHS[1].replace("Ada Quist", f"<b>Ada Quist{box.format(OPENED)}</b>")
    assert read(news_page((PARAGRAPHS[0], first, *PARAGRAPHS[2:]))).text == WHOLE


@pytest.mark.parametrize("name", ["tooltip", "popup", "rollover", "has-tooltip", "glossary-term"])
def test_the_word_that_such_a_box_explains_is_read(name: str) -> None:
    first = PARAGRAPHS[1].replace("Ada Quist", f"<span class='{name}'>Ada Quist</span>")
    assert read(news_page((PARAGRAPHS[0], first, *PARAGRAPHS[2:]))).text == WHOLE


@pytest.mark.parametrize("name", ["paywall", "premium", "x1"])
def test_paragraphs_that_only_screen_readers_skip_are_read(name: str) -> None:
    page = news_page()
    for text in PARAGRAPHS[2:]:
        page = page.replace(f"<p>{text}", f"<p class='{name}' aria-hidden='true'>{text}")
    assert read(page).text == WHOLE


@pytest.mark.parametrize("tag", ["div", "span", "ul"])
def test_other_elements_that_they_skip_are_not(tag: str) -> None:
    hidden = f"<{tag} aria-hidden='true'>{OPENED}</{tag}>"
    assert read(news_page().replace("<p>Insurers", f"{hidden}<p>Insurers")).text == WHOLE


@pytest.mark.parametrize("name", ["caption", "wp-caption-text", "photo-credit", "bildunterschrift"])
def test_a_paragraph_that_is_named_a_caption_is_no_text(name: str) -> None:
    caption = (
        f"<div><div><p class='{name}'>A roof in the harbour, seen from the quay.</p></div></div>"
    )
    assert read(news_page().replace("<p>Insurers", f"{caption}<p>Insurers")).text == WHOLE


def test_an_article_whose_paragraphs_are_all_named_so_is_read() -> None:
    assert read(news_page().replace("<p>", "<p class='caption-text'>")).text == WHOLE
