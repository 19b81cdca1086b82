import pytest

from service.read.page.head import Head, read_head
from service.read.page.parse import find_tagged, parse_markup

ONE = '<link rel="canonical" href="/one">'
TWO = '<link rel="canonical" href="/two">'


def head_of(page: str) -> Head:
    tree = parse_markup(page)
    return read_head(tree, find_tagged(tree), 100_000)


@pytest.mark.parametrize(
    ("page", "canonicals"),
    [
        (f"<html><head><title>A</title>{ONE}</head><body><p>text</p></body></html>", ("/one",)),
        (f"<html><head>{ONE}{ONE}</head><body><p>text</p></body></html>", ("/one",)),
        (f"<html><head>{ONE}{TWO}</head><body><p>text</p></body></html>", ("/one", "/two")),
        ("<html><head><link rel=canonical><link rel=canonical href=' '></head></html>", ()),
        (f"<html><head><link rel='shortlink' href='/x'>{ONE}</head></html>", ("/one",)),
        (f"<html><head></head><body><div class=embed>{ONE}</div><p>text</p></body></html>", ()),
        (f"<html><head></head><body><p>text</p>{ONE}</body></html>", ()),
        (f"<html><head></head><body>text {ONE}</body></html>", ()),
        (f"<html><head></head><body><h1>Storm</h1>{ONE}<p>text</p></body></html>", ()),
        # A pixel ends the head, for the parser as for browsers.
        (
            f"<html><head><title>A</title><img src=x><script>a</script>{ONE}</head>"
            "<body><p>text</p></body></html>",
            ("/one",),
        ),
        (f"{ONE}<p>text</p>", ("/one",)),
    ],
)
def test_a_canonical_link_counts_in_the_head(page: str, canonicals: tuple[str, ...]) -> None:
    assert head_of(page).canonicals == canonicals


def test_metas_are_read_by_each_of_their_names() -> None:
    head = head_of(
        '<html lang="en"><head><title> A  storm </title>'
        '<meta name="Author" property="x" content="Jo">'
        '<meta itemprop="datePublished" content="2024"></head><body></body></html>'
    )
    assert head.meta("author") == head.meta("x") == "Jo"
    assert head.meta("none", "datepublished") == "2024"
    assert (head.title, head.lang) == ("A storm", "en")
