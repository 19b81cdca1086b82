"""The verdict on pairs of texts, where it must be right."""

from pathlib import Path

import pytest

from service.story.compare import SHORT_WORDS, compare
from service.story.judge import LINK, score
from service.story.record import unpack
from service.story.sign import sign
from tests.story.articles import told


def judged(a: str, b: str, language: str = "en") -> float:
    return score(compare(*(unpack(sign(text, language).record) for text in (a, b))))


@pytest.mark.parametrize(
    ("story", "variant", "language"),
    [
        ("ferry-ap", "trimmed", "en"),
        ("ferry-ap", "spun", "en"),
        ("ferry-ap", "local", "en"),
        ("ferry-ap", "update", "en"),
        ("furnace", "spun", "en"),
        ("lander-kyodo", "spun-2", "en"),
        ("miners", "spun-1", "en"),
        ("miners", "spun-2", "en"),
        ("hoard", "spun", "en"),
        ("tin", "spun", "en"),
        ("cheese", "spun", "fr"),
        ("bridge", "spun", "de"),
        ("fires", "spun", "es"),
    ],
)
def test_copies_are_linked(story: str, variant: str, language: str) -> None:
    assert judged(told(story), told(story, variant), language) >= LINK


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ferry-ap", "ferry-reuters"),
        ("lander-kyodo", "lander-xinhua"),
        ("results-corvane", "results-pellwright"),
        ("quake-lone-mesa", "quake-port-soledad"),
        ("furnace", "tin"),
    ],
)
def test_other_stories_are_not(one: str, other: str) -> None:
    assert judged(told(one), told(other)) < 0.3


def test_the_seed_page(shared_data: Path) -> None:
    spun, original, other = (
        (shared_data / "seed" / f"{name}.txt").read_text()
        for name in ("spun", "original", "other_agency")
    )
    assert judged(spun, original) >= LINK
    assert judged(spun, other) < 0.3
    assert judged(original, other) < 0.3


def test_short_texts_need_half_their_words_in_common() -> None:
    lead, *_ = told("ferry-ap").split("\n\n")
    assert len(lead.split()) < SHORT_WORDS
    assert judged(lead, told("ferry-ap")) >= LINK
    assert judged(lead, told("ferry-ap", "spun")) == 0


def test_nothing_is_no_copy() -> None:
    assert judged("", told("ferry-ap")) == judged("", "") == 0
