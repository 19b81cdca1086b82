"""What LINK says of a story."""

from service.contract.translations import TranslationEvidence
from service.link.held import Pair
from service.link.statement import statement
from tests.link.records import story

PAIR = Pair(
    0.9,
    TranslationEvidence(
        common_numbers=1,
        common_names=1,
        common_words=1,
        numbers=None,
        names=None,
        words=None,
        sentences=0.5,
        order=None,
        length_ratio=1.0,
    ),
)


def test_the_original_of_all_is_named_though_a_translation_of_it_is_more_alike() -> None:
    first, second, third = (
        story("ferry", language, published=moment, seen=moment)
        for language, moment in (
            ("fr", "2026-03-01T08:00:00+00:00"),
            ("es", "2026-03-01T10:00:00+00:00"),
            ("de", "2026-03-01T12:00:00+00:00"),
        )
    )
    said = statement(third, [(second, PAIR), (first, PAIR)])
    assert (said.translation_of, said.why) == (first.story, "time")
    assert statement(second, [(third, PAIR), (first, PAIR)]).translation_of == first.story
    assert statement(first, [(third, PAIR), (second, PAIR)]).translation_of is None
