"""Which of two articles is the original."""

from typing import Any

from service.contract.extracted import Extracted
from service.contract.identity import article_uri
from service.link.explain import source_of_articles
from tests.fold.articles import extracted
from tests.link.explain.texts import ferry

WIRE, KURIER = "https://wire.example/ferry", "https://kurier.example/faehre"


def spanish(**of: Any) -> Extracted:
    return extracted(ferry("es"), url=WIRE, offset=0, language="es", **of)


def german(**of: Any) -> Extracted:
    return extracted(ferry("de"), url=KURIER, offset=1, language="de", **of)


def test_the_page_on_the_agencys_host_is_the_original() -> None:
    own, other = spanish(agency="ap", own=True), german(agency="ap")
    assert source_of_articles(own, other) == (True, "agency_host")
    assert source_of_articles(other, own) == (False, "agency_host")


def test_the_page_that_the_other_declares_its_original_is_it() -> None:
    assert article_uri(WIRE) == spanish().article.uri
    assert source_of_articles(spanish(), german(canonical=WIRE)) == (True, "named")


def test_a_page_that_says_it_is_a_translation_is_one() -> None:
    told = spanish()
    article = told.article.model_copy(update={"says_translated": True})
    told = told.model_copy(update={"article": article})
    assert source_of_articles(told, german()) == (False, "says_so")


def test_without_a_sign_it_stays_open() -> None:
    assert source_of_articles(spanish(), german()) is None
