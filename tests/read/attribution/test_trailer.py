"""Trailers and outlet notes: what they sign, and that the story ends before them."""

import pytest

from service.read.attribution import attribute
from service.read.attribution.trailer import find_trailers
from tests.read.attribution.articles import article

STORY = "The vote was put off.\n\nIt will be held in June, the speaker said."


@pytest.mark.parametrize(
    "note",
    [
        "This story has not been edited by our staff and is published from a syndicated feed.",
        "(Except for the headline, this story has not been edited by our staff.)",
        "This article was published from a wire agency feed without modifications to the text.",
        "(With agency inputs)",
        "abc/def",
        "abc-de/fgh",
        "Dieser Text wurde automatisch von der Nachrichtenagentur dpa übernommen.",
    ],
)
def test_a_note_of_the_outlet_signs_nothing_and_is_no_story(note: str) -> None:
    result = attribute(article(f"{STORY}\n\n{note}"))
    assert result.core == STORY
    assert result.wire.agency is None
    assert result.body.endswith(note)


def test_a_closing_signature_leaves_the_sentence_before_it() -> None:
    result = attribute(article(f"{STORY} (ANI)"))
    assert result.wire.agency == "ani"
    assert result.core == STORY


def test_several_trailers_go_together() -> None:
    text = (
        f"{STORY}\n\nAssociated Press writer Ann Example in Oslo contributed to this report."
        "\n\n(Reporting by Bob Sample; Editing by Cy Example)"
    )
    result = attribute(article(text))
    assert set(result.wire.agencies) == {"ap", "reuters"}
    assert result.core == STORY


def test_a_share_in_a_text_does_not_take_it_from_the_agencys_own_host() -> None:
    text = f"{STORY}\n\nWith files from The Canadian Press"
    verdict = attribute(article(text, url="https://edition.cnn.com/a")).wire
    assert verdict.agency == "cnn"
    assert verdict.is_original
    assert verdict.agencies == ("cnn", "cp")


def test_a_name_higher_up_is_no_trailer() -> None:
    text = "Reuters\n\n" + "\n\n".join(["The vote was put off again."] * 9)
    assert find_trailers(text, "en") == []
