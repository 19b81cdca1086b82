"""Lines of the site between the paragraphs: what it earns, shortcodes, captions of agencies."""

import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

WHOLE = "\n\n".join(PARAGRAPHS)


def read_with(line: str, title: str = "Storm takes roofs") -> str:
    return read(news_page((PARAGRAPHS[0], line, *PARAGRAPHS[1:]), title=title)).text


@pytest.mark.parametrize(
    "note",
    [
        "Editorial note: this page may contain affiliate links on some articles.",
        "If you buy through a link on the site, we may earn a commission at no cost to you.",
        "Wenn Sie über diese Links kaufen, erhalten wir eine kleine Provision vom Händler.",
        "En achetant par ces liens, vous nous faites toucher une petite commission, dit le site;"
        " nous percevons une commission.",
        "Si compra a través de estos enlaces, recibimos una pequeña comisión del vendedor.",
    ],
)
def test_a_note_on_what_the_site_earns_is_no_text(note: str) -> None:
    assert read_with(note) == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "The commission will publish its report on the storm before the summer, she said.",
        "Agents earn a commission of two per cent on every policy that they sell on the coast.",
        "The hospital is an affiliate of the university, which will pay for the new roof.",
    ],
)
def test_commissions_of_others_are_text(line: str) -> None:
    assert line in read_with(line)


def test_an_article_about_such_links_keeps_what_it_says_of_them() -> None:
    line = "Readers who click on affiliate links do not pay more, the shop told the council."
    assert line in read_with(line, "What affiliate links cost the reader")


@pytest.mark.parametrize(
    "line",
    [
        '[button link="/kit" type="big"] Send us your kit review[/button]',
        "[gallery ids=”12,13,14” columns=”2”]",
        "[caption id='attachment_9']A roof in the harbour[/caption]",
    ],
)
def test_a_shortcode_that_was_not_expanded_is_no_text(line: str) -> None:
    assert read_with(line) == WHOLE


@pytest.mark.parametrize(
    "line",
    ["[The mayor] said so on Monday.", "[sic]", '[He] was "at sea" [when] it came.'],
)
def test_words_in_brackets_are_text(line: str) -> None:
    assert line in read_with(line)


@pytest.mark.parametrize("date", ["MARCH 21", "MAY 6, 2024", "JUNE 1"])
def test_a_long_caption_of_a_photo_agency_is_no_text(date: str) -> None:
    caption = f"LOS ANGELES, CA - {date}: Ada Quist #26 of team Northport stretches before the game"
    caption += " against team Eastport in the second half of the championship of the coast," * 4
    assert read_with(caption) == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "Thanks for signing up!",
        "Get Data Sheet, the Courier's technology newsletter.",
        "(责编：牛镛、岳弘彬)",
    ],
)
def test_lines_of_sign_up_boxes_and_editors_are_no_text(line: str) -> None:
    assert read_with(line) == WHOLE
