import pytest

from service.read.page.parse import parse_markup
from service.read.page.walk import Walk, walk


def walked(body: str) -> Walk:
    return walk(parse_markup(f"<html><head><title>T</title></head><body>{body}</body></html>"))


def texts(body: str) -> list[str]:
    return [block.text for block in walked(body).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a <b>b</b> c", ["a b c"]),
        ("a<p>b <i>c</i> d</p>e", ["a", "b c d", "e"]),
        ("<div> <span>a</span> <span>b</span> </div>", ["a b"]),
        ("<p>a<br>b</p>", ["a b"]),
        ("<p>a<br> <br>b</p>", ["a", "b"]),
        ("a<script>x</script>b", ["ab"]),
        ("<p>a</p><figure><img><figcaption>x</figcaption> y</figure>z", ["a", "y", "z"]),
        ("a<div hidden>x<p>y</p></div>b", ["ab"]),
        ("a<label>x<div>y</div></label>b", ["ab"]),
        ("<div>a<ul><li>b<li>c</ul>d</div>", ["a", "b", "c", "d"]),
    ],
)
def test_text_is_read_in_blocks(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_block_knows_its_place() -> None:
    body = '<div class="sidebar"><p><a>to <b>a</b></a> b</p>c</div><main class="sidebar">d</main>'
    one, two, three = walked(body).blocks
    assert [element.tag for element in one.path] == ["body", "div", "p"]
    assert [element.tag for element in one.furniture] == ["div"]
    assert (one.tag, one.linked) == ("p", 3)
    assert (two.tag, two.path, two.furniture) == ("div", one.path[:2], one.furniture)
    assert (three.tag, three.furniture) == ("main", ())


def test_credits_are_found_in_the_order_of_the_page_also_where_no_text_is_read() -> None:
    body = (
        '<p class="byline">a</p><noscript><p class="source">b</p></noscript><p>Source: c</p>'
        '<div hidden><span rel="author">d</span></div><a href="/author/e-f">e</a>'
        '<h1 class="byline">f</h1><button><i class="author">g</i></button>'
    )
    found = [(element.text_content(), place) for element, place in walked(body).named]
    assert found == [
        ("a", "byline"), ("b", "source"), ("Source: c", "source"), ("d", "byline"), ("e", "byline"),
        ("g", "byline"),
    ]  # fmt: skip
