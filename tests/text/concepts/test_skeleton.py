"""Consonants of names, across scripts and transcriptions."""

import pytest

from service.text.concepts.skeleton import skeleton


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("Nicolson", ("Николсон", "ニコルソン")),
        ("Ferguson", ("Фергюсон", "ファーガソン")),
        ("Kalogeros", ("Καλόγερος", "Kalogéros", "KALOGEROS")),
        ("Donnelly", ("Доннелли", "ドネリー", "Доннеллі")),
        ("London", ("Лондон", "ロンドン")),
    ],
)
def test_a_name_has_one_skeleton_in_several_scripts(one: str, others: tuple[str, ...]) -> None:
    found = [skeleton(other) for other in others]
    assert found == [skeleton(one)] * len(found)
    assert skeleton(one)


def test_other_names_have_others() -> None:
    names = ("Nicholls", "Ferguson", "Kalogeros", "Donnelly", "Macmillan", "Zelensky", "Santos")
    assert len({skeleton(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["Li", "Iran", "Oh", "", "7", "…"])
def test_few_consonants_are_none(name: str) -> None:
    assert skeleton(name) == 0


def test_a_long_name_is_cut() -> None:
    assert skeleton("Konstantinopolis") == skeleton("Konstantinopolitan")
    assert skeleton("Konstantinopolis").bit_length() <= 21
