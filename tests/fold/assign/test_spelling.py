"""Pages that come under several spellings of one address, with `www.` or a slash or without."""

from collections.abc import Sequence
from itertools import permutations
from typing import Unpack

import pytest

from service.contract.extracted import Extracted
from service.contract.fold_state import ARTICLE_PREFIX, ArticleRecord
from service.contract.identity import article_uri
from service.contract.record import InputMessage, Record
from service.contract.serde import dump, load
from service.fold.assign.decision import Placed, Unchanged
from service.fold.shard import Shard
from service.fold.stage import fold, fold_batch
from tests.fold.articles import ArticleOptions, extracted, text_of
from tests.fold.changelog import Changelog

SLASH = "https://ledger.example/a/"
SPELLINGS = (
    SLASH,
    "https://ledger.example/a",
    "https://www.ledger.example/a",
    "https://www.ledger.example/a/",
)
WEEKS = 20 * 24
"""Hours."""


def page(
    url: str, offset: int, text: str = "ferry-ap", **more: Unpack[ArticleOptions]
) -> Extracted:
    made = text_of(text) if " " not in text else text
    more.setdefault("title", text.split()[0])
    return extracted(made, url=url, offset=offset, **more)


def declaring(url: str, fetched: str, offset: int, text: str = "ferry-ap") -> Extracted:
    made = page(url, offset, text)
    changed = {"url": fetched, "own_url": None if fetched == url else fetched}
    return made.model_copy(update={"article": made.article.model_copy(update=changed)})


def uri_of(shard: Shard) -> str:
    assert shard.identified is not None
    return shard.identified.article.uri


def place(shard: Shard, *pages: Extracted) -> list[tuple[str, int]]:
    """Place pages; return the uri of each and its version, 0 if it is unchanged."""
    placed = []
    for each in pages:
        decision = shard.place(each)
        assert isinstance(decision, Placed | Unchanged)
        version = decision.version if isinstance(decision, Placed) else 0
        placed.append((uri_of(shard), version))
    return placed


def pass_weeks(shard: Shard) -> None:
    """Fold pages of many hosts that are fetched weeks later."""
    for n in range(20):
        url = f"https://h{n}.example/"
        shard.place(extracted(text_of("tin"), url=url, offset=100 + n, hours=WEEKS))
    assert shard.article_count == 20


def messages(articles: Sequence[Extracted]) -> list[InputMessage]:
    return [InputMessage(None, dump(each), (), None, each.source) for each in articles]


@pytest.mark.parametrize("urls", list(permutations(SPELLINGS))[::7])
def test_a_page_under_another_spelling_is_the_same_article(urls: tuple[str, ...]) -> None:
    shard = Shard()
    uri = article_uri(urls[0])
    pages = [page(url, n) for n, url in enumerate(urls)]
    assert place(shard, *pages) == [(uri, 1), (uri, 0), (uri, 0), (uri, 0)]
    changed = page(urls[2], 5, text_of("ferry-ap") + "\n\nTwo crew were treated on the quay.")
    assert place(shard, changed) == [(uri, 2)]
    assert shard.identified is not None
    assert shard.identified.article.canonical_url == urls[0]
    assert shard.identified.article.url == urls[2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://github.io/a", "https://www.github.io/a"),
        ("https://ledger.example/a", "https://ledger.example/b"),
        ("https://ledger.example/a?id=1", "https://ledger.example/a?id=2"),
        ("https://ledger.example/a/index.html", "https://ledger.example/a/"),
        ("https://news.ledger.example/a", "https://ledger.example/a"),
        ("https://ledger.example/a", "https://evil.example/a"),
    ],
)
def test_what_is_no_spelling_is_another_article(one: str, other: str) -> None:
    assert place(Shard(), page(one, 0), page(other, 1)) == [
        (article_uri(one), 1),
        (article_uri(other), 1),
    ]


def test_two_articles_that_differ_in_a_slash_stay_two() -> None:
    shard = Shard()
    bare = SPELLINGS[1]
    ferry, dam = (article_uri(SLASH), article_uri(bare))
    assert place(
        shard,
        page(SLASH, 0, "ferry-ap"),
        page(bare, 1, "dam"),
        page(SLASH, 2, "ferry-ap"),
        page(bare, 3, "dam"),
        page(bare, 4, text_of("dam") + "\n\nMore follows."),
    ) == [(ferry, 1), (dam, 1), (ferry, 0), (dam, 0), (dam, 2)]


