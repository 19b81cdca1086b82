"""Datelines: their parts, where they may stand, and datelines that name no agency."""

import pytest

from service.read.attribution.dateline import find_dateline

REST = "The bridge opened on Monday."


@pytest.mark.parametrize(
    ("printed", "place", "date"),
    [
        ("DUBLIN — ", "DUBLIN", None),
        ("BEIRUT – ", "BEIRUT", None),
        ("DUBAI, United Arab Emirates — ", "DUBAI, United Arab Emirates", None),
        ("PUTRAJAYA, Nov 22 — ", "PUTRAJAYA", "Nov 22"),
        ("Indianapolis – ", "Indianapolis", None),
        ("WASHINGTON -- ", "WASHINGTON", None),
    ],
)
def test_a_dateline_without_an_agency_is_read(printed: str, place: str, date: str | None) -> None:
    found = find_dateline(printed + REST)
    assert found is not None
    assert found.dateline.agency is None
    assert (found.dateline.place, found.dateline.date) == (place, date)
    assert (printed + REST)[found.end :] == REST


@pytest.mark.parametrize(
    "text",
    [
        "The bridge – a low one – opened on Monday.",
        "Manchester United – the champions – opened the bridge.",
        "State-of-the-art lamps light the bridge.",
        "Nobody - not even the mayor - came to the bridge.",
        "Twenty-one people crossed.",
        "X-rays showed a crack.",
        "Of course — and who would doubt it — the bridge opened.",
    ],
)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_a_dateline_may_follow_a_summary() -> None:
    text = f"A bridge is open again.\n\nOSLO, May 5 (Reuters) - {REST}"
    found = find_dateline(text)
    assert found is not None
    assert found.dateline.agency == "reuters"
    assert text[found.end :] == REST


def test_a_dateline_deep_in_the_text_is_none() -> None:
    prose = "A paragraph of another story, long enough to be prose and no line of a menu at all."
    text = "\n\n".join([prose] * 6 + [f"OSLO (Reuters) - {REST}"])
    assert find_dateline(text) is None


def test_several_agencies_in_one_dateline() -> None:
    found = find_dateline(f"GENEVA (AFP, Reuters) - {REST}")
    assert found is not None
    assert [item.agency for item in found.evidence] == ["afp", "reuters"]
    assert found.dateline.agency == "afp"


def test_the_regional_service_of_an_agency_is_the_agencys() -> None:
    found = find_dateline(f"Stuttgart (dpa/lsw) - {REST}")
    assert found is not None
    assert [item.agency for item in found.evidence] == ["dpa"]
    assert found.dateline.text == "Stuttgart (dpa/lsw) -"


def test_a_dateline_may_stand_under_the_furniture_of_a_page() -> None:
    text = "\n".join(["Menu", "Sign in", "Most read", "Weather", "Share", "Print", ""])
    found = find_dateline(f"{text}\nWASHINGTON (Reuters) - {REST}")
    assert found is not None
    assert found.dateline.agency == "reuters"


def test_a_byline_before_the_place_is_not_the_place() -> None:
    found = find_dateline(f"By Ann Example NEW YORK (Reuters) - {REST}")
    assert found is not None
    assert found.dateline.place == "NEW YORK"
    assert found.start == 0
