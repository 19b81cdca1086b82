"""The packed form of concepts: what it keeps, how long it is, and what it refuses."""

import base64
import random
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import service.text.concepts
from service.text.concepts.keys import LEAST_WEIGHT
from service.text.concepts.lexicon import FILE, lexicon
from service.text.concepts.packed import (
    MOST_BYTES,
    MOST_CHARACTERS,
    VERSION,
    pack_concepts,
    unpack_concepts,
    unpack_together,
)
from service.text.concepts.stream import MAX_IDS, NAME, NUMBER, WORD, Concepts, concepts

LEXICON_OF_VERSION = "3f341f424d2363d0"

TEXTS = {
    "en": "On 14 April, President Tobias Renfield closed 312 schools in Moscow. Kalogeros waits.",
    "de": "Am 14. April 2025 schloss Präsident Renfield 1.312 Schulen in Moskau. Kalogeros wartet.",
    "ja": "反対。レンフィールド大統領は4月14日、モスクワの学校312校を閉鎖した。",
    "ar": "في 14 أبريل أغلق الرئيس رينفيلد 312 مدرسة في موسكو. واعترض كالوجيروس.",
    "ko": "4월 14일 렌필드 대통령은 모스크바의 학교 312곳을 폐쇄했다. 칼로게로스는 반대했다.",
}


def text_of(ids: list[int], weight: float = 3.8, apart: int = 2) -> Concepts:
    """A text with an id at every second token, and ten in a sentence."""
    return Concepts(
        ids=np.array(ids, dtype=np.uint32),
        weights=np.full(len(ids), weight, dtype=np.float32),
        tokens=np.arange(len(ids), dtype=np.int32) * apart,
        sentences=np.arange(len(ids), dtype=np.int32) // 10,
        words=len(ids) * apart,
    )


