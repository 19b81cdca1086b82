import pytest

from service.read.page.cleanup import PageFacts, clean_up
from service.read.page.paragraph import Paragraph, Role
from tests.read.page.pages import PARAGRAPHS, TITLE

KNOWN = PageFacts(TITLE, ("Ada Quist",))
BODY = [Paragraph(text) for text in PARAGRAPHS]


def cleaned(before: list[str], after: list[str]) -> list[str]:
    page = [*map(Paragraph, before), *BODY, *map(Paragraph, after)]
    return [paragraph.text for paragraph in clean_up(page, KNOWN)]


@pytest.mark.parametrize(
    "line",
    [
        f"Home / Uncategorized / {TITLE}",
        "Home » News » Weather",
        "Startseite › Panorama › Wetter",
        TITLE,
        TITLE.upper() + "!",
        "By Ada Quist",
        "Von Ada Quist und Bo Lind",
        "Ada Quist",
        "Published: 10:48, Tue, Nov 19, 2019 | UPDATED: 11:05",
        "Stand: 22.04.2024, 06:00 Uhr",
        "November 20, 2019 - 11:28 AMT",
        "segunda-feira, 22 de janeiro de 2018 às 0:13",
        "Share Tweet WhatsApp Email",
        "Advertisement",
        "Lesedauer: 4 Minuten",
        "Photo: Nordic Wire",
        "The harbour on Monday night. (AP Photo/Ada Quist)",
        "Die Fähre im Hafen am Montag © Nordic Wire",
        "Read also: Ferries stay in port",
        "Lesen Sie auch: Fähren bleiben im Hafen",
    ],
)
def test_lines_around_the_beginning_go(line: str) -> None:
    assert cleaned([line], []) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "lines",
    [
        ["Source link"],
        ["Leave a Reply", "Your email address will not be published.", "Name", "Website"],
        ["Related stories", "Ferries stay in port", "School closed until Friday"],
        ["More from the Courier", "Ferries stay in port"],
        ["Like this story? Share it with a friend!"],
        ["Sign up here for our daily newsletter."],
        ["Follow us on Twitter and Instagram for more."],
        ["Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns."],
        ["Ada Quist covers the coast for the Courier and lives in Northport."],
        ["Facebook Twitter WhatsApp"],
        ["MORE: Ferries stay in port", "MORE: School closed until Friday"],
    ],
)
def test_lines_around_the_end_go(lines: list[str]) -> None:
    assert cleaned([], lines) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "He told the court that he would subscribe to every word of the report, and left.",
        "By Tuesday evening the wind had turned, and the first ferry left.",
        "The photo shows her with the mayor in 2019.",
        "At 10:48 on 7 May 2024 the first gust hit the pier, which gave way within a minute.",
        "Share prices fell by four percent.",
        "Related companies were not affected, the insurer said.",
        "Ada Quist said that the harbour would stay closed.",
        "10 p.m.",
        "What happened next",
    ],
)
def test_paragraphs_that_only_resemble_such_lines_stay(text: str) -> None:
    body = [*PARAGRAPHS[:2], text, *PARAGRAPHS[2:], PARAGRAPHS[0]]
    assert [p.text for p in clean_up([Paragraph(line) for line in body], KNOWN)] == body


def test_a_mark_in_the_middle_does_not_cut_the_text() -> None:
    body = [*BODY[:2], Paragraph("Most read in weather"), *BODY[2:]]
    assert [paragraph.text for paragraph in clean_up(body, KNOWN)][-1] == PARAGRAPHS[-1]


def test_a_heading_that_nothing_follows_goes() -> None:
    page = [*BODY, Paragraph("What comes next", Role.HEADING), Paragraph("Source link")]
    assert clean_up(page, KNOWN) == BODY
