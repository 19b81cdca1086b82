"""What an operator names is found among the records of `articles` and `stories`."""

from dataclasses import replace

from service.contract.control import Control, ControlAction, control_record
from service.contract.record import Record, Topic
from service.contract.serde import dump
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.article_reference import ArticleReference
from service.local.find_target import FoundArticles, FoundStories
from tests.contract.messages import message
from tests.fold.articles import extracted, text_of

HERE, THERE, OTHER = (
    "https://gazette.example/dam",
    "https://farm.example/dam",
    "https://b.example/ferry",
)


def records() -> list[Record]:
    """Two copies and another article, whose story is then merged into theirs."""
    shard, made = Shard(), []
    articles = [
        extracted(text_of("dam"), url=HERE, offset=0),
        extracted(text_of("dam"), url=THERE, offset=1),
        extracted(text_of("ferry-ap"), url=OTHER, offset=2),
    ]
    for article in articles:
        made += fold(message(dump(article)), shard, 0)
    for n, (action, other) in enumerate((("same", articles[2].article.uri), ("withdraw", None))):
        control = Control(
            id=f"{n:032x}",
            action=ControlAction(action),
            target=articles[0].article.uri,
            other=other,
            language="en",
            why="why",
            at="2026-03-10T08:00:00+00:00",
        )
        given = control_record(control, 0)
        made += fold(message(given.value, headers=given.headers), shard, 0)
    return [replace(record, timestamp=number) for number, record in enumerate(made)]


def found_articles(*names: str, stories: set[str] | None = None) -> FoundArticles:
    found = FoundArticles([ArticleReference(name) for name in names], stories or set())
    for record in records():
        if record.topic is Topic.ARTICLES:
            found.add(record)
    return found


def found_stories(*wanted: str) -> FoundStories:
    found = FoundStories(set(wanted))
    for record in records():
        if record.topic is Topic.STORIES:
            found.add(record)
    return found


def test_the_newest_event_of_an_article_counts() -> None:
    found = found_articles(HERE, THERE)
    (here,) = found.named(ArticleReference(HERE))
    (there,) = found.named(ArticleReference(THERE))
    assert (here.host, here.is_usable) == ("gazette.example", False)
    assert (there.host, there.is_usable) == ("farm.example", True)
    assert here.language == "en"


def test_an_article_is_found_by_its_uri_and_its_event() -> None:
    (first,) = found_articles(HERE).named(ArticleReference(HERE))
    assert found_articles(first.uri).named(ArticleReference(first.uri)) == [first]
    event_id = dict(records()[0].headers)["ce_id"].decode()
    assert found_articles(event_id).named(ArticleReference(event_id)) == [first]
    assert found_articles(HERE).named(ArticleReference("https://nowhere.example/")) == []


def test_a_merged_story_leads_to_the_one_that_it_was_merged_into() -> None:
    (here,) = found_articles(HERE).named(ArticleReference(HERE))
    (ferry,) = found_articles(OTHER).named(ArticleReference(OTHER))
    assert ferry.story_id == here.story_id, "it was stated again, in the story that it is in now"
    keys = {(each.key or b"").decode() for each in records() if each.topic is Topic.STORIES}
    found = found_stories(*keys)
    root = found.last(here.story_id)
    assert {found.last(key) for key in keys} == {root}
    assert found.states[root].status == "active"
    assert found.merged_into(root) == keys
    assert len(keys) == 2
    members = found_articles(stories=found.merged_into(root))
    assert len(members.by_uri) == 3


def test_records_that_are_not_ours_are_ignored() -> None:
    articles, stories = FoundArticles([ArticleReference(HERE)]), FoundStories({"s"})
    for value in (None, b"", b"[]", b"{", b'{"uri": 1}'):
        articles.add(Record(Topic.ARTICLES, b"k", value))
        stories.add(Record(Topic.STORIES, b"s", value))
    assert not articles.by_uri
    assert not stories.states


def test_what_is_said_of_translations_is_no_state_of_a_story() -> None:
    found = FoundStories({"urn:a"})
    said = b'{"story": "urn:a", "translations": [{"headline": "merged_into"}]}'
    found.add(Record(Topic.STORIES, b"translations/urn:a", said))
    assert found.states == {}
    assert found.last("urn:a") == "urn:a"
