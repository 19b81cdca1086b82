"""The properties of an event about the use of the text."""

from service.contract.article import Article, Notice
from service.contract.hints import Hints
from service.contract.rights import Rights, RightsWord
from service.fold.event.article import present
from service.fold.event.rights import rights_info_of, usage_terms_of
from tests.fold.articles import extracted, text_of
from tests.fold.event.test_article import placed

LICENSE = "https://courier.example/terms"
POLICY = "https://courier.example/tdm.json"


def article_with(*words: RightsWord, license_: str | None = None) -> Article:
    given = extracted(text_of("belfry"), url="https://courier.example/a", offset=0).article
    return given.model_copy(update={"rights": Rights(words=words, license=license_)})


def word(name: str, value: str | None = None) -> RightsWord:
    return RightsWord(word=name, value=value, source="meta.x")


def test_a_licence_comes_before_a_policy() -> None:
    both = article_with(word("tdm-policy", POLICY), license_=LICENSE)
    info = rights_info_of(both)
    assert info is not None
    assert info.linked_rights == LICENSE
    info = rights_info_of(article_with(word("tdm-policy", POLICY)))
    assert info is not None
    assert info.linked_rights == POLICY


def test_what_is_no_address_is_no_link() -> None:
    assert rights_info_of(article_with(word("tdm-policy", "ask us"))) is None
    assert rights_info_of(article_with().model_copy(update={"rights": None})) is None


def test_declared_terms_stand_where_no_notice_has_any() -> None:
    declared = article_with(word("terms", "Not for resale"))
    assert usage_terms_of(declared) == "Not for resale"
    notice = Notice(text="(c) 2024", usage_terms="All rights reserved")
    assert usage_terms_of(declared.model_copy(update={"notices": (notice,)})) == notice.usage_terms
    assert usage_terms_of(article_with()) is None


def test_an_event_has_the_words_with_their_sources() -> None:
    given = extracted(text_of("belfry"), url="https://courier.example/a", offset=0)
    rights = Rights(words=(word("noai"),), license=LICENSE, expires="2026-05-01T00:00:00+00:00")
    article = given.article.model_copy(update={"rights": rights})
    given = given.model_copy(update={"article": article})
    event = present(given, placed(given))
    assert event.copydesk.rights == rights
    assert event.expires == rights.expires
    assert event.rights_info == rights_info_of(article)


def test_a_title_from_a_hint_is_named_as_that() -> None:
    given = extracted(text_of("belfry"), url="https://courier.example/a", offset=0)
    hints = Hints(feed_title="A headline that nobody quotes", referrer="https://courier.example/")
    changed = {"title_source": "hint.feed", "hints": hints}
    given = given.model_copy(update={"article": given.article.model_copy(update=changed)})
    event = present(given, placed(given))
    assert event.copydesk.hints == hints
    assert [(each.property, each.source) for each in event.copydesk.sources] == [
        ("/headlines/0", "hint.feed")
    ]
