"""Invisible characters in words, and the joiners that scripts need."""

import pytest

from service.text.invisible import visible


@pytest.mark.parametrize(
    "character",
    ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\u2063", "\ufeff", "\u034f"],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_invisible_characters_are_dropped_from_words(character: str) -> None:
    assert visible(f"har{character}bour br{character}idge") == "harbour bridge"


@pytest.mark.parametrize(
    "text",
    [
        "\u200fالقاهرة (\u200eرويترز\u200e) -",
        "\u202bالقاهرة (رويترز) -\u202c",
        "\u2067القاهرة (رويترز) -\u2069",
        "\u061cالقاهرة (رويترز) -",
    ],
)
def test_direction_marks_around_an_agency_are_dropped(text: str) -> None:
    assert visible(text) == "القاهرة (رويترز) -"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: the prefix is not joined to the verb
        "क्\u200dष",  # Hindi: a half form
        "ක්\u200dරම",  # Sinhala: a conjunct
        "👩\u200d🚒",  # a firefighter, made of two
        "❤\ufe0f\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England
    ],
)
def test_joiners_stay_where_the_script_needs_them(text: str) -> None:
    assert visible(text) == text


def test_joiners_are_dropped_at_the_edge_of_a_word() -> None:
    assert visible("می\u200c خواهم\u200d.") == "می خواهم."


def test_letters_are_composed() -> None:
    assert visible("Age\u0302ncia Lusa, Zu\u0308rich") == "Agência Lusa, Zürich"
    assert visible("か\u3099") == "が"
    assert visible("\u1112\u1161\u11ab") == "한"


def test_what_is_visible_stays() -> None:
    text = "Café “Zürich” – 3\u00a0% … 京都 Ελλάδα\tx\n"
    assert visible(text) == text
