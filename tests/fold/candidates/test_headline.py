"""Headline keys, and headlines that a notice of withdrawal quotes."""

import pytest

from service.fold.candidates.headline import headline_keys, named_headlines

HEADLINE = "Norwegian novelist Ingrid Halvard dies at 83, publisher says"


def test_a_headline_has_the_same_key_in_any_case() -> None:
    (key,) = headline_keys((HEADLINE,)).tolist()
    assert headline_keys((HEADLINE.upper(),)).tolist() == [key]
    assert headline_keys((HEADLINE.replace("83", "84"),)).tolist() != [key]


def test_the_name_of_a_section_is_no_key() -> None:
    assert not len(headline_keys(("World News", "")))


@pytest.mark.parametrize(
    "text",
    [
        f'The story headlined "{HEADLINE}" is withdrawn. No substitute will be sent.',
        f"The AP has withdrawn its story headlined “{HEADLINE}” about a writer.",
        f"La dépêche intitulée « {HEADLINE} » est annulée.",
        f"The story ‘{HEADLINE}’ is withdrawn.",
    ],
)
def test_a_quoted_headline_is_named(text: str) -> None:
    assert HEADLINE in named_headlines("A notice", text)


def test_a_notice_names_its_own_headline_too() -> None:
    assert named_headlines(HEADLINE, "This story has been withdrawn.") == (HEADLINE,)
