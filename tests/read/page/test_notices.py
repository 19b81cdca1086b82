import pytest

from service.read.page.notices import part_notice, read_notice, take_notices
from service.read.page.paragraph import Paragraph
from tests.read.page.pages import PARAGRAPHS, news_page, read

AP = (
    "Copyright 2017 The Associated Press. All rights reserved. This material may not be published, "
    "broadcast, rewritten or redistributed."
)
SPUN = (
    "Copyright 2017 The Associated Press. All rights reserved. This material can not be published, "
    "transmitted, rewritten or redistributed."
)


@pytest.mark.parametrize(
    ("text", "holder", "year"),
    [
        (AP, "The Associated Press", 2017),
        (SPUN, "The Associated Press", 2017),
        ("© 2024 AFP", "AFP", 2024),
        ("(c) 2019, Nordic Wire, Inc. All Rights Reserved", "Nordic Wire, Inc", 2019),
        ("Copyright © 2015-2024 by Nordic Wire. All rights reserved.", "Nordic Wire", 2024),
        ("© The Northern Courier Ltd. 2024", "The Northern Courier Ltd", 2024),
        ("© dpa-infocom, dpa:240507-99-123456/3", "dpa-infocom, dpa:240507-99-123456/3", None),
        ("Alle Rechte vorbehalten.", None, None),
        ("Todos los derechos reservados.", None, None),
        ("© RIPRODUZIONE RISERVATA", None, None),
    ],
)
def test_notices_are_read(text: str, holder: str | None, year: int | None) -> None:
    assert part_notice(text) == ("", text)
    notice = read_notice(text)
    assert (notice.holder, notice.year) == (holder, year)
    assert notice.text == text


@pytest.mark.parametrize(
    "terms",
    [
        "This material may not be published, broadcast, rewritten or redistributed.",
        "This material can not be published, transmitted, rewritten or redistributed.",
        "The content must not be copied, distributed or published without permission.",
        "No part of this report may be reproduced without the written consent of the publisher.",
        "Dieser Inhalt darf ohne Genehmigung nicht kopiert, verbreitet oder veröffentlicht werden.",
        "Este contenido no puede ser publicado, difundido, reescrito ni redistribuido.",
    ],
)
def test_terms_of_use_are_known_by_their_parts(terms: str) -> None:
    assert part_notice(terms) == ("", terms)
    assert read_notice(terms).usage_terms == terms


@pytest.mark.parametrize(
    "text",
    [
        "Copyright law is changing faster than courts can follow, the minister said on Tuesday.",
        "The publisher said it reserved the right to sue anybody who copied its articles.",
        "The report may not have been published, two officials told the committee.",
        "He argued that all rights are reserved to the people under the constitution of 1901, and "
        "that the government had no business in taking them away, as the court would soon have to "
        "decide in a case that began four years ago with a dispute about a fence.",
        "The song was distributed and broadcast without permission of its writer, the suit says.",
        "Reproduction of the virus could not be stopped, doctors said.",
    ],
)
def test_articles_about_rights_are_no_notices(text: str) -> None:
    assert part_notice(text) == (text, "")


def test_a_notice_at_the_end_of_a_paragraph_is_cut_off() -> None:
    rest, notice = part_notice(f"{PARAGRAPHS[3]} (c) 2024 Nordic Wire. All rights reserved.")
    assert rest == PARAGRAPHS[3]
    assert notice == "(c) 2024 Nordic Wire. All rights reserved."


def test_neighbouring_notices_are_one_and_the_middle_of_a_text_is_left_alone() -> None:
    claim, terms = AP.split(" This material")
    body = [Paragraph(f"Sentence number {i} of a long text.") for i in range(30)]
    kept, notices = take_notices([*body, Paragraph(claim), Paragraph(f"This material{terms}")])
    assert kept == body
    assert [notice.text for notice in notices] == [AP]
    quoted = [*body[:10], Paragraph("© 2024 Nordic Wire"), *body[10:]]
    assert take_notices(quoted) == (quoted, ())


def test_a_notice_beside_the_body_is_kept_and_the_sites_own_is_not() -> None:
    article = read(news_page(after=f'<div class="copyright">{AP}</div>'))
    assert [notice.holder for notice in article.notices] == ["The Associated Press"]
    assert "Associated" not in article.text
    assert read(news_page()).notices == ()


@pytest.mark.parametrize(
    "line", ["© 2024 Nordic Wire A.B.", "© Nordic Times Ltd. 2024", "© Nordic Wire 2024"]
)
def test_a_claim_with_its_year_is_a_notice_and_no_caption(line: str) -> None:
    article = read(news_page((*PARAGRAPHS, line)))
    assert [notice.text for notice in article.notices] == [line]
    assert article.text == "\n\n".join(PARAGRAPHS)
