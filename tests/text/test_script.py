"""Normalising scripts: texts that differ only by keyboard or house style become equal."""

import pytest

from service.text.script import plain_script


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "٣٥٠٠ خيمة", "3500 خيمة"),
        ("ar", "٥٫٩", "5.9"),
        ("ar", "عُمّان", "عمان"),
        ("ar", "إبراهيم الأردنية", "ابراهيم الاردنية"),
        ("ar", "الخصاونة", "الخصاونه"),
        ("ar", "العـــراق", "العراق"),
        ("zh", "陝西梁台遺址", "陕西梁台遗址"),
        ("zh", "３５００顶", "3500顶"),
        ("zh", "三千五百頂", "3500顶"),
        ("ja", "ヴァシラキ", "バシラキ"),
        ("ja", "ﾃﾝﾏ２", "テンマ2"),
        ("ru", "14 000 одеял", "14000 одеял"),
    ],
)
def test_variants_are_one(language: str, one: str, other: str) -> None:
    assert plain_script(one, language) == plain_script(other, language)


def test_japanese_keeps_its_own_characters() -> None:
    assert plain_script("亀山市の駅", "ja") == "亀山市の駅"


@pytest.mark.parametrize("text", ["A plain text of 1987.", "in 2019 300 people"])
def test_english_stays_as_it_is(text: str) -> None:
    assert plain_script(text, "en") == text
