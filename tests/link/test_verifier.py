"""The model of LINK."""

from service.link.features import compare_concepts
from service.link.verifier import LINKED, NAMES, link_score, link_verifier
from service.text.hashing import common
from tests.fold.languages.pairs import Form
from tests.link.texts import told


def score(one: str, other: str, form: Form = Form.STORY) -> float:
    left, right = told("ferry")[one], told("ferry", form)[other]
    keys = common(left.keys, right.keys)
    return link_score(compare_concepts(left.concepts, right.concepts, keys))


def test_the_model_is_of_these_features() -> None:
    assert link_verifier().features == NAMES


def test_a_translation_scores_higher_than_a_trap() -> None:
    assert score("es", "fr") >= LINKED > score("es", "fr", Form.OTHER)


def test_a_score_is_that_of_either_order() -> None:
    assert score("es", "ru") == score("ru", "es")
