"""Which of a story's texts count, and what they come to."""

import pytest

from service.contract.story import Relation
from service.fold.assign.scoring import Link
from service.fold.assign.witnesses import Witnesses
from service.fold.state.story import Representative
from service.fold.verify.features import compare
from service.fold.verify.text_record import TextRecord, packed_bytes, unpack_bytes
from service.fold.verify.verifier import score
from service.text.signature import sign
from tests.fold.articles import text_of


def record(*stories: str) -> TextRecord:
    text = "\n\n".join(map(text_of, stories))
    return unpack_bytes(packed_bytes(sign(text, "en").record))


TEXTS = {
    0: record("ferry-ap"),
    1: record("dam"),
    2: record("ferry-ap", "dam", "syrup"),
    3: record("syrup", "ferry-ap", "tin"),
}
FERRY, DAM, ROUNDUP, OTHER_ROUNDUP = TEXTS


def representative(number: int, part_of: int | None = None) -> Representative:
    whole = None if part_of is None else f"urn:{part_of}"
    words = len(TEXTS[number])
    return Representative(f"urn:{number}", number, 0.0, Relation.EDITED, str(number), words, whole)


def link(text: TextRecord, number: int) -> Link:
    features = compare(text, TEXTS[number])
    return Link(representative(number), features, score(features))


def witnesses(text: TextRecord, *numbers: int) -> Witnesses:
    """Of a text, after it was compared with these."""
    made = Witnesses(text, TEXTS.__getitem__)
    for number in numbers:
        made.add(link(text, number))
    return made


def test_the_best_three_count_and_a_strong_one_is_enough() -> None:
    ferry = witnesses(record("ferry-ap"), ROUNDUP, DAM)
    assert ferry.total(3) == pytest.approx(sum(ferry.scores.values()) / 2)
    assert ferry.total(1) == max(ferry.scores.values())
    assert witnesses(record("ferry-ap"), DAM, FERRY).total(3) == 1.0
    assert Witnesses(TEXTS[0], TEXTS.__getitem__).total(3) == 0.0


def test_two_that_are_no_copies_are_enough() -> None:
    assert not witnesses(record("tin"), FERRY).are_enough
    assert witnesses(record("tin"), FERRY, DAM).are_enough


def test_a_roundup_of_the_article_and_a_stranger_is_dropped() -> None:
    ferry = witnesses(record("ferry-ap"), ROUNDUP)
    every = [representative(ROUNDUP), representative(DAM, part_of=ROUNDUP)]
    assert ferry.total(3) > 0.8
    ferry.drop_roundups(every[:1])
    assert ferry.total(3) > 0.8
    ferry.drop_roundups(every)
    assert (ferry.links, ferry.scores, ferry.total(3)) == ([], {}, 0.0)


def test_a_roundup_is_dropped_for_a_part_of_another() -> None:
    dam = witnesses(record("dam"), ROUNDUP)
    dam.drop_roundups([representative(ROUNDUP), representative(FERRY, part_of=OTHER_ROUNDUP)])
    assert dam.total(3) == 0.0


def test_the_articles_own_earlier_version_is_never_dropped() -> None:
    ferry = witnesses(record("ferry-ap"), ROUNDUP)
    ferry.drop_roundups([representative(DAM, part_of=ROUNDUP)])
    assert ferry.total(3) > 0.8


def test_a_part_that_the_article_copies_counts_in_place_of_the_whole() -> None:
    """A text of other words is unlike the whole, which is three times as long."""
    spun = unpack_bytes(packed_bytes(sign(text_of("ferry-ap", "spun"), "en").record))
    made = witnesses(spun)
    made.links.append(link(spun, ROUNDUP))
    made.scores[ROUNDUP] = 0.1
    whole, part = representative(ROUNDUP), representative(FERRY, part_of=ROUNDUP)
    assert made.parts_missing([whole], [whole, part]) == [part]
    made.add_part(Link(part, compare(spun, TEXTS[FERRY]), 0.9))
    made.count_parts([whole])
    assert made.scores == {FERRY: 0.9}
    assert [each.representative for each in made.links] == [whole, part]
