import pytest

from service.contract.outcome import Failed, FailureReason
from service.read.page import find_address
from tests.read.page.pages import news_page, read

SITE = "https://www.ledger.example"
STORY = f"{SITE}/news/bridge-reopens-after-repair-1234"


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def test_a_canonical_of_the_same_site_is_the_identity() -> None:
    head = canonical("https://www.courier.example/news/storm?utm_source=feed")
    amp = read(news_page(head=head), url="https://amp.courier.example/x/storm-77")
    plain = read(news_page(head=head), url="https://www.courier.example/news/storm#c")
    assert amp.canonical_url == plain.canonical_url == "https://www.courier.example/news/storm"
    assert amp.uri == plain.uri
    assert amp.url == "https://amp.courier.example/x/storm-77"
    assert amp.own_url == "https://www.courier.example/x/storm-77"
    assert plain.own_url is None


def test_a_canonical_of_another_site_is_evidence_and_not_identity() -> None:
    article = read(news_page(head=canonical("https://wire.example/storm")))
    assert article.host == "courier.example"
    assert article.canonical_url == "https://courier.example/storm"
    assert article.declared_canonical == "https://wire.example/storm"
    assert ("canonical", "wire.example") in {(c.where, c.text) for c in article.credits}


@pytest.mark.parametrize("href", ["/", "https://courier.example", "", "http://[broken", "mailto:x"])
def test_a_canonical_that_cannot_be_meant_is_ignored(href: str) -> None:
    article = read(news_page(head=canonical(href)))
    assert article.canonical_url == "https://courier.example/storm"
    assert article.declared_canonical is None


def test_a_claim_on_the_same_site_is_kept_and_is_no_credit() -> None:
    article = read(news_page(head=canonical("/undefined")))
    assert article.canonical_url == "https://courier.example/storm"
    assert article.declared_canonical == "https://courier.example/undefined"
    assert article.own_url is None
    assert "canonical" not in {credit.where for credit in article.credits}


@pytest.mark.parametrize(
    "href",
    [
        "/news/harbour-bridge-open-again",
        "/12345",
        "/news/417",
        "/?p=7",
        "/story.asp?id=7",
        "https://m.ledger.example/news/harbour-bridge-open-again",
        "/0,1518,druck-123456,00.html",
        "/story.asp?id=7&sort=none",
        "/news/{6F9619FF-8B86-D011-B42D-00CF4FC964FF}.html",
    ],
)
def test_an_address_that_looks_like_an_articles_is_the_identity(href: str) -> None:
    address = find_address(STORY, [href])
    assert address.own_url == STORY
    assert address.url != STORY
    assert address.declared is None


@pytest.mark.parametrize(
    "href",
    [
        "undefined",
        "/null",
        "/news/undefined.html",
        "/story.php?id=undefined",
        "/news/[object%20Object]",
        "/news/",
        "/politics",
        "/2024",
        "/2024/05/",
        "/archive/2024-05-11",
        "{{slug}}",
        "/news/%7B%7B%20post.slug%20%7D%7D",
        "/news/${article-slug-name}",
        "/news/%SLUG_OF_ARTICLE%",
        "/news/<%= the-story-slug %>",
        "/404",
        "/404.html",
        "/error",
        "/page-not-found",
        f"{SITE}/news/a-story-of-two, {SITE}/news/b-story-of-two",
        "/news/a-story-of-two,/news/b-story-of-two",
        "https://wire.example/news/harbour-bridge-open-again",
    ],
)
def test_an_address_of_a_template_or_another_site_is_a_claim(href: str) -> None:
    address = find_address(STORY, [href])
    assert (address.url, address.own_url) == (STORY, None)
    assert address.declared not in (None, STORY)


@pytest.mark.parametrize(
    "href",
    ["https://a@www.ledger.example/x-long-story-1", f"{SITE}\\x-long-story-1", "https:/x-long-1"],
)
def test_an_address_that_hides_its_host_is_no_claim(href: str) -> None:
    address = find_address(STORY, [href])
    assert (address.url, address.declared) == (STORY, None)


