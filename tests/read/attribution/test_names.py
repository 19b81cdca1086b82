"""Names: lists of agencies, their spellings, and masks that keep every place in the text."""

from hypothesis import given
from hypothesis import strategies as st

from service.agencies import agencies
from service.agencies.shapes import MASK
from service.read.attribution.names import (
    mask,
    may_name,
    name_of,
    names_within,
    read_names,
    too_vague,
)


def _keys(text: str) -> list[str]:
    return [agency.key for agency in read_names(text)]


def test_a_list_is_read_in_its_order() -> None:
    assert _keys("AP, Reuters and AFP") == ["ap", "reuters", "afp"]
    assert _keys("dpa/lsw") == ["dpa"]
    assert _keys("the Associated Press") == ["ap"]
    assert _keys("新华社") == ["xinhua"]


def test_full_names_count_in_any_case_and_abbreviations_in_their_own() -> None:
    assert _keys("ASSOCIATED PRESS") == ["ap"]
    assert _keys("ap") == []
    assert name_of("reuters") is name_of("REUTERS")


def test_turkish_names_count_in_any_case() -> None:
    for name in ("İhlas Haber Ajansı", "İHLAS HABER AJANSI", "ihlas haber ajansı"):
        assert _keys(name) == ["iha"]
        assert mask(f"Kaynak: {name}, Ankara") == f"Kaynak: {MASK * len(name)}, Ankara"
        assert [agency.key for agency in names_within(name)] == ["iha"]


def test_a_name_within_a_word_is_none() -> None:
    assert names_within("Reutersberg") == ()
    assert mask("The APPLE fell") is None


def test_a_mask_covers_a_list_and_nothing_else() -> None:
    text = "By Ann Example, AP and Reuters | Monday"
    assert mask(text) == f"By Ann Example, {MASK * len('AP and Reuters')} | Monday"


@given(st.text(alphabet="APReuters dpa/,.新华社&", max_size=60))
def test_a_mask_has_the_length_of_its_text(text: str) -> None:
    masked = mask(text)
    assert masked is None or len(masked) == len(text)


def test_ambiguous_abbreviations_need_company_or_their_language() -> None:
    turkish = name_of("AA")
    assert turkish is not None
    assert too_vague(turkish, "AA", "en", alone=False)
    assert not too_vague(turkish, "AA", "tr", alone=True)
    assert not too_vague(turkish, "AA, Reuters", "de", alone=False)
    assert not too_vague(turkish, "Anadolu Ajansı", "de", alone=False)


def test_every_name_is_told_by_its_first_word() -> None:
    names = [name for agency in agencies() for name in (*agency.names, *agency.short)]
    for name in names:
        assert may_name(name)
        for text in (name.upper(), name.lower(), f"THE {name}/x", f"x, ({name})", f"x_{name}"):
            assert may_name(text) or not names_within(text), text


def test_a_text_without_such_a_word_names_none() -> None:
    text = "The storm came in the night, and the harbour was shut."
    assert not may_name(text)
    assert mask(text) is None


def test_letters_of_several_forms_are_left_to_the_pattern() -> None:
    assert mask("Aſſociated Press") == MASK * 16
    assert may_name("新华社北京")
