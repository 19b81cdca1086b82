"""Statements about the use of a page's text: where they stand and what is made of them."""

from collections.abc import Sequence

import pytest

from service.contract.hints import Hints
from service.contract.page import GivenArticle, RawPage
from service.contract.rights import Rights, RightsWord
from service.read.page import Limits, read_page
from service.read.page.rights import LONGEST_VALUE, MOST_WORDS
from service.read.rights_policy import read_policy
from tests.read.page.pages import FETCHED, PARAGRAPHS, news_page, raw

URL = "https://courier.example/storm"


def rights_of(
    head: str = "",
    headers: Sequence[tuple[str, str]] = (),
    *,
    after: str = "",
    policy: Sequence[str] = (),
    hints: Hints | None = None,
) -> Rights | None:
    page = raw(news_page(head=head, after=after), headers=tuple(headers), hints=hints)
    return read_page(page, Limits(rights=read_policy(policy))).rights


def words_of(head: str = "", headers: Sequence[tuple[str, str]] = ()) -> list[tuple[str, ...]]:
    found = rights_of(head, headers)
    return [
        tuple(part for part in (word.word, word.value, word.agent, word.source) if part)
        for word in (found.words if found else ())
    ]


def test_a_page_that_says_nothing_has_no_rights() -> None:
    assert rights_of('<meta name="robots" content="index, follow, max-snippet:-1">') is None


@pytest.mark.parametrize("word", ["noarchive", "nocache", "nosnippet", "noai", "noimageai", "noml"])
def test_directives_of_robots(word: str) -> None:
    head = f'<meta name="robots" content="max-image-preview:large, {word.upper()}">'
    assert words_of(head) == [(word, "meta.robots")]
    sent = f"noindex, {word}"
    assert words_of(headers=[("x-robots-tag", sent)]) == [
        ("x-robots-tag", sent, "header.x-robots-tag"),
        (word, "header.x-robots-tag"),
    ]


def test_what_is_addressed_to_a_crawler_names_it() -> None:
    assert words_of('<meta name="googlebot-news" content="noarchive">') == [
        ("noarchive", "googlebot-news", "meta.googlebot-news")
    ]
    found = words_of(headers=[("x-robots-tag", "otherbot: noai, noml")])
    assert found[1:] == [
        ("noai", "otherbot", "header.x-robots-tag"),
        ("noml", "otherbot", "header.x-robots-tag"),
    ]


def test_a_reservation_and_its_policy() -> None:
    head = '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/tdm.json">'
    policy = "https://courier.example/tdm.json"
    assert words_of(head) == [
        ("tdm-reservation", "1", "meta.tdm-reservation"),
        ("tdm-policy", policy, "meta.tdm-policy"),
    ]
    assert words_of(headers=[("tdm-reservation", "0"), ("tdm-policy", policy)]) == [
        ("tdm-reservation", "0", "header.tdm-reservation"),
        ("tdm-policy", policy, "header.tdm-policy"),
    ]


def test_preferences_are_kept_as_sent() -> None:
    assert words_of(headers=[("content-usage", "train-ai=n, search=y")]) == [
        ("content-usage", "train-ai=n, search=y", "header.content-usage")
    ]


@pytest.mark.parametrize(
    ("sent", "expires"),
    [
        ("Saturday, 25-Jun-25 15:00:00 PST", "2025-06-25T15:00:00-08:00"),
        ("25 Jun 2025 15:00:00 GMT", "2025-06-25T15:00:00+00:00"),
        ("2025-06-25T15:00:00+02:00", "2025-06-25T15:00:00+02:00"),
        ("2025-06-25", "2025-06-25T00:00:00+00:00"),
        ("soon", None),
    ],
)
def test_the_time_after_which_a_page_is_unavailable(sent: str, expires: str | None) -> None:
    for found in (
        rights_of(f'<meta name="robots" content="noodp, unavailable_after: {sent}, nofollow">'),
        rights_of(headers=[("x-robots-tag", f"unavailable_after: {sent}")]),
    ):
        assert found is not None
        assert found.words[-1].value == sent
        assert found.expires == expires


def test_the_earliest_time_that_is_addressed_to_all_counts() -> None:
    found = rights_of(
        '<meta name="robots" content="unavailable_after: 2026-01-01T00:00:00+09:00">'
        '<meta name="googlebot" content="unavailable_after: 2025-01-01">',
        [("x-robots-tag", "unavailable_after: 2025-12-31T20:00:00Z")],
    )
    assert found is not None
    assert found.expires == "2026-01-01T00:00:00+09:00"


