import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.read.page import canonicalize


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "HTTP://News.Example.COM:80/Path/Story?b=2&a=1#top",
            "https://news.example.com/Path/Story?a=1&b=2",
        ),
        (
            "https://e.example/s?utm_source=x&id=7&fbclid=abc&UTM_Medium=y",
            "https://e.example/s?id=7",
        ),
        ("https://e.example/s?Id=AbC", "https://e.example/s?Id=AbC"),
        ("//e.example/s", "https://e.example/s"),
        ("e.example/s", "https://e.example/s"),
        ("https://e.example", "https://e.example/"),
        ("https://e.example/2024/story/amp/", "https://e.example/2024/story/"),
        ("https://e.example/2024/story/amp", "https://e.example/2024/story"),
        ("https://e.example/story.amp.html", "https://e.example/story.html"),
        ("https://e.example/amp/story-1", "https://e.example/story-1"),
        ("https://amp.e.example/story", "https://www.e.example/story"),
        ("https://e.example/story?outputType=amp", "https://e.example/story"),
        (
            "https://www-e-example.cdn.ampproject.org/c/s/www.e.example/story",
            "https://www.e.example/story",
        ),
        ("https://www.google.com/amp/s/www.e.example/story", "https://www.e.example/story"),
        ("https://m.e.example/story", "https://www.e.example/story"),
        ("https://m.e.example:8443/story", "https://www.e.example:8443/story"),
        ("https://m.alice.github.io/story", "https://www.alice.github.io/story"),
        ("https://e.example/story?mobile=1", "https://e.example/story"),
        ("https://e.example/story/print", "https://e.example/story"),
        ("https://e.example/story?print=1&p=3", "https://e.example/story?p=3"),
        ("https://e.example/a;jsessionid=12AB?x=1", "https://e.example/a?x=1"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://e.example/%7euser/%c3%a4", "https://e.example/~user/%C3%A4"),
        ("https://e.example/#!/story/7", "https://e.example/#!/story/7"),
    ],
)
def test_variants_fold_into_one_address(url: str, canonical: str) -> None:
    assert canonicalize(url)[0] == canonical


@pytest.mark.parametrize("host", ["x" * 70 + ".example", "e..example", "a_b.example", "-a.example"])
def test_a_host_that_browsers_accept_has_an_address(host: str) -> None:
    address, _ = canonicalize(f"https://{host}/s")
    assert canonicalize(address)[0] == address == f"https://{host}/s"


@pytest.mark.parametrize(
    "url",
    [
        "https://m.example/story",
        "https://m.github.io/story",
        "https://amp.github.io/story",
        "https://mobile.co.uk:8443/story",
        "https://e.example/Amp/Guitar",
        "https://e.example/amplifiers",
        "https://e.example/fingerprint",
        "https://e.example/news/sprint",
        "https://e.example/camp.html",
        "https://www.e.example/Case/Kept/",
    ],
)
def test_addresses_that_only_look_like_variants_stay(url: str) -> None:
    assert canonicalize(url) == (url, ())


def test_each_step_is_named_and_leads_to_the_next() -> None:
    canonical, steps = canonicalize("http://m.e.example/story/amp?utm_source=x#c")
    assert [step.rule for step in steps] == [
        "normalise scheme and host",
        "drop fragment",
        "fold AMP variant",
        "fold mobile variant",
        "drop tracking parameters",
    ]
    assert steps[-1].url == canonical == "https://www.e.example/story"


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/article.asp?cid=1234",
        "https://e.example/?sid=99",
        "https://e.example/news/index.php?source=78412",
        "https://e.example/news/?ref=ab1234",
        "https://e.example/archive.jsp?mod=4&page=3",
        "https://e.example/story.aspx?share=77",
        "https://e.example/story?format=12&partner=8",
        "https://e.example/month.php?m=1",
        "https://e.example/article.php?view=4&wtid=9",
        "https://e.example/show?s=m1",
    ],
)
def test_numbers_that_may_be_the_articles_stay(url: str) -> None:
    assert canonicalize(url) == (url, ())


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://e.example/article.asp?id=7&cid=1234", "https://e.example/article.asp?id=7"),
        ("https://e.example/storm-takes-roofs?cid=1234", "https://e.example/storm-takes-roofs"),
        ("https://e.example/story-1234567.html?ref=12", "https://e.example/story-1234567.html"),
        ("https://e.example/article.asp?source=rss", "https://e.example/article.asp"),
        ("https://e.example/news/?ref=homepage&mod=top_news", "https://e.example/news/"),
        (
            "https://e.example/index.php?p=7&sid=0123456789abcdef0123456789abcdef",
            "https://e.example/index.php?p=7",
        ),
        ("https://e.example/2024/05/storm-takes-roofs.html?m=1",
         "https://e.example/2024/05/storm-takes-roofs.html"),
        ("https://e.example/article.asp?cid=12&utm_source=x&fbclid=y",
         "https://e.example/article.asp?cid=12"),
    ],
)  # fmt: skip
def test_ambiguous_parameters_go_where_something_else_tells_the_article(
    url: str, canonical: str
) -> None:
    assert canonicalize(url)[0] == canonical


@pytest.mark.parametrize(
    "url", ["", "https://", "mailto:a@e.example", "javascript:alert(1)", "http://[::1"]
)
def test_what_is_no_web_address_raises(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        canonicalize(url)


ADDRESS = (
    r"https?://(?:m\.|amp\.|www\.)?[a-z]{1,8}\.example"
    r"(?:/[\w%;.~-]{0,8}|/amp|/print|/storm-takes-roofs){0,4}"
    r"(?:\?[\w&=%.-]{0,20}|\?(?:cid|m|sid|ref|id)=\d)?"
)


@given(st.from_regex(ADDRESS, fullmatch=True))
def test_a_canonical_address_is_its_own(url: str) -> None:
    canonical, _ = canonicalize(url)
    assert canonicalize(canonical) == (canonical, ())
