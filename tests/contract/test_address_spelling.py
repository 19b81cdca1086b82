"""The spellings of one page's address."""

import pytest

from service.contract.address_spelling import spellings
from service.contract.domain import registrable_domain
from service.read.page.declared_url import host_of

PAGE = {
    "https://x.example/a",
    "https://x.example/a/",
    "https://www.x.example/a",
    "https://www.x.example/a/",
}


@pytest.mark.parametrize("url", sorted(PAGE))
def test_a_page_has_the_same_spellings_whichever_is_given(url: str) -> None:
    assert spellings(url)[0] == url
    assert set(spellings(url)) == PAGE


@pytest.mark.parametrize(
    ("url", "others"),
    [
        ("https://x.example/", {"https://www.x.example/"}),
        ("https://x.example/?p=7", {"https://www.x.example/?p=7"}),
        (
            "https://x.example:8443/a.html?id=7",
            {
                "https://x.example:8443/a.html/?id=7",
                "https://www.x.example:8443/a.html?id=7",
                "https://www.x.example:8443/a.html/?id=7",
            },
        ),
        ("https://www.github.io/", set()),
        ("https://github.io/", set()),
        ("https://co.uk/", set()),
        ("https://www.co.uk/", set()),
        ("https://www.ck/", set()),
        ("https://localhost/a", {"https://localhost/a/"}),
        ("https://192.0.2.7/a", {"https://192.0.2.7/a/"}),
        ("https://[2001:db8::7]/a", {"https://[2001:db8::7]/a/"}),
        ("https://www.www.x.example/a//", set()),
        ("file:///a", set()),
    ],
)
def test_what_may_be_another_page_is_no_spelling(url: str, others: set[str]) -> None:
    assert spellings(url) == (url, *spellings(url)[1:])
    assert set(spellings(url)[1:]) == others


@pytest.mark.parametrize(
    "host",
    [
        "x.example", "www.x.example", "m.x.example", "www.m.x.example", "alice.github.io",
        "www.alice.github.io", "www.github.io", "x.co.uk", "www.x.co.uk", "com", "www.com",
        "evil.example", "www.evil.example", "xn--p1ai", "www.xn--p1ai", "192.0.2.7",
        "city.kawasaki.jp",
        "www.city.kawasaki.jp", "www.kawasaki.jp", "kawasaki.jp", "www.a.kawasaki.jp",
    ],
)  # fmt: skip
def test_no_spelling_is_on_another_registrable_domain(host: str) -> None:
    found = spellings(f"https://{host}/a")
    assert {registrable_domain(host_of(each)) for each in found} == {registrable_domain(host)}
    assert all(set(spellings(each)) == set(found) for each in found)