def test_a_licence_in_each_of_its_places() -> None:
    address = "https://creativecommons.org/licenses/by/4.0/"
    data = f'{{"@type": "NewsArticle", "headline": "x", "license": {{"url": "{address}"}}}}'
    for head, source in (
        (f'<link rel="license" href="{address}">', "link.license"),
        (f'<script type="application/ld+json">{data}</script>', "jsonld.license"),
    ):
        found = rights_of(head)
        assert found == Rights(
            words=(RightsWord(word="license", value=address, source=source),), license=address
        )
    found = rights_of(headers=[("link", f'</a>; rel=next, <{address}>; rel="license"')])
    assert found is not None
    assert (found.license, found.words[0].source) == (address, "header.link")
    found = rights_of(after=f'<p>Under <a rel="license" href="{address}">CC BY</a></p>')
    assert found is not None
    assert (found.license, found.words[0].source) == (address, "a.license")


def test_the_licence_of_a_picture_is_not_that_of_the_page() -> None:
    assert rights_of(after='<figure><a rel="license" href="/by">CC BY</a></figure>') is None


def test_what_is_no_address_is_no_licence() -> None:
    found = rights_of('<link rel="license" href="javascript:alert(1)">')
    assert found is not None
    assert (found.license, found.words[0].value) == (None, "javascript:alert(1)")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("false", "paywall"),
        ('"False"', "paywall"),
        ('"http://schema.org/False"', "paywall"),
        ("true", "free"),
        ('"maybe"', None),
    ],
)
def test_a_paywall_that_is_declared(said: str, word: str | None) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": {said}}}'
    found = rights_of(f'<script type="application/ld+json">{data}</script>')
    assert [each.word for each in (found.words if found else ())] == ([word] if word else [])


def test_a_part_behind_a_paywall_and_a_tier() -> None:
    data = (
        '{"@type": "NewsArticle", "headline": "x", "hasPart":'
        ' {"@type": "WebPageElement", "isAccessibleForFree": "False"}}'
    )
    assert words_of(
        f'<script type="application/ld+json">{data}</script>'
        '<meta property="article:content_tier" content="metered">'
    ) == [
        ("paywall", "metered", "meta.article:content_tier"),
        ("paywall", "False", "jsonld.hasPart"),
    ]


def test_holder_notice_and_terms_as_printed() -> None:
    data = '{"@type": "NewsArticle", "headline": "x", "copyrightHolder": {"name": "The Courier"}}'
    assert words_of(
        '<meta name="copyright" content="© 2024  The Courier"><meta name="dc.rights" content="Ask">'
        f'<script type="application/ld+json">{data}</script>'
    ) == [
        ("copyright-notice", "© 2024 The Courier", "meta.copyright"),
        ("terms", "Ask", "meta.dc.rights"),
        ("copyright-holder", "The Courier", "jsonld.copyrightHolder"),
    ]


def test_the_sites_files_as_the_crawler_found_them() -> None:
    hints = Hints(
        robots=("Content-Signal: ai-train=no", "noai"),
        tdmrep=("tdm-reservation: 1", "tdm-policy: /tdm.json"),
    )
    found = rights_of(hints=hints)
    assert found is not None
    assert [(word.word, word.value, word.source) for word in found.words] == [
        ("content-signal", "ai-train=no", "hint.robots"),
        ("noai", None, "hint.robots"),
        ("tdm-reservation", "1", "hint.tdmrep"),
        ("tdm-policy", "https://courier.example/tdm.json", "hint.tdmrep"),
    ]


def test_an_ignored_word_is_left_out_with_what_it_gives() -> None:
    head = '<meta name="robots" content="noai, unavailable_after: 2025-01-01">'
    assert rights_of(head, policy=["noai=ignore", "unavailable_after=ignore"]) is None
    found = rights_of(head, policy=["noai=ignore"])
    assert found is not None
    assert [word.word for word in found.words] == ["unavailable_after"]


def test_an_article_that_came_without_its_page_has_its_headers() -> None:
    article = GivenArticle(title="Storm", text="\n\n".join(PARAGRAPHS))
    headers = (("x-robots-tag", "noml"),)
    page = RawPage(url=URL, fetched_at=FETCHED, article=article, headers=headers)
    found = read_page(page).rights
    assert found is not None
    assert [word.word for word in found.words] == ["x-robots-tag", "noml"]


def test_hostile_sizes_are_bounded() -> None:
    many = "".join(f'<link rel="license" href="/{number}">' for number in range(500))
    metas = "".join(f'<meta name="x{number}bot" content="noai">' for number in range(500))
    found = rights_of(metas + many + f'<meta name="robots" content="{"noml," * 50_000}">')
    assert found is not None
    assert len(found.words) == MOST_WORDS
    found = rights_of(headers=[("content-usage", "a=n " * 100_000)] * 500)
    assert found is not None
    assert [len(word.value or "") for word in found.words] == [LONGEST_VALUE + 1]
