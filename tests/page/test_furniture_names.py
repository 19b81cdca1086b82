import pytest

from service.page.furniture_names import LONGEST, is_furniture_name, split_names


def test_names_are_judged_one_by_one() -> None:
    assert split_names("wide  related-stories\n") == ["wide", "related-stories"]
    assert is_furniture_name("related-stories")
    assert not is_furniture_name("story-body")


@pytest.mark.parametrize(
    "name",
    ["sidebar", "c-sidebar", "page_footer", "articleNavBar", "block__teaser--wide", "-menu", "NAV"],
)
def test_a_word_of_furniture_may_stand_anywhere_in_a_name(name: str) -> None:
    assert is_furniture_name(name)


@pytest.mark.parametrize("name", ["navy", "unfooter", "sidebars", "", "-", "menus-x"])
def test_a_part_of_a_word_is_no_word(name: str) -> None:
    assert not is_furniture_name(name)


@pytest.mark.parametrize("name", ["article__body-text-image", "video-story", "with-toc"])
def test_names_of_what_an_article_holds_do_not_mark_its_pieces(name: str) -> None:
    assert not is_furniture_name(name)


def test_what_is_too_long_for_a_name_is_none() -> None:
    assert split_names(f"{'x' * (LONGEST + 1)} caption") == ["caption"]
