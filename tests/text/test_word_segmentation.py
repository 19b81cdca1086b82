"""Word segmentation: text without spaces to words; a name has the same tokens in any context."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.rarity import zipf_table
from service.text.word_segmentation import word_segmenter
from tests.fold.languages.pairs import FOLDER

CHARACTERS = "的在省长记者立群贺梁台遗址中国政府機関室出火日本人の船长者"


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
    assert list(word_segmenter(language).words_in(text)) == words.split()


def test_an_unlisted_name_has_the_same_pairs_in_any_context() -> None:
    one = set(word_segmenter("zh").words_in("负责人贺立群说"))
    other = set(word_segmenter("zh").words_in("据贺立群介绍"))
    assert {"贺立", "立群"} <= one & other


@given(st.text(alphabet="的在省长记者立群贺梁台遗址アバ", min_size=1, max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert set("".join(word_segmenter("zh").words_in(text))) == set(text)


def cheapest(text: str, zipf: Mapping[str, float]) -> list[str]:
    """The best segmentation, by trying every word at every position."""
    costs, begins = [0.0] + [math.inf] * len(text), [0] * (len(text) + 1)
    for start in range(len(text)):
        for end in range(start + 1, min(start + 8, len(text)) + 1):
            known = zipf.get(text[start:end])
            if known is not None:
                cost = (
                    costs[start] + (9.0 - known) if end == start + 1 else costs[start] + 9 - known
                )
            else:
                cost = costs[start] + 8.0 if end == start + 1 else math.inf
            if cost < costs[end]:
                costs[end], begins[end] = cost, start
    words, end = [], len(text)
    while end:
        words.append(text[begins[end] : end])
        end = begins[end]
    return words[::-1]


@pytest.mark.parametrize("language", ["zh", "ja"])
@given(text=st.text(alphabet=CHARACTERS, max_size=40))
def test_the_segmentation_is_the_cheapest_of_all(language: str, text: str) -> None:
    assert word_segmenter(language)._best_cut(text) == cheapest(text, zipf_table(language))


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_real_sentences_have_the_cheapest_segmentation(language: str) -> None:
    sentences = (FOLDER / f"{language}.toml").read_text(encoding="utf-8").split("。")
    assert len(sentences) > 100
    for sentence in sentences:
        unspaced = "".join(c for c in sentence if not c.isascii())
        assert word_segmenter(language)._best_cut(unspaced) == cheapest(
            unspaced, zipf_table(language)
        )
