"""Addresses as URIs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.event.addresses import as_uri
from tests.contract.formats import is_uri


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://g.example/a.jpg?w=1200&h=800#x", "https://g.example/a.jpg?w=1200&h=800#x"),
        ("http://[2001:db8::1]:80/a", "http://[2001:db8::1]:80/a"),
        ("https://g.example/a b/ä.jpg", "https://g.example/a%20b/%C3%A4.jpg"),
        ("https://g.example/a%20b", "https://g.example/a%20b"),
        ("https://g.example/50%", "https://g.example/50%25"),
        ("https://g.example/a[1].jpg", "https://g.example/a%5B1%5D.jpg"),
        ("https://g.example/a?x&#038;y&#038;z", "https://g.example/a?x&#038;y&%23038;z"),
        ("https://g.example", "https://g.example"),
    ],
)
def test_what_no_uri_may_have_is_encoded(address: str, uri: str) -> None:
    assert as_uri(address) == uri
    assert is_uri(uri)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_path_gives_a_uri_and_again_the_same(path: str) -> None:
    made = as_uri(f"https://g.example/{path}")
    assert is_uri(made)
    assert as_uri(made) == made