def assert_same(one: Concepts, other: Concepts) -> None:
    for name in ("ids", "tokens", "sentences", "weights"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
        assert getattr(one, name).dtype == getattr(other, name).dtype, name
    assert one.words == other.words


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_all_ids_come_back_with_their_places(language: str) -> None:
    text = concepts(TEXTS[language] * 2, language)
    assert {len(text.ids), len(text.weights), len(text.tokens)} == {len(text.sentences)}
    assert set(text.kinds.tolist()) == {WORD, NAME, NUMBER}
    back = unpack_concepts(pack_concepts(text))
    assert back.ids.dtype == text.ids.dtype
    assert back.ids.tolist() == text.ids.tolist()
    assert back.tokens.tolist() == text.tokens.tolist()
    assert back.sentences.tolist() == text.sentences.tolist()
    assert back.words == text.words
    facts = text.kinds != WORD
    assert back.weights[facts] == pytest.approx(text.weights[facts], abs=0.005)
    assert back.weights == pytest.approx(text.weights, abs=0.65)
    assert ((back.weights >= LEAST_WEIGHT) == (text.weights >= LEAST_WEIGHT)).all()


def test_an_id_has_the_weight_of_where_it_stands_first() -> None:
    text = replace(text_of([7, 7]), weights=np.array([1.9, 3.8], dtype=np.float32))
    assert unpack_concepts(pack_concepts(text)).weights == pytest.approx([1.9, 1.9])


def test_sentences_without_ids_are_not_counted() -> None:
    text = replace(text_of([7, 8, 9]), sentences=np.array([3, 3, 6], dtype=np.int32))
    assert unpack_concepts(pack_concepts(text)).sentences.tolist() == [0, 0, 1]


def test_an_empty_text_is_packed() -> None:
    text = concepts("", "en")
    assert_same(unpack_concepts(pack_concepts(text)), text)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_form_does_not_depend_on_what_was_lost_before(language: str) -> None:
    packed = pack_concepts(concepts(TEXTS[language] * 40, language))
    assert pack_concepts(unpack_concepts(packed)) == packed


def test_the_bytes_are_read_as_the_base64_is() -> None:
    packed = pack_concepts(concepts(TEXTS["en"], "en"))
    assert_same(unpack_concepts(base64.b64decode(packed)), unpack_concepts(packed))


def test_texts_unpacked_together_are_as_alone() -> None:
    texts = [concepts(text * times, code) for code, text in TEXTS.items() for times in (0, 1, 30)]
    texts.append(text_of([NAME << 24 | number for number in range(90)], apart=100))
    packed = [base64.b64decode(pack_concepts(text)) for text in texts]
    for alone, together in zip(packed, unpack_together(packed), strict=True):
        assert_same(unpack_concepts(alone), together)
    assert unpack_together([]) == []
    with pytest.raises(ValueError, match="another length"):
        unpack_together([*packed, packed[1] + b"x"])


def test_of_a_long_text_the_lightest_words_are_left_out() -> None:
    draw = random.Random(1)
    names = [NAME << 24 | draw.randrange(1 << 12, 1 << 21) for _ in range(40)]
    ids = [*names, *range(400)]
    draw.shuffle(ids)
    weights = np.array([1.0 if own < 200 else 3.8 for own in ids], dtype=np.float32)
    packed = pack_concepts(replace(text_of(ids), weights=weights))
    assert MOST_CHARACTERS - 20 <= len(packed) <= MOST_CHARACTERS
    kept = set(unpack_concepts(packed).ids.tolist())
    assert kept >= set(names)
    words = kept - set(names)
    assert len(words) > 150
    assert min(words) >= 200
    # What is kept of another text with the same words is the same.
    draw.shuffle(ids)
    weights = np.array([1.0 if own < 200 else 3.8 for own in ids], dtype=np.float32)
    again = unpack_concepts(pack_concepts(replace(text_of(ids), weights=weights)))
    assert len(kept ^ set(again.ids.tolist())) <= 3


@pytest.mark.parametrize(
    "ids",
    [
        [NUMBER << 24 | value for value in range(MAX_IDS)],
        [NAME << 24 | 0o111 + value for value in range(MAX_IDS)],
        [5] * MAX_IDS,
        list(range(32768 - MAX_IDS, 32768)),
    ],
)
@pytest.mark.parametrize("apart", [0, 1, 7, 1000])
def test_it_is_never_too_long(ids: list[int], apart: int) -> None:
    packed = pack_concepts(text_of(ids, 3.3, apart))
    assert len(packed) <= MOST_CHARACTERS
    unpack_concepts(packed)


streams = st.lists(
    st.tuples(
        st.one_of(
            st.integers(0, 400),
            st.integers(NAME << 24 | 0o111, (NAME << 24) + (1 << 21) - 1),
            st.integers(NUMBER << 24, (NUMBER << 24) + (1 << 24) - 1),
        ),
        st.floats(0.25, 4.0, width=32),
        st.integers(0, 300),
        st.integers(0, 2),
    ),
    max_size=60,
)


@given(streams, st.integers(0, 1 << 20), st.integers(1, 25))
@settings(max_examples=50, deadline=None)
def test_whatever_there_is_comes_back_or_is_left_out(
    stream: list[tuple[int, float, int, int]], words: int, times: int
) -> None:
    stream *= times
    text = Concepts(
        ids=np.array([own for own, *_ in stream], dtype=np.uint32),
        weights=np.array([weight for _, weight, *_ in stream], dtype=np.float32),
        tokens=np.array([gap for _, _, gap, _ in stream], dtype=np.int32).cumsum(dtype=np.int32),
        sentences=np.array([step for *_, step in stream], dtype=np.int32).cumsum(dtype=np.int32),
        words=words,
    )
    packed = pack_concepts(text)
    assert len(packed) <= MOST_CHARACTERS
    back = unpack_concepts(packed)
    assert set(back.ids.tolist()) <= set(text.ids.tolist())
    assert pack_concepts(back) == packed
    if 3 * len(text) + 4 * len(set(text.ids.tolist())) < MOST_BYTES - 5:
        assert back.ids.tolist() == text.ids.tolist()


GOOD = base64.b64decode(pack_concepts(concepts(TEXTS["en"] * 3, "en")))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        GOOD[:4],
        bytes((VERSION + 1,)) + GOOD[1:],
        GOOD[:-1],
        GOOD + b"\0",
        GOOD[:-1] + b"\xff\xff",
        GOOD[:3] + b"\xff\xff" + GOOD[5:],
        GOOD[:5] + b"\xc0" + GOOD[6:],
        GOOD[:-1] + b"\xff",
        GOOD[:3] + b"\0\0" + GOOD[5:],
        bytes((VERSION,)) + bytes(MOST_BYTES),
        "no base64!",
        "ä",
        "AQ" * MOST_CHARACTERS,
    ],
)
def test_damage_is_an_error(damaged: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 base64 has words of its own
        unpack_concepts(damaged)


@given(st.binary(max_size=MOST_BYTES - 1))
@settings(max_examples=200, deadline=None)
def test_foreign_bytes_are_an_error_or_concepts(body: bytes) -> None:
    try:
        text = unpack_concepts(bytes((VERSION,)) + body)
    except ValueError:
        return
    assert len(text) <= MAX_IDS
    pack_concepts(text)


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_byte_is_an_error_or_concepts(seed: int) -> None:
    draw = random.Random(seed)
    changed = bytearray(GOOD)
    changed[draw.randrange(len(changed))] ^= draw.randrange(1, 256)
    try:
        text = unpack_concepts(bytes(changed))
    except ValueError:
        return
    assert len(text.weights) == len(text.ids) == len(text.tokens) == len(text.sentences)


def test_a_new_lexicon_has_a_new_version() -> None:
    """Ids are places in the lexicon. If this fails, count `packed.VERSION` up."""
    packed = files(service.text.concepts).joinpath(FILE).read_bytes()
    assert (VERSION, sha256(packed).hexdigest()[:16]) == (1, LEXICON_OF_VERSION)
    assert len(lexicon().concepts) <= 1 << 15
