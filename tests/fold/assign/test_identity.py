"""Whether a declared address identifies an article, given the articles in the window."""

from collections.abc import Sequence

import orjson
import pytest

from service.contract.extracted import Extracted
from service.contract.identity import article_uri
from service.contract.record import InputMessage, Record
from service.contract.serde import dump
from service.fold.assign.decision import Placed, Repeat, Unchanged
from service.fold.shard import Shard
from service.fold.stage import fold, fold_batch
from tests.fold.articles import extracted, text_of
from tests.fold.changelog import Changelog

DECLARED = "https://ledger.example/news/the-one-address"
BRIEF = "The harbour bridge reopened on Tuesday, the council said."
OTHER_BRIEF = "Two schools stay open for a year, the board decided."


def fetched(
    path: str, text: str, offset: int, *, title: str = "A headline", declared: str = DECLARED
) -> Extracted:
    """A page at this path of a site; it declares an address."""
    own = f"https://ledger.example{path}"
    made = extracted(text, url=declared, offset=offset, title=title)
    own_url = None if own == declared else own
    article = made.article.model_copy(update={"url": own, "own_url": own_url})
    return made.model_copy(update={"article": article})


def itself(text: str, offset: int, title: str = "A headline") -> Extracted:
    return fetched("/news/the-one-address", text, offset, title=title)


def uris(shard: Shard, *articles: Extracted) -> list[str]:
    """Place articles; return the uri of each."""
    placed = []
    for article in articles:
        shard.place(article)
        assert shard.identified is not None
        placed.append(shard.identified.article.uri)
    return placed


HELD = article_uri(DECLARED)
OWN = article_uri("https://ledger.example/b")


@pytest.mark.parametrize(
    ("title", "text", "uri"),
    [
        ("Ferry burns", text_of("ferry-ap"), HELD),
        ("Fire on a boat", text_of("ferry-ap", "trimmed"), HELD),
        ("UPDATE 1-Ferry burns", text_of("ferry-ap", "local"), HELD),
        ("Dam fails", text_of("ferry-ap", "spun"), HELD),
        ("Dam fails", text_of("dam"), OWN),
        ("Ferry burns", text_of("dam"), OWN),
        ("", text_of("dam"), OWN),
        ("Dam fails", BRIEF, OWN),
        ("Ferry burns", BRIEF, HELD),
    ],
)
def test_another_article_does_not_take_the_address(title: str, text: str, uri: str) -> None:
    held = fetched("/a", text_of("ferry-ap"), 0, title="Ferry burns")
    assert uris(Shard(), held, fetched("/b", text, 1, title=title)) == [HELD, uri]


def test_of_short_texts_the_titles_decide() -> None:
    first = fetched("/a", BRIEF, 0, title="Bridge reopens")
    assert uris(
        Shard(),
        first,
        fetched("/b", OTHER_BRIEF, 1, title="Schools stay open"),
        fetched("/c", OTHER_BRIEF, 2, title="Bridge reopens"),
    ) == [HELD, OWN, HELD]


def test_a_page_may_change_its_own_article_entirely() -> None:
    shard = Shard()
    first = fetched("/a", text_of("ferry-ap"), 0, title="Ferry burns")
    later = fetched("/a", text_of("dam"), 1, title="Dam fails")
    assert uris(shard, first, later) == [HELD, HELD]


def test_an_article_with_an_address_of_its_own_keeps_it() -> None:
    """The site began to declare addresses after it was first crawled."""
    before = extracted(text_of("ferry-ap"), url="https://ledger.example/b", offset=0)
    after = fetched("/b", text_of("ferry-ap"), 1, title=before.article.title)
    shard = Shard()
    shard.place(before)
    decision = shard.place(after)
    assert isinstance(decision, Unchanged)
    assert shard.identified is not None
    article = shard.identified.article
    assert (article.uri, article.canonical_url) == (OWN, "https://ledger.example/b")
    assert (article.declared_canonical, article.own_url) == (DECLARED, None)


def test_the_page_at_a_held_address_replaces_no_other_article() -> None:
    shard = Shard()
    first = fetched("/a", text_of("ferry-ap"), 0, title="Ferry burns")
    second = itself(text_of("dam"), 1, "Dam fails")
    held, beside = uris(shard, first, second)
    assert held == HELD
    assert beside not in (HELD, OWN)
    assert isinstance(shard.place(itself(text_of("dam"), 2, "Dam fails")), Unchanged)
    later = shard.place(itself(text_of("dam") + "\n\nMore later.", 3, "Dam fails"))
    assert isinstance(later, Placed)
    assert later.version == 2
    assert uris(shard, fetched("/a", text_of("ferry-ap"), 4, title="Ferry burns")) == [HELD]


def test_the_page_at_its_own_address_keeps_it_after_a_variant_of_it_was_fetched() -> None:
    shard = Shard()
    first = itself(text_of("ferry-ap"), 0, "Ferry burns")
    variant = fetched("/a", text_of("ferry-ap", "trimmed"), 1, title="Ferry burns")
    changed = itself(text_of("dam"), 2, "Dam fails")
    assert uris(shard, first, variant, changed) == [HELD] * 3


