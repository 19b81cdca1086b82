import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.read.page.url_parsing import add_scheme, parse_url


@pytest.mark.parametrize(
    ("url", "parsed"),
    [
        ("http://E.example:80", "https://e.example/"),
        ("https://e.example:8443/S?b#c", "https://e.example:8443/S?b#c"),
        ("https://e.example./s", "https://e.example/s"),
        ("https://e.example/a/../b/./c", "https://e.example/b/c"),
        ("https://bücher.example/ä?q=ö", "https://xn--bcher-kva.example/%C3%A4?q=%C3%B6"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://e%78ample.example/", "https://example.example/"),
        (" https://e.exa\tmple/\na ", "https://e.example/a"),
        ("https://[2001:DB8:0:0::1]:8080/s", "https://[2001:db8::1]:8080/s"),
        ("http://[::1]/s", "https://[::1]/s"),
        ("http://0x7f.1/s", "https://127.0.0.1/s"),
        ("https://e.example/s?a\\b#c\\d", "https://e.example/s?a\\b#c\\d"),
        ("https://e.example/s?mail=a@b.example", "https://e.example/s?mail=a@b.example"),
        ("https://e.example/@writer/story", "https://e.example/@writer/story"),
    ],
)
def test_an_address_is_read_as_browsers_read_it(url: str, parsed: str) -> None:
    assert parse_url(url) == parsed
    assert parse_url(parsed) == parsed


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://evil.example\\@apnews.com/article/x", "a backslash"),
        ("https:\\\\apnews.com\\article", "a backslash"),
        ("https://e.example/a\\b", "a backslash"),
        ("https://apnews.com@evil.example/article/x", "user info"),
        ("https://user:secret@e.example/s", "user info"),
        ("https://@e.example/s", "user info"),
        ("//a@e.example/s", "user info"),
        ("https:///e.example/s", "no web address"),
        ("https:e.example/s", "no web address"),
        ("https:/e.example/s", "no web address"),
        ("https://a%40b.example/s", "no web address"),
        ("https://a b.example/s", "no web address"),
        ("https://a%b.example/s", "no web address"),
        ("https://[::1/s", "no web address"),
        ("https://e.example:99999/s", "no web address"),
        ("ftp://e.example/s", "not http"),
        ("javascript:alert(1)", "not http"),
    ],
)
def test_an_address_that_hides_its_host_is_refused(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_url(url)


def test_a_lone_surrogate_is_no_address() -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_url("https://e.example/\ud800")


@pytest.mark.parametrize(
    ("url", "parsed"),
    [
        ("/b", "https://e.example/b"),
        ("b", "https://e.example/news/b"),
        ("?id=7", "https://e.example/news/a?id=7"),
        ("//f.example/b", "https://f.example/b"),
        ("https://f.example/b", "https://f.example/b"),
    ],
)
def test_a_relative_address_is_resolved(url: str, parsed: str) -> None:
    assert parse_url(url, "http://e.example/news/a") == parsed


@pytest.mark.parametrize("url", ["/\\f.example/b", "///f.example/b", "https:b", "//a@f.example/"])
def test_a_relative_address_cannot_hide_a_host(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_url(url, "https://e.example/news/a")


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("//e.example/s", "https://e.example/s"),
        ("e.example/s", "https://e.example/s"),
        ("e.example:8080/s", "https://e.example:8080/s"),
        ("http://e.example/s", "http://e.example/s"),
        ("mailto:a@e.example", "mailto:a@e.example"),
        ("ht\ntp://e.example/s", "http://e.example/s"),
    ],
)
def test_an_address_without_a_scheme_is_on_https(url: str, whole: str) -> None:
    assert add_scheme(url) == whole


@given(st.text(st.sampled_from("ab.:/\\@?#[]%4 \t1é"), max_size=30))
def test_what_was_parsed_is_parsed_to_itself(rest: str) -> None:
    try:
        parsed = parse_url("https://" + rest)
    except ValueError:
        return
    assert parse_url(parsed) == parsed
    assert "\\" not in parsed.partition("?")[0].partition("#")[0]
    assert "@" not in parsed.removeprefix("https://").partition("/")[0]
