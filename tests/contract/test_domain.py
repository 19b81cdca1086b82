import pytest

from service.contract.domain import domain_of, registrable_domain, same_site


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("apnews.com", "apnews.com"),
        ("www.apnews.com", "apnews.com"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("apnews.com.evil.example", "evil.example"),
        ("alice.github.io", "alice.github.io"),
        ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
    ],
)
def test_the_owner_of_a_host(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.bbc.co.uk", "m.bbc.co.uk", True),
        ("bbc.co.uk", "www.bbc.co.uk", True),
        ("amp.www.bbc.co.uk", "bbc.co.uk", True),
        ("news.bbc.co.uk", "www.bbc.co.uk", False),
        ("m.github.io", "www.github.io", False),
        ("m.github.io", "github.io", False),
        ("www.alice.github.io", "alice.github.io", True),
        ("apnews.com", "apnews.com.evil.example", False),
    ],
)
def test_a_site_is_one_host_and_its_variants(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


def test_the_domain_of_an_address() -> None:
    assert domain_of("https://news.bbc.co.uk/a?b=c") == "bbc.co.uk"
    assert domain_of("https://[::1") == ""
    assert domain_of("mailto:desk@bbc.co.uk") == ""