def test_two_templates_that_name_each_other_cost_no_article() -> None:
    """A page's own address may be held by another page, too."""
    shard = Shard()
    one = fetched("/a", text_of("ferry-ap"), 0, title="Ferry burns")
    two = fetched("/c", text_of("dam"), 1, title="Dam fails", declared="https://ledger.example/b")
    three = fetched("/b", text_of("syrup"), 2, title="Syrup stolen")
    again = fetched("/b", text_of("syrup"), 3, title="Syrup stolen")
    placed = uris(shard, one, two, three)
    assert len(set(placed)) == 3
    assert uris(shard, again) == placed[2:]


def test_a_page_that_is_delivered_again_is_a_repeat() -> None:
    shard = Shard()
    pages = [
        fetched("/a", text_of("ferry-ap"), 0, title="Ferry burns"),
        fetched("/b", text_of("dam"), 1, title="Dam fails"),
        itself(text_of("syrup"), 2, "Syrup stolen"),
    ]
    uris(shard, *pages)
    assert [type(shard.place(page)) for page in pages] == [Repeat] * 3


def template() -> list[Extracted]:
    """Pages that declare one address, some of them again and changed."""
    stories = ("ferry-ap", "dam", "syrup", "bridge", "belfry", "cheese")
    pages = [
        fetched(f"/{story}", text_of(story), offset, title=f"Headline of {story}")
        for offset, story in enumerate(stories)
    ]
    pages[3] = itself(text_of("bridge"), 3, "Headline of bridge")
    again = [
        fetched(f"/{story}", text_of(story) + "\n\nMore.", 10 + n, title=f"Headline of {story}")
        for n, story in enumerate(stories)
    ]
    again[3] = itself(text_of("bridge") + "\n\nMore.", 13, "Headline of bridge")
    return pages + again


def messages(articles: Sequence[Extracted]) -> list[InputMessage]:
    return [InputMessage(None, dump(each), (), None, each.source) for each in articles]


def restored(records: Sequence[Record]) -> Shard:
    """A shard from what was written to its changelog."""
    return Changelog(records).restored()


def test_each_article_of_a_template_has_its_own_versions() -> None:
    shard = Shard()
    made = [fold(message, shard, 0)[0] for message in messages(template())]
    values = [orjson.loads(record.value or b"") for record in made]
    assert [value["version"] for value in values] == ["1"] * 6 + ["2"] * 6
    assert [value["uri"] for value in values[:6]] == [value["uri"] for value in values[6:]]
    assert len({value["uri"] for value in values}) == 6


def test_a_restart_changes_no_identity() -> None:
    pages = messages(template())
    shard = Shard()
    whole = [fold(message, shard, 0) for message in pages]
    for cut in range(1, len(pages)):
        again = restored([record for made in whole[:cut] for record in made])
        assert [fold(message, again, 0) for message in pages[cut:]] == whole[cut:]


def test_a_batch_is_placed_as_its_articles_one_by_one() -> None:
    pages = messages(template())
    one_by_one, together = Shard(), Shard()
    assert list(fold_batch(pages, together, 0)) == [fold(page, one_by_one, 0) for page in pages]


@pytest.mark.parametrize(
    ("declared", "is_evidence"),
    [
        ("https://wire.example/ferry", True),
        ("https://other.ledger.example/ferry", True),
        ("https://www.ledger.example/undefined", False),
        ("https://ledger.example/news/", False),
    ],
)
def test_only_a_claim_on_another_site_is_evidence_of_the_original(
    declared: str, is_evidence: bool
) -> None:
    article = extracted(
        text_of("ferry-ap"), url="https://ledger.example/a", offset=0, canonical=declared
    )
    placed = Shard().place(article)
    assert isinstance(placed, Placed)
    names = placed.saved.articles[0].names
    assert names == (article_uri(declared) if is_evidence else None)


def test_a_template_whose_texts_have_left_the_window_keeps_its_articles_apart() -> None:
    """Pages that declare one address, changed weeks later: each is the next version of its own."""
    shard, pages = Shard(), template()
    before = [fold(message, shard, 0)[0] for message in messages(pages)]
    others = [
        extracted(text_of("tin"), url=f"https://h{n}.example/", offset=100 + n, hours=24 * 20)
        for n in range(20)
    ]
    for message in messages(others):
        fold(message, shard, 0)
    assert shard.article_count == len(others)
    later = [
        fetched(
            f"/{each.article.url.rpartition('/')[2]}", each.article.text + " Again.", 30_000 + n
        )
        for n, each in enumerate(pages[:3])
    ]
    after = [fold(message, shard, 0)[0] for message in messages(later)]
    values = [orjson.loads(record.value or b"") for record in (*before[:3], *after)]
    assert [value["uri"] for value in values[3:]] == [value["uri"] for value in values[:3]]
    assert [value["version"] for value in values[3:]] == ["3"] * 3
