"""What is said of a story with several translations: which of them it is a translation of."""

from service.contract.translations import TranslationEvidence
from service.link.held import Pair
from service.link.statement import statement
from tests.link.records import story

EVIDENCE = TranslationEvidence(
    common_numbers=3, common_names=4, common_words=9, sentences=0.9, length_ratio=0.8
)
AT = "2026-03-01T{}:00:00+00:00"
FIRST, SECOND, THIRD = (
    story("ferry", language, published=AT.format(hour), seen=AT.format(hour))
    for language, hour in (("fr", "09"), ("es", "10"), ("pt", "11"))
)
HIGH, LOW = Pair(0.99, EVIDENCE), Pair(0.7, EVIDENCE)


def test_a_text_that_was_translated_twice_has_one_original() -> None:
    for others in ([(SECOND, HIGH), (FIRST, LOW)], [(FIRST, HIGH), (SECOND, LOW)]):
        said = statement(THIRD, others)
        assert (said.translation_of, said.why) == (FIRST.story, "time")
    assert statement(SECOND, [(THIRD, HIGH), (FIRST, LOW)]).translation_of == FIRST.story
    assert statement(FIRST, [(SECOND, HIGH), (THIRD, LOW)]).translation_of is None


def test_the_most_decisive_reason_counts_before_who_came_first() -> None:
    named = THIRD.model_copy(update={"names": (SECOND.uri,)})
    said = statement(named, [(FIRST, HIGH), (SECOND, LOW)])
    assert (said.translation_of, said.why) == (SECOND.story, "named")
