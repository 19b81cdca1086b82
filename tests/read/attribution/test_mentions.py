"""A mention is not a signature, wherever in a text it stands."""

import pytest

from service.read.attribution import attribute
from tests.eval.eval_wire import mentions, score_mentions
from tests.read.attribution.articles import article


def test_there_are_many_mentions() -> None:
    sentences = mentions()
    assert len(sentences) >= 300
    assert len(set(sentences)) == len(sentences)


def test_no_mention_in_a_text_is_taken_for_a_signature() -> None:
    _, wrong = score_mentions()
    assert wrong == []


@pytest.mark.parametrize("where", ["byline", "source", "jsonld.author", "meta.source"])
def test_no_mention_in_a_credit_is_taken_for_a_signature(where: str) -> None:
    text = "The council meets again in spring."
    for sentence in mentions():
        page = article(text, language="und", credits=((where, sentence),))
        assert attribute(page).wire.agencies == (), sentence
