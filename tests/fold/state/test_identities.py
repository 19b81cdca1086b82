"""What is kept of articles beyond the window, and for how long."""

import pytest

import service.fold.state.identities as identities_module
from service.contract.fold_state import IdentityRecord
from service.contract.identity import article_uri, story_uri
from service.fold.state.identities import (
    Identities,
    Remembering,
    content_of,
    key_of,
    merger_of,
    own_number,
)
from service.fold.state.row_store import RowStore

DAY = 86_400.0
NOW = 1_790_000_000.0


def identity(number: int, last: float = NOW, **more: object) -> IdentityRecord:
    uri = article_uri(str(number))
    return IdentityRecord(
        key=key_of(uri).hex(),
        story_id=story_uri(uri, "", ""),
        version=3,
        content=content_of("text"),
        first=int(NOW) - 100,
        last=int(last),
    ).model_copy(update=more)


def kept(*found: IdentityRecord, most: int = 10_000) -> tuple[Identities, RowStore]:
    store = RowStore.in_memory()
    identities = Identities(store.identities, Remembering(60 * DAY, most))
    for each in found:
        identities.keep(each, NOW)
    return identities, store


def test_what_is_kept_comes_back_whole() -> None:
    each = identity(1, own=own_number("urn:other"), withdrawal=3)
    identities, _ = kept(each)
    assert identities.find(article_uri("1"), NOW) == each
    assert identities.find(article_uri("2"), NOW) is None
    assert identities.drop(article_uri("1")) == each.key
    assert identities.find(article_uri("1"), NOW) is None


def test_it_is_found_for_so_many_days_after_the_last_fetch() -> None:
    identities, _ = kept(identity(1))
    assert identities.find(article_uri("1"), NOW + 60 * DAY) is not None
    assert identities.find(article_uri("1"), NOW + 60 * DAY + 1) is None
    assert identities.keep(identity(2, NOW - 61 * DAY), NOW) is None


def test_an_article_is_in_the_story_that_its_own_was_merged_into() -> None:
    each = identity(1)
    second, third = story_uri("2", "", ""), story_uri("3", "", "")
    mergers = merger_of(each.story_id, second, NOW), merger_of(second, third, NOW)
    identities, _ = kept(each, *mergers)
    found = identities.find(article_uri("1"), NOW)
    assert found is not None
    assert found.story_id == third


def test_all_that_is_over_is_deleted_while_a_quarter_as_many_are_placed() -> None:
    identities, store = kept(*(identity(n, NOW - n % 2 * DAY) for n in range(1000)))
    swept = [key for n in range(256) for key in identities.sweep(n, NOW + 59.5 * DAY)]
    assert len(swept) == 500
    assert store.identities.count == 500
    assert identities.find(article_uri("2"), NOW) is not None


def test_there_are_never_many_more_than_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identities_module, "_SLICE", 64)
    identities, store = kept(most=100)
    for number in range(1000):
        identities.keep(identity(number, NOW + number), NOW)
        identities.sweep(number, NOW)
    assert store.identities.count <= 110
    assert identities.find(article_uri("999"), NOW) is not None
