import pytest

from service.page.furniture_names import (
    LONGEST,
    is_furniture_class,
    is_furniture_name,
    split_names,
)


def test_names_are_judged_one_by_one() -> None:
    assert split_names("wide  related-stories\n") == ["wide", "related-stories"]
    assert is_furniture_name("wide related-stories")
    assert not is_furniture_name("wide story-body")


@pytest.mark.parametrize("name", ["article__body-text-image", "video-story", "with-toc"])
def test_names_of_what_an_article_holds_do_not_mark_its_pieces(name: str) -> None:
    assert not is_furniture_name(name)


def test_what_is_too_long_for_a_name_is_none() -> None:
    assert split_names(f"{'x' * (LONGEST + 1)} caption") == ["caption"]
    assert not is_furniture_name("sidebar-" + "x" * LONGEST)


def test_a_class_attribute_is_judged_by_its_names() -> None:
    for names in ("wide related-stories", "wide story-body", "", f"{'x' * (LONGEST + 1)} caption"):
        assert is_furniture_class(names) == is_furniture_name(names)
