"""Keys: which pairs of ids are taken."""

import numpy as np

from service.text.concepts.keys import KEYS_BY_CLASS, LEAST_WEIGHT, WINDOW, link_keys
from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts


def text(*ids: tuple[int, int, int], weight: float = 3.0) -> Concepts:
    """A text of ids given by kind, value and token."""
    return Concepts(
        ids=np.array([kind << 24 | value for kind, value, _ in ids], dtype=np.uint32),
        weights=np.full(len(ids), weight, dtype=np.float32),
        tokens=np.array([token for _, _, token in ids], dtype=np.int32),
        sentences=np.zeros(len(ids), dtype=np.int32),
        words=100,
    )


def test_a_pair_has_one_key_in_either_order_and_at_any_place() -> None:
    one = link_keys(text((NAME, 5, 0), (NUMBER, 7, 3)))
    other = link_keys(text((NUMBER, 7, 40), (NAME, 5, 60)))
    assert len(one) == 1
    assert one.tolist() == other.tolist()


def test_ids_too_far_apart_or_too_light_are_no_pair() -> None:
    far = ((NAME, 5, 0), (NUMBER, 7, WINDOW + 1))
    assert len(link_keys(text(*far))) == 0
    near = ((NAME, 5, 0), (NUMBER, 7, WINDOW))
    assert len(link_keys(text(*near))) == 1
    assert len(link_keys(text(*near, weight=LEAST_WEIGHT - 0.1))) == 0


def test_the_same_id_twice_is_no_pair() -> None:
    assert len(link_keys(text((NAME, 5, 0), (NAME, 5, 3)))) == 0


def test_the_most_durable_pairs_are_taken_however_many_words_there_are() -> None:
    facts = [(NUMBER, value, value) for value in range(6)]
    words = [(WORD, value, value % 20) for value in range(400)]
    alone = set(link_keys(text(*facts)).tolist())
    both = set(link_keys(text(*sorted([*facts, *words], key=lambda row: row[2]))).tolist())
    assert alone <= both
    assert len(both) <= sum(KEYS_BY_CLASS)


def test_no_text_has_no_keys() -> None:
    assert len(link_keys(text())) == 0
