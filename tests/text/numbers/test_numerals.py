"""Normalising numbers in digits."""

import pytest

from service.text.numbers.numerals import join_groups, normalise_number


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("7", "7"),
        ("1,540", "1540"),
        ("1.540", "1540"),
        ("1 540", "1540"),
        ("2,140,000", "2140000"),
        ("3.5", "3.5"),
        ("3,5", "3.5"),
        ("1,54", "1.54"),
        ("2026", "2026"),
        ("2,60", "2.6"),
        ("0.125", "0.125"),
        ("15.0", "15"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_groups_are_joined_and_decimals_have_a_point(printed: str, folded: str) -> None:
    assert normalise_number(printed) == folded


@pytest.mark.parametrize(
    ("printed", "language", "joined"),
    [
        ("1\u00a0240 viviendas", "de", "1240 viviendas"),
        ("1\u202f240\u202f000 €", "en", "1240000 €"),
        ("7 300 tonnes", "fr", "7300 tonnes"),
        ("7 300 tons", "en", "7 300 tons"),
        ("en 2020 300 personas", "es", "en 2020 300 personas"),
        ("à 7 h 25, à 7h25", "fr", "à 7:25, à 7:25"),
        ("um 7.25 Uhr", "de", "um 7:25 Uhr"),
        ("alle 7.25 e il 7.25", "it", "alle 7:25 e il 7.25"),
    ],
)
def test_spaces_inside_numbers_are_removed_and_hours_separated_from_minutes(
    printed: str, language: str, joined: str
) -> None:
    assert join_groups(printed, language) == joined
