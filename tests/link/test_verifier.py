"""The model of LINK."""

from dataclasses import replace

import pytest

from service.link.features import Shared, compare_concepts
from service.link.profile import Profile
from service.link.verifier import LINKED, NAMES, link_score, link_verifier
from service.text.hashing import common
from tests.fold.languages.pairs import Form
from tests.link.plain_ceiling import highest_score
from tests.link.texts import told


def score(one: str, other: str, form: Form = Form.STORY) -> float:
    left, right = told("ferry")[one], told("ferry", form)[other]
    keys = common(left.keys, right.keys)
    return link_score(compare_concepts(left.concepts, right.concepts, keys))


def test_the_model_is_of_these_features() -> None:
    assert link_verifier().features == NAMES


def test_a_translation_scores_higher_than_a_trap() -> None:
    assert score("es", "fr") >= LINKED > score("es", "fr", Form.OTHER)


def test_the_shorter_a_text_the_more_a_link_takes() -> None:
    left, right = told("ferry")["es"], told("ferry")["fr"]
    features = compare_concepts(left.concepts, right.concepts, common(left.keys, right.keys))
    scores = [link_score(replace(features, size=size)) for size in (149, 150, 167, 183, 200)]
    assert scores == sorted(set(scores))
    assert link_score(replace(features, size=3000)) == scores[-1]
    assert link_score(replace(features, size=80)) == scores[0]


def test_a_score_is_that_of_either_order() -> None:
    assert score("es", "ru") == score("ru", "es")


@pytest.mark.parametrize("form", [Form.STORY, Form.OTHER])
def test_no_alignment_gives_a_higher_score_than_is_told_without_it(form: Form) -> None:
    for one in told("ferry").values():
        for other in told("ferry", form).values():
            shared = Shared(Profile(one.concepts), Profile(other.concepts), 3)
            unaligned = shared.unaligned()
            highest = highest_score(unaligned)
            assert highest >= link_score(shared.aligned(unaligned))
            assert highest >= link_score(unaligned)
