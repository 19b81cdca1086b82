"""An article's query: texts ruled out, and stories scored."""

from collections.abc import Sequence

from service.contract.story import OriginalOfStory, Relation
from service.fold.assign.query import Reach, StoryQuery
from service.fold.candidates.candidate import Candidates
from service.fold.state.story import Representative, StoryState
from service.fold.verify.text_record import TextRecord, packed_bytes, unpack_bytes
from service.text.signature import sign
from tests.fold.articles import text_of

NEAR = Reach(seen=0.0, span=1.0, uri="urn:new", language="en")


class Texts:
    """Stored texts by number; `unpacked` are the numbers of those that were unpacked here."""

    def __init__(self, *records: bytes) -> None:
        self._records = records
        self.kept: dict[int, TextRecord] = {}
        self.unpacked: list[int] = []

    def text(self, number: int) -> TextRecord:
        if number not in self.kept:
            self.unpacked.append(number)
            self.kept[number] = unpack_bytes(self._records[number])
        return self.kept[number]

    def __contains__(self, number: int) -> bool:
        return number in self.kept

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        return [self._records[number] for number in numbers]

    def keep(self, number: int, text: TextRecord) -> None:
        self.kept[number] = text


def record(variant: str, event: str = "ferry-ap") -> bytes:
    return packed_bytes(sign(text_of(event, variant), "en").record)


def story(*numbers: int) -> StoryState:
    """A story of articles; the first is its original."""
    made = StoryState(
        id="urn:copydesk:story:" + "0" * 32,
        language="en",
        agency=None,
        headline="",
        original=OriginalOfStory(uri=f"urn:{numbers[0]}", host="a.example", why="earliest_seen"),
        first_seen=None,
        last_seen=None,
        latest=0.0,
    )
    made.representatives = [
        Representative(f"urn:{number}", number, 0.0, Relation.EDITED, str(number), 300)
        for number in numbers
    ]
    return made


def test_a_text_that_is_the_same_word_for_word_is_not_unpacked_again() -> None:
    texts = Texts(record("original"), record("spun"))
    query = StoryQuery(record("original"), (), texts)
    assert query.rule_out([0, 1]) == [False, False]
    fit = query.score(story(0, 1), Candidates(), NEAR)
    assert {link.representative.number for link in fit.links} == {0, 1}
    assert texts.kept[0] is query.text
    assert texts.kept[1] is not query.text
    assert texts.unpacked == [1]


def test_a_text_that_is_unpacked_is_not_unpacked_again() -> None:
    texts = Texts(record("original"))
    unpacked = texts.text(0)
    fit = StoryQuery(record("original"), (), texts).score(story(0), Candidates(), NEAR)
    assert fit.score > 0.9
    assert texts.kept[0] is unpacked


def test_a_text_that_cannot_be_a_copy_is_ruled_out_and_not_unpacked() -> None:
    texts = Texts(record("original"), record("original", event="dam"))
    query = StoryQuery(record("original"), (), texts)
    assert query.rule_out([1, 0]) == [True, False]
    fit = query.score(story(1), Candidates(), NEAR)
    assert (fit.score, fit.links) == (0.0, ())
    assert texts.unpacked == []


def test_a_verdict_that_was_set_is_not_computed_again() -> None:
    texts = Texts(record("original"))
    query = StoryQuery(record("original"), (), texts)
    query.set_verdict(0, record("original"), is_near=False)
    assert query.rule_out([0]) == [True]


def test_no_text_is_ruled_out_for_a_notice() -> None:
    texts = Texts(record("original", event="dam"))
    assert StoryQuery(record("original"), (), texts, quick=False).rule_out([0]) == [False]
