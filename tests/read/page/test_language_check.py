"""Languages that the identifier does not have, and the neighbours that they are taken for."""

import tomllib
from pathlib import Path

import pytest

from service.read.page.language import LANGUAGES, identify_language
from service.read.page.language_check import fits, is_in_script

SAMPLES: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "languages.toml").read_text(encoding="utf-8")
)
OTHERS, OWN = SAMPLES["others"], SAMPLES["own"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_that_is_not_identified_is_undetermined(language: str) -> None:
    assert language not in LANGUAGES
    assert identify_language(OTHERS[language]) == "und"
    assert identify_language(f"{OTHERS[language]} " * 8) == "und"


@pytest.mark.parametrize("language", OWN)
def test_its_neighbours_keep_their_language(language: str) -> None:
    assert identify_language(OWN[language]) == language


def test_short_texts_keep_what_they_are_taken_for() -> None:
    assert fits("Kedi bahçede uyuyor, köpek evde.", "tr")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("plain words", "en"),
        ("naïve Čapek", "cs"),
        ("Совет города, NATO", "ru"),
        ("日本のニュース NHK", "ja"),
        ("١٢٣ …", "ar"),
    ],
)
def test_the_script_of_most_letters_counts(text: str, language: str) -> None:
    assert is_in_script(text, language)


@pytest.mark.parametrize("language", ["sr", "bs", "kk", "ku"])
def test_some_languages_have_two_scripts(language: str) -> None:
    assert fits("Gradsko vijeće je saopštilo", language)


def test_a_script_that_is_not_the_languages_does_not_fit() -> None:
    assert not fits("ကောင်စီ က ကြေညာခဲ့သည်", "sr")
    assert not fits("Совет города сообщил", "ko")
