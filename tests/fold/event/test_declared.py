from service.contract.article import Article
from service.contract.declared import Genre, Person, Subject, Teaser
from service.fold.event.declared import (
    IPTC_GENRES,
    descriptions_of,
    genres_of,
    people_of,
    roles_of,
    sources_of,
    subjects_of,
)
from service.read.page.genre_labels import LABELS

ARTICLE = Article(
    uri="urn:1",
    url="https://courier.example/storm",
    canonical_url="https://courier.example/storm",
    host="courier.example",
    title="Storm",
    text="A storm.",
    language="en",
    content_hash="0",
    people=(
        Person(name="Ada Quist", role="Editor", url="https://courier.example/ada", source="byline"),
        Person(name="John Moor", source="jsonld.author"),
    ),
    subjects=(Subject(name="Coast", rel="section", source="jsonld.articleSection"),),
    teaser=Teaser(role="standfirst", text="Forty roofs.", source="standfirst"),
    genres=(
        Genre(name="live", text="LiveBlogPosting", source="jsonld.@type"),
        Genre(name="made_with_ai", text="true", source="meta.ai-generated"),
    ),
    publisher_name="Northern Press",
    publisher_source="jsonld.publisher",
)


def test_people_and_their_roles() -> None:
    assert [(each.name, each.rel, each.uri) for each in people_of(ARTICLE)] == [
        ("Ada Quist", "author", "https://courier.example/ada"),
        ("John Moor", "author", None),
    ]
    assert [(each.name, each.role) for each in roles_of(ARTICLE)] == [("Ada Quist", "Editor")]


def test_subjects_and_teaser() -> None:
    assert [(each.name, each.rel) for each in subjects_of(ARTICLE)] == [("Coast", "section")]
    assert [(each.role, each.value) for each in descriptions_of(ARTICLE)] == [
        ("standfirst", "Forty roofs.")
    ]


def test_genres_have_iptcs_uri_where_there_is_one() -> None:
    live, ai = genres_of(ARTICLE)
    assert (live.literal, live.uri) == (
        "live",
        "http://cv.iptc.org/newscodes/genre/LiveCoverage",
    )
    assert (ai.literal, ai.uri) == ("made_with_ai", None)
    assert set(LABELS) == set(IPTC_GENRES)


def test_every_value_has_its_place() -> None:
    assert [(each.property, each.source) for each in sources_of(ARTICLE)] == [
        ("/people/0", "byline"),
        ("/people/1", "jsonld.author"),
        ("/subjects/0", "jsonld.articleSection"),
        ("/descriptions/0", "standfirst"),
        ("/genres/0", "jsonld.@type"),
        ("/genres/1", "meta.ai-generated"),
        ("/copydesk/page/publisher_name", "jsonld.publisher"),
    ]
