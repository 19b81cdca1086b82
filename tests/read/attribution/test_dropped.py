"""Signatures in lines that clean-up dropped, on whole pages."""

import pytest

from service.contract.article import DROPPED
from service.read.attribution import attribute
from service.read.attribution.dropped import dropped_signatures
from tests.read.attribution.articles import article
from tests.read.page.pages import PARAGRAPHS, news_page, read

TEXT = "The road had been closed for a week. Nobody was hurt."


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("This report by The Canadian Press was first published March 5, 2026.", "cp"),
        ("This story by The Associated Press was first published on March 5, 2026.", "ap"),
        ("© dpa-infocom, dpa:260305-930-12345/1", "dpa"),
        ("© dpa-infocom, dpa:260305-99-777/2", "dpa"),
        ("AFP, 5 mars 2026 14:30", "afp"),
        ("(AFP, 05.03.2026, 14:30)", "afp"),
        ("Reuters, published 5 March 2026, 14:30", "reuters"),
        ("(EFE, publicado 5/3/2026, 14:30)", "efe"),
    ],
)
@pytest.mark.parametrize("last", [True, False], ids=["the last line", "an outlet's line follows"])
def test_a_signature_that_reads_like_a_time_or_caption_is_kept_as_a_notice(
    line: str, agency: str, last: bool
) -> None:
    after = () if last else ("Follow us on Twitter",)
    page = read(news_page((*PARAGRAPHS, line, *after)))
    found = attribute(page)
    assert found.wire.agency == agency
    assert line not in found.body
    assert line in [notice.text for notice in found.notices]


def test_an_agency_of_swiss_papers_signs_in_brackets() -> None:
    german = tuple(
        "Die Hafenbrücke in Büsum ist nach elf Wochen wieder geöffnet worden, sagte die "
        f"Landrätin am {day} vor Händlern und Fischern."
        for day in ("Montag", "Dienstag", "Mittwoch")
    )
    page = read(news_page((*german, "(SDA/Keystone, 5. März 2026, 14:30)")))
    assert attribute(page).wire.agency == "sda"


@pytest.mark.parametrize(
    "line",
    [
        "© AFP",
        "Foto: dpa, 5. März 2026",
        "Photo by Jane Roe/Reuters, March 5, 2026",
        "Updated March 5, 2026, 14:30",
        "This report by the county was first published March 5, 2026.",
        "Reuters told us on March 5, 2026 at 14:30",
    ],
)
def test_other_dropped_lines_sign_nothing(line: str) -> None:
    page = article(TEXT, credits=((DROPPED, line),))
    assert dropped_signatures(page) == ([], [])
    assert attribute(page).wire.agency is None
    assert attribute(page).notices == ()


def test_a_dropped_line_is_no_byline() -> None:
    page = article(TEXT, credits=((DROPPED, "By Jane Roe, AFP correspondents say"),))
    assert attribute(page).wire.evidence == ()