def test_of_two_different_addresses_none_is_the_identity() -> None:
    one, other = "/news/harbour-bridge-open-again", "/news/quay-traders-ask-relief"
    assert find_address(STORY, [one, other]).url == STORY
    assert find_address(STORY, [one, other]).declared == SITE + one
    assert find_address(STORY, [STORY, other]).url == STORY


def test_two_spellings_of_one_address_are_one() -> None:
    address = find_address(
        STORY, ["/news/bridge-open-again", f"{SITE}/news/bridge-open-again?fbclid=x"]
    )
    assert address.url == f"{SITE}/news/bridge-open-again"


@pytest.mark.parametrize(
    ("own", "declared"),
    [
        ("/news/bridge-open-again?page=2", "/news/bridge-open-again"),
        ("/news/bridge-open-again?paged=12", "/news/bridge-open-again"),
        ("/news/bridge-open-again?page=2", "/news/bridge-open-again?page=1"),
        ("/news/bridge-open-again?page=2", "/news/bridge-open-again/all"),
        ("/news/bridge-open-again?p=2", "/news/bridge-open-again"),
        ("/news/bridge-open-again/page/2", "/news/bridge-open-again"),
        ("/news/bridge-open-again/2/", "/news/bridge-open-again/"),
        ("/news/bridge-open-again-2.html", "/news/bridge-open-again.html"),
        ("/news/bridge-open-again-2.html", "/news/bridge-open-again-1.html"),
        ("/news/bridge-open-again,page-3", "/news/bridge-open-again"),
        ("/news/bridge-open-again_seite-3.html", "/news/bridge-open-again.html"),
    ],
)
def test_page_two_is_not_page_one(own: str, declared: str) -> None:
    address = find_address(SITE + own, [declared])
    assert (address.url, address.declared) == (SITE + own, SITE + declared)


@pytest.mark.parametrize(
    ("own", "declared"),
    [
        ("/news/bridge-open-again?page=1", "/news/bridge-open-again"),
        ("/news/bridge-open-again?page=2", "/news/bridge-open-again?page=2&view=x"),
        ("/news/bridge-open-again?cpage=2", "/news/bridge-open-again"),
        ("/?p=7", "/2024/bridge-open-again"),
        ("/index.php?page=7", "/news/bridge-open-again"),
        ("/news/bridge-open-again-2024.html", "/news/bridge-open-again.html"),
        ("/news/bridge-open-again-100.html", "/news/bridge-open-again.html"),
        ("/n/1234-2.html", "/news/bridge-open-again.html"),
    ],
)
def test_a_number_that_is_no_pages_does_not_contradict(own: str, declared: str) -> None:
    assert find_address(SITE + own, [declared]).url.startswith(SITE + declared)


@pytest.mark.parametrize(
    ("own", "declared", "obeyed"),
    [
        ("/x/storm-77", "/news/storm", True),
        ("/en/news/storm", "/news/storm", True),
        ("/news/storm?id=3", "/news/storm", False),
        ("/news/news-77", "/news/", False),
        ("/x/flood", "/news/storm", False),
    ],
)
def test_a_short_address_counts_if_the_fetched_one_ends_with_it(
    own: str, declared: str, obeyed: bool
) -> None:
    assert (find_address(SITE + own, [declared]).url == SITE + declared) is obeyed


def test_a_blog_beside_its_host_is_another_site() -> None:
    """At a suffix where anyone can register, `m` may be anyone's name."""
    address = find_address(
        "https://m.blogspot.com/a-long-story-1", ["https://blogspot.com/b-long-story-2"]
    )
    assert address.own_url is None
    assert address.declared_elsewhere == "https://blogspot.com/b-long-story-2"


@pytest.mark.parametrize("url", ["", "https://a@b.example/s", "https://a.example\\@b.example/s"])
def test_a_page_without_an_address_fails(url: str) -> None:
    with pytest.raises(Failed) as outcome:
        read(news_page(), url=url)
    assert outcome.value.reason is FailureReason.NO_URL


def test_a_local_file_is_its_own_address() -> None:
    assert read(news_page(), url="file:///folder/a.html").canonical_url == "file:///folder/a.html"
