"""Which texts have wording of their own, and which tell another story too."""

from dataclasses import replace

import numpy as np
import pytest

from service.fold.verify.features import Features, compare
from service.fold.verify.rewrite import facts_lacking, is_rewrite, longest_run, tells_another_story
from service.fold.verify.text_record import TextRecord, unpack
from service.text.signature import sign
from tests.fold.articles import text_of
from tests.fold.assign.test_rewrites import CANAL, MUSEUM, ROUNDUP


def read(text: str) -> TextRecord:
    return unpack(sign(text, "en").record)


def features(text: str, other: str) -> Features:
    return compare(read(text), read(other))


@pytest.mark.parametrize("name", ["rewritten", "rewritten_again", "filler"])
def test_a_rewrite_has_wording_of_its_own(name: str) -> None:
    assert is_rewrite(features(CANAL["text"], CANAL[name]), "en", "en-GB")


@pytest.mark.parametrize("variant", ["original", "trimmed", "spun"])
def test_a_text_with_the_wording_of_another_is_no_rewrite(variant: str) -> None:
    assert not is_rewrite(features(text_of("ferry-ap"), text_of("ferry-ap", variant)), "en", "en")


def test_what_is_not_known_is_no_rewrite() -> None:
    found = features(CANAL["text"], CANAL["rewritten"])
    assert not is_rewrite(found, "en", "de")
    assert not is_rewrite(found, "hr", "sr")
    assert not is_rewrite(found, "und", "und")
    far = replace(found, containment=0.0, anchors=0.0)  # not near, so 3-grams are not counted
    assert not is_rewrite(replace(far, threes=0.0), "en", "en")


def test_a_rewrite_lacks_a_fact_here_and_there_and_a_roundup_many_in_a_row() -> None:
    source, roundup = read(CANAL["text"]), read(ROUNDUP)
    for name in ("rewritten", "rewritten_again", "filler"):
        rewrite = read(CANAL[name])
        assert longest_run(facts_lacking(rewrite, source)) <= 3
        assert not tells_another_story(rewrite, source)
    assert longest_run(facts_lacking(roundup, source)) >= 8
    assert tells_another_story(roundup, source)
    assert tells_another_story(source, roundup)


def test_facts_are_in_the_order_of_their_first_mention() -> None:
    text = read("In Oslo 1871 people met. Later 2953 came to Bergen, and 2953 left Oslo.")
    other = read("There were 1871 people in Oslo, and more came later.")
    assert facts_lacking(text, other).tolist() == [False, False, True, True]
    assert not facts_lacking(text, text).any()
    assert facts_lacking(text, read("")).tolist() == [True] * 4
    assert facts_lacking(read(""), text).tolist() == []


def test_the_longest_run() -> None:
    assert longest_run(np.array([], dtype=bool)) == 0
    assert longest_run(np.array([False, False])) == 0
    assert longest_run(np.array([True, False, True, True, True, False])) == 3
    assert longest_run(np.array([True, True])) == 2


def test_a_brief_stops_before_the_end_of_its_source() -> None:
    long = read(CANAL["text"] + "\n\n" + MUSEUM + "\n\n" + text_of("furnace"))
    brief = read(" ".join(CANAL["rewritten"].split()[:100]))
    assert longest_run(facts_lacking(long, brief)) >= 8
    assert not tells_another_story(long, brief)


def test_a_text_that_keeps_all_facts_of_the_other_goes_on_from_it() -> None:
    both = read(CANAL["rewritten"] + "\n\n" + MUSEUM)
    assert longest_run(facts_lacking(both, read(CANAL["text"]))) >= 8
    assert not tells_another_story(both, read(CANAL["text"]))
