"""Unspaced text is cut into words, and a name is found again in any surroundings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.story.segment import cutter


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "港口附近的渡轮起火", "港口 附近 的 渡轮 起火"),
        ("zh", "省长对记者说", "省长 对 记者 说"),
        ("ja", "機関室から出火した", "機関 室 から 出火 し た"),
        ("ja", "アギアバルバラの船長", "アギアバルバラ の 船長"),
    ],
)
def test_words_are_found(language: str, text: str, words: str) -> None:
    assert list(cutter(language).words_in(text)) == words.split()


def test_an_unknown_name_leaves_the_same_pairs_anywhere() -> None:
    one = set(cutter("zh").words_in("负责人贺立群说"))
    other = set(cutter("zh").words_in("据贺立群介绍"))
    assert {"贺立", "立群"} <= one & other


@given(st.text(alphabet="的在省长记者立群贺梁台遗址アバ", min_size=1, max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert set("".join(cutter("zh").words_in(text))) == set(text)
