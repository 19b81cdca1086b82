"""Events are ninjs: IPTC's own schema says so, and the extension that events name."""

from typing import Any

import pytest

from service.contract.schema.article_examples import example_article, example_takedown
from service.contract.schema.ninjs_extension import NINJS as ADDRESS
from service.contract.schema.ninjs_extension import ninjs_extension
from service.contract.serde import dump, load_json
from tests.contract.formats import NINJS, complaints, event_complaints, is_uri, without_our_object


def article() -> dict[str, Any]:
    event: dict[str, Any] = load_json(dump(example_article()))
    return event


def test_iptcs_file_is_the_one_that_is_referred_to() -> None:
    assert NINJS["$id"] == f"{ADDRESS}#"
    assert "Creative Commons Attribution 4.0" in NINJS["description"], "its notice stays with it"
    assert f"{ADDRESS}#/$defs/ninjsType" in str(ninjs_extension())


@pytest.mark.parametrize("example", [example_article(), example_takedown()])
def test_examples_fit_all_three(example: Any) -> None:
    assert event_complaints(load_json(dump(example))) == []


def test_an_event_names_the_schema_that_it_fits() -> None:
    named = article()["standard"]["schema"]
    assert named == "urn:copydesk:schema:article-ninjs:1"


def test_iptcs_schema_refuses_our_object_and_the_extension_does_not() -> None:
    assert complaints("ninjs", article()) != []
    assert complaints("ninjs", without_our_object(article())) == []
    assert complaints("article-ninjs.1", article()) == []


def test_outside_of_our_object_there_is_nothing_that_ninjs_does_not_have() -> None:
    assert complaints("article-ninjs.1", {**article(), "trendScore": 4}) != []


def test_our_object_may_grow() -> None:
    event = article()
    event["copydesk"]["addedLater"] = {"x": [1]}
    assert complaints("article-ninjs.1", event) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("firstCreated", "2024-05-14T10:05:00"),
        ("versionCreated", "2024-05-14"),
        ("uri", "no address"),
        ("pubStatus", "gone"),
    ],
)
def test_formats_and_words_of_ninjs_are_checked(name: str, value: str) -> None:
    assert complaints("article-ninjs.1", {**article(), name: value}) != []


def test_what_an_address_is() -> None:
    assert is_uri("https://g.example/a?b=c#d")
    assert is_uri("http://[2001:db8::1]/a")
    assert is_uri("urn:copydesk:article:1f")
    for wrong in ("/a", "https://g.example/a b", "https://g.example/ä", "https://g.example/%zz"):
        assert not is_uri(wrong)
