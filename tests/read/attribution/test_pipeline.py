"""Attribution end to end: what a text is signed by, and what of it is the story."""

import pytest

from service.contract.attribution import RevisionKind
from service.read.attribution import attribute
from tests.read.attribution.articles import article

STORY = (
    "The harbour authority closed the outer basin on Monday after a crane toppled.\n\n"
    "Nobody was hurt, a spokeswoman told reporters. PlacementStats is to resume next week."
)


@pytest.mark.parametrize(
    ("head", "agency", "place", "date"),
    [
        ("ROTTERDAM (AP) — ", "ap", "ROTTERDAM", None),
        ("ATLANTA, Feb 19 AP - ", "ap", "ATLANTA", "Feb 19"),
        ("LONDON, Dec 6 (Reuters) - ", "reuters", "LONDON", "Dec 6"),
        ("PARIS, Jan 1 (AFP) - ", "afp", "PARIS", "Jan 1"),
        ("Stuttgart (dpa/lsw) - ", "dpa", "Stuttgart", None),
        ("BEIJING, March 31 (Xinhua) -- ", "xinhua", "BEIJING", "March 31"),
        ("MOSCOW, January 21. /TASS/. ", "tass", "MOSCOW", "January 21"),
        ("МОСКВА, 25 ноября. /ТАСС/. ", "tass", "МОСКВА", "25 ноября"),
        ("Londres, 21 mar (EFE).- ", "efe", "Londres", "21 mar"),
        ("(ANSA) - ROMA, 22 MAR - ", "ansa", "ROMA", "22 MAR"),
        ("ROMA, 16 NOV (ANSA) - ", "ansa", "ROMA", "16 NOV"),
        ("TOKYO (Kyodo) -- ", "kyodo", "TOKYO", None),
        ("SEOUL, Nov. 24 (Yonhap) -- ", "yonhap", "SEOUL", "Nov. 24"),
        ("(Bloomberg) -- ", "bloomberg", None, None),
        ("BEIRUT, Lebanon, June 2 (UPI) -- ", "upi", "BEIRUT, Lebanon", "June 2"),
        ("(CNN) — ", "cnn", None, None),
        ("NEW YORK, July 21, 2026 /PRNewswire/ -- ", "prnewswire", "NEW YORK", "July 21, 2026"),
        ("SAN FRANCISCO--(BUSINESS WIRE)--", "businesswire", "SAN FRANCISCO", None),
        (
            "HOUSTON, April 01, 2024 (GLOBE NEWSWIRE) -- ",
            "globenewswire",
            "HOUSTON",
            "April 01, 2024",
        ),
    ],
)
def test_a_dateline_is_read_and_left_out_of_the_core(
    head: str, agency: str, place: str | None, date: str | None
) -> None:
    result = attribute(article(head + STORY))
    assert result.wire.agency == agency
    assert result.wire.dateline is not None
    assert (result.wire.dateline.place, result.wire.dateline.date) == (place, date)
    assert result.core == STORY
    assert result.body == head.lstrip() + STORY


@pytest.mark.parametrize(
    ("tail", "agency"),
    [
        ("(Reporting by Ann Example; Editing by Bob Example)", "reuters"),
        ("Associated Press writer Ann Example in Oslo contributed to this report.", "ap"),
        ("© dpa-infocom, dpa:240101-99-123456/3", "dpa"),
        ("With files from The Associated Press", "ap"),
        ("This story has not been edited by our staff and is from a syndicated feed.", None),
        ("dpa", "dpa"),
    ],
)
def test_a_trailer_is_read_and_left_out_of_the_core(tail: str, agency: str | None) -> None:
    result = attribute(article(f"{STORY}\n\n{tail}"))
    assert result.wire.agency == agency
    assert result.core == STORY


@pytest.mark.parametrize(
    ("where", "line", "agencies"),
    [
        ("jsonld.author", "The Associated Press", ("ap",)),
        ("byline", "By Ann Example, Associated Press", ("ap",)),
        ("byline", "ANN EXAMPLE Associated Press", ("ap",)),
        ("source", "Quelle: sid/dpa", ("sid", "dpa")),
        ("source", "det/dpa", ("dpa",)),
        ("source", "来源：新华网", ("xinhua",)),
        ("byline", "With files from The Associated Press", ("ap",)),
        ("byline", "Reuters, AFP", ("reuters", "afp")),
        ("byline", "Foto: dpa", ()),
        ("byline", "Ann Example, formerly of this parish", ()),
    ],
)
def test_a_credit_signs_for_every_agency_in_it(
    where: str, line: str, agencies: tuple[str, ...]
) -> None:
    language = "zh" if "来源" in line else "en"
    result = attribute(article(STORY, credits=((where, line),), language=language))
    assert result.wire.agencies == agencies


def test_an_agency_is_the_original_on_its_own_host() -> None:
    page = article(STORY, url="https://apnews.com/article/1")
    assert attribute(page).wire.is_original
    copied = article("(CNN) — " + STORY, url="https://apnews.com/article/1")
    assert attribute(copied).wire.agency == "cnn"
    assert not attribute(copied).wire.is_original


def test_a_canonical_on_an_agency_host_names_it() -> None:
    page = article(STORY, declared_canonical="https://www.reuters.com/world/1")
    verdict = attribute(page).wire
    assert (verdict.agency, verdict.is_original) == ("reuters", False)


def test_a_mention_is_no_signature() -> None:
    text = STORY.replace("told reporters", "told AFP") + "\n\nReuters reported this on Tuesday."
    assert attribute(article(text)).wire.agency is None


def test_revision_markers_leave_title_and_text() -> None:
    result = attribute(
        article(
            f"(Adds details, paragraph 3)\n\nLONDON, Dec 6 (Reuters) - {STORY}",
            title="CORRECTED-UPDATE 2-Crane topples in harbour",
        )
    )
    assert result.title == "Crane topples in harbour"
    assert result.wire.revision is not None
    assert result.wire.revision.kind is RevisionKind.CORRECTION
    assert result.wire.ed_note == "(Adds details, paragraph 3)"
    assert result.body == f"LONDON, Dec 6 (Reuters) - {STORY}"
    assert result.core == STORY
