"""Signatures: when texts have equal ones or share keys."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.extracted import Signature
from service.fold.verify.text_record import unpack
from service.link.guards import LEAST_WORDS
from service.text.concepts.packed import pack_concepts
from service.text.concepts.stream import concepts
from service.text.signature import LEAST_LINKED_WORDS, RARE_PAIR_KEYS, SHINGLE_KEYS, sign
from tests.fold.articles import text_of

WORDS = ("Oslo", "ferry", "burned", "12", "nine", "Vega", "novelist", "the", "of", "1,540", "jobs")
words = st.lists(st.sampled_from(WORDS), max_size=80)


@given(words)
def test_case_quotes_and_white_space_do_not_matter(text: list[str]) -> None:
    plain = " ".join(text)
    dressed = "“" + " \n".join(text).upper() + "”"
    assert sign(plain, "en").exact == sign(dressed, "en").exact


@given(words, words)
def test_other_words_have_another_hash(one: list[str], other: list[str]) -> None:
    same = [w.casefold() for w in one] == [w.casefold() for w in other]
    assert (sign(" ".join(one), "en").exact == sign(" ".join(other), "en").exact) == same


@given(st.text(max_size=400), st.sampled_from(["en", "de", "ja", "und", "xx"]))
def test_keys_are_distinct_ascending_and_bounded(text: str, language: str) -> None:
    signature = sign(text, language)
    for keys, most in (
        (signature.rare_pairs, RARE_PAIR_KEYS),
        (signature.shingles, SHINGLE_KEYS),
    ):
        assert list(keys) == sorted(set(keys))
        assert len(keys) <= most
        assert all(0 <= key < 2**64 for key in keys)
    assert len(unpack(signature.record)) == signature.words


@given(words)
def test_a_signature_survives_its_json(text: list[str]) -> None:
    signature = sign(" ".join(text), "en")
    assert Signature.model_validate_json(signature.model_dump_json()) == signature


def common(one: Signature, other: Signature) -> tuple[int, int]:
    pairs = set(one.rare_pairs) & set(other.rare_pairs)
    return len(pairs), len(set(one.shingles) & set(other.shingles))


@pytest.mark.parametrize("story", ["ferry-ap", "furnace", "hoard", "bridge", "cheese", "fires"])
def test_a_trimmed_copy_shares_keys(story: str) -> None:
    language = {"bridge": "de", "cheese": "fr", "fires": "es"}.get(story, "en")
    signatures = sign(text_of(story), language), sign(text_of(story, "trimmed"), language)
    pairs, shingles = common(*signatures)
    assert pairs >= 10
    assert shingles >= 5


def test_rewording_leaves_rare_pairs_where_no_shingle_is_left() -> None:
    pairs, shingles = common(
        sign(text_of("ferry-ap"), "en"), sign(text_of("ferry-ap", "spun"), "en")
    )
    assert pairs >= 10
    assert shingles <= 1


def test_the_seed_page_shares_keys_with_its_original_only(shared_data: Path) -> None:
    spun, original, other = (
        sign((shared_data / "seed" / f"{name}.txt").read_text(), "en")
        for name in ("spun", "original", "other_agency")
    )
    assert common(spun, original)[0] >= 20
    assert common(spun, other)[0] <= 5
    assert common(original, other)[0] <= 5


STORY = {"en": "ferry-ap", "de": "bridge", "fr": "cheese", "es": "fires"}


@pytest.mark.parametrize("language", sorted(STORY))
def test_concepts_are_those_of_the_text_and_change_nothing_else(language: str) -> None:
    text = text_of(STORY[language])
    signature = sign(text, language, with_concepts=True)
    assert signature.concepts == pack_concepts(concepts(text, language))
    assert signature.model_copy(update={"concepts": None}) == sign(text, language)


def test_a_text_too_short_to_be_linked_has_no_concepts() -> None:
    assert LEAST_LINKED_WORDS == LEAST_WORDS
    short = "Moscow " * (LEAST_WORDS - 1)
    assert sign(short, "en", with_concepts=True).concepts is None
    assert sign(short + "schools", "en", with_concepts=True).concepts is not None
    assert sign("", "ja", with_concepts=True).concepts is None
