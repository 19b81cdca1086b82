import pytest
from lxml.html import HtmlElement, fromstring

from service.read.page.blocks import SPACES, raw_text, text_begin


def element(inner: str) -> HtmlElement:
    return fromstring(f"<div>{inner}</div>tail").find(".//div")


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("By <b>Ada</b>  Quist", "By Ada Quist"),
        ("<p>By</p> \n <p>Ada\u00ad Quist</p>", "By Ada Quist"),
        ("<i></i>", ""),
        ("a" + " " * 1_000 + "b", "a b"),
    ],
)
def test_the_text_of_an_element_is_on_one_line(inner: str, text: str) -> None:
    assert text_begin(element(inner), 20) == text


def test_a_long_text_is_read_until_it_is_longer_than_the_limit() -> None:
    assert text_begin(element("<p>word </p>" * 100), 20) == " ".join(["word"] * 6)
    assert raw_text(element("<p>word </p>" * 100), 20) == "word " * 4


def test_little_text_among_much_white_space_is_not_searched_for() -> None:
    assert text_begin(element("a<p> </p>" + " " * SPACES + "<p>b</p>"), 20) == "a"
