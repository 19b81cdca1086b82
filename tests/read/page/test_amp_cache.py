import pytest

from service.read.page import canonicalize
from service.read.page.amp_cache import cache_subdomains, google_domains, unwrap_amp_cache

AP = "https://apnews.com/article/x"


@pytest.mark.parametrize(
    ("host", "subdomain"),
    [
        ("example.com", "example-com"),
        ("foo.example.com", "foo-example-com"),
        ("foo-example.com", "foo--example-com"),
        ("en-us.example.com", "0-en--us-example-com-0"),
        ("xn--57hw060o.com", "xn---com-p33b41770a"),
        ("example.com", "un42n5xov642kxrxrqiyanhcoupgql5lt4wtbkyt2ijflbwodfdq"),
        ("0" * 60 + ".com", "stejanx4hsijaoj4secyecy4nvqodk56kw72whwcmvdbtucibf5a"),
    ],
)
def test_the_cache_makes_a_subdomain_of_the_publishers_host(host: str, subdomain: str) -> None:
    """The pairs are those of the documentation and of the cache's own tool."""
    assert subdomain in cache_subdomains(host)


def test_a_readable_subdomain_is_a_host_label() -> None:
    assert all(len(each) <= 63 for each in cache_subdomains("0" * 60 + ".com"))


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://apnews-com.cdn.ampproject.org/c/s/apnews.com/article/x", AP),
        ("https://apnews-com.cdn.ampproject.org/v/s/apnews.com/article/x", AP),
        ("https://apnews-com.cdn.ampproject.org/c/apnews.com/article/x", AP),
        ("https://en--us-e-example.cdn.ampproject.org/c/s/en-us.e.example/a?b=1",
         "https://en--us-e-example.cdn.ampproject.org/c/s/en-us.e.example/a?b=1"),
        ("https://0-en--us-e-example-0.cdn.ampproject.org/c/s/en-us.e.example/a?b=1",
         "https://en-us.e.example/a?b=1"),
        ("https://xn---com-p33b41770a.cdn.ampproject.org/c/s/xn--57hw060o.com/a",
         "https://xn--57hw060o.com/a"),
        ("https://www.google.com/amp/s/apnews.com/article/x", AP),
        ("https://www.google.co.uk/amp/s/apnews.com/article/x", AP),
        ("https://google.de/amp/apnews.com/article/x", AP),
    ],
)  # fmt: skip
def test_a_publishers_address_is_taken_out_of_a_cache(url: str, publisher: str) -> None:
    assert unwrap_amp_cache(url) == publisher


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.evil.example/amp/s/apnews.com/article/x",
        "https://google.com.evil.example/amp/s/apnews.com/article/x",
        "https://www.google.zip/amp/s/apnews.com/article/x",
        "https://evil-google.com/amp/s/apnews.com/article/x",
        "https://sites.google.com/amp/s/apnews.com/article/x",
        "https://www.google.com:8443/amp/s/apnews.com/article/x",
        "https://www.google.com/search/amp/s/apnews.com/article/x",
        "https://www.google.com/amp/s/user@apnews.com/article/x",
        "https://www.google.com/amp/help",
        "https://evil.example/?x=.cdn.ampproject.org/c/s/apnews.com/article/x",
        "https://evil.example/.cdn.ampproject.org/c/s/apnews.com/article/x",
        "https://apnews-com.cdn.ampproject.org.evil.example/c/s/apnews.com/article/x",
        "https://apnews-com.cdn-ampproject.org/c/s/apnews.com/article/x",
        "https://evil-example.cdn.ampproject.org/c/s/apnews.com/article/x",
        "https://a.apnews-com.cdn.ampproject.org/c/s/apnews.com/article/x",
        "https://cdn.ampproject.org/c/s/apnews.com/article/x",
        "https://apnews-com.cdn.ampproject.org/rtv/123/x.js",
    ],
)
def test_what_only_looks_like_a_cache_keeps_its_own_host(url: str) -> None:
    assert unwrap_amp_cache(url) == url
    assert "apnews.com/article" not in canonicalize(url)[0].partition("/s/")[0]


def test_a_cached_page_of_a_viewer_is_unwrapped_twice() -> None:
    url = "www.google.fr/amp/s/apnews-com.cdn.ampproject.org/c/s/apnews.com/article/x?amp_js_v=0.1"
    assert canonicalize(url)[0] == AP


def test_googles_domains_are_hosts_of_one_company() -> None:
    assert {"google.com", "google.co.uk", "google.com.br", "google.de"} <= google_domains()
    assert all(each.startswith("google.") for each in google_domains())