def test_two_articles_whose_texts_are_gone_make_two_versions_by_turns_at_most() -> None:
    shard = Shard()
    bare = SPELLINGS[1]
    place(shard, page(SLASH, 0, "ferry-ap"))
    pass_weeks(shard)
    by_turns = [
        page(url, 200 + n, text, hours=WEEKS)
        for n, (url, text) in enumerate([(bare, "dam"), (SLASH, "ferry-ap")] * 3)
    ]
    known, other = article_uri(SLASH), article_uri(bare)
    assert place(shard, *by_turns) == [
        (known, 2), (known, 3), (other, 1), (known, 0), (other, 0), (known, 0)
    ]  # fmt: skip


@pytest.mark.parametrize("url", SPELLINGS[1:])
def test_an_article_beyond_the_window_is_known_under_each_spelling(url: str) -> None:
    shard = Shard()
    uri = article_uri(SLASH)
    place(shard, page(SLASH, 0))
    pass_weeks(shard)
    changed = page(url, 201, text_of("ferry-ap") + "\n\nMore.", hours=WEEKS)
    assert place(shard, page(url, 200, hours=WEEKS), changed) == [(uri, 0), (uri, 2)]


@pytest.mark.parametrize("fetched", SPELLINGS)
def test_a_page_may_declare_another_spelling_of_its_address(fetched: str) -> None:
    shard = Shard()
    pages = [declaring(SLASH, fetched, 0), page(fetched, 1), declaring(SLASH, SPELLINGS[2], 2)]
    assert place(shard, *pages) == [(article_uri(SLASH), n) for n in (1, 0, 0)]
    assert place(shard, declaring(SLASH, fetched, 3, "dam")) == [(article_uri(SLASH), 2)]


def test_a_declared_address_is_known_under_another_spelling() -> None:
    shard, uri = Shard(), article_uri(SLASH)
    variant = "https://ledger.example/print/7"
    pages = [page(SLASH, 0), declaring(SPELLINGS[2], variant, 1)]
    assert place(shard, *pages) == [(uri, 1), (uri, 0)]
    template = declaring(SPELLINGS[2], "https://ledger.example/dam", 2, "dam")
    assert place(shard, template) == [(article_uri("https://ledger.example/dam"), 1)]


def test_the_page_at_an_address_that_another_holds_is_the_same_under_each_spelling() -> None:
    shard = Shard()
    held = declaring(SLASH, "https://ledger.example/ferry", 0)
    (uri, _), (beside, _) = place(shard, held, page(SPELLINGS[1], 1, "dam"))
    assert beside not in (uri, article_uri(SPELLINGS[1]))
    again = [page(url, 2 + n, "dam") for n, url in enumerate(SPELLINGS)]
    assert place(shard, *again) == [(beside, 0)] * 4


def test_an_article_of_a_version_that_told_spellings_apart_goes_on() -> None:
    """It took an address for another than its own if they differed in spelling."""
    shard = Shard()
    written = Changelog(fold(messages([page(SLASH, 0)])[0], shard, 0))
    article = load(ArticleRecord, written.under(ARTICLE_PREFIX)[0])
    before = article.model_copy(update={"own_uri": article_uri(SPELLINGS[2])})
    written.values[ARTICLE_PREFIX + article.uri] = dump(before)
    changed = declaring(SLASH, SPELLINGS[2], 1, "dam")
    assert place(written.restored(), changed) == [(article.uri, 2)]


def crawl() -> list[Extracted]:
    stories = ("ferry-ap", "dam", "syrup", "ferry-ap", "dam", "syrup", "ferry-ap", "tin", "tin")
    return [page(SPELLINGS[n * 3 % 4], n, story) for n, story in enumerate(stories)]


def test_a_restart_and_a_batch_change_no_identity() -> None:
    pages, shard = messages(crawl()), Shard()
    whole = [fold(message, shard, 0) for message in pages]
    assert list(fold_batch(pages, Shard(), 0)) == whole
    for cut in range(1, len(pages)):
        before: list[Record] = [record for made in whole[:cut] for record in made]
        again = Changelog(before).restored()
        assert [fold(message, again, 0) for message in pages[cut:]] == whole[cut:]
