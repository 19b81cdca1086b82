import json

import pytest

from tests.eval.declared_check import Source
from tests.eval.declared_fields import digest

NODE = {
    "@type": "NewsArticle",
    "author": {"@type": "Person", "name": "Ada Quist"},
    "keywords": ["Harbour & coast", "ferries"],
}
PAGE = f"""<html><head><meta property="article:section" content="Northern coast">
<script type="application/ld+json">{json.dumps(NODE)}</script></head>
<body><h1>Storm</h1><p>By <a href="/people/ada-quist">Ada Quist</a></p></body></html>"""


@pytest.mark.parametrize(
    ("place", "value", "stands"),
    [
        ("jsonld.author", "Ada Quist", True),
        ("jsonld.keywords", "harbour &amp; coast", True),
        ("jsonld.keywords", "Ada Quist", False),
        ("jsonld.keywords", "ferri", False),
        ("meta.article:section", "Northern coast", True),
        ("meta.section", "Northern coast", False),
        ("byline", "Ada Quist", True),
        ("byline", "John Moor", False),
    ],
)
def test_values_stand_at_their_place_and_nowhere_else(place: str, value: str, stands: bool) -> None:
    assert Source(PAGE).has(place, value) is stands


def test_addresses_and_declared_fields() -> None:
    source = Source(PAGE)
    assert source.links("https://courier.example/people/ada-quist")
    assert not source.links("https://courier.example/people/john-moor")
    assert source.declares("keywords")
    assert not source.declares("description")


def test_a_digest_is_of_the_words() -> None:
    assert digest("A storm, at last.") == digest("a storm at last") != digest("a storm")
