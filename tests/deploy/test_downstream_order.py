"""What downstream teams make of `articles` does not depend on the order in which they read it."""

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from deploy.examples.index_articles import TABLES, enter
from deploy.examples.only_originals import kept
from service.contract.control import Control, ControlAction, control_record
from service.contract.extracted import Extracted, SourcePosition
from service.contract.identity import digest
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump, load
from service.fold.shard import Shard
from service.fold.stage import fold
from tests.contract.messages import message
from tests.fold.changelog import Changelog
from tests.local.sample_read import extracted_records

ORIGINALS = {"original", "update", "correction"}


@dataclass(frozen=True)
class Written:
    """What FOLD wrote of the sample crawl, pages and decisions of the operator in any order.

    Attributes:
        articles: records of the topic, in the order in which they were written.
        stories: the last state of each story.
    """

    articles: tuple[Record, ...]
    stories: dict[str, dict[str, Any]]

    def story_of(self, story: str) -> str:
        while into := self.stories[story].get("merged_into"):
            story = into
        return story


@cache
def extracted() -> tuple[Extracted, ...]:
    return tuple(load(Extracted, each.value or b"") for each in extracted_records())


@cache
def written(seed: int, *, decisions: bool = True) -> Written:
    """FOLD is restarted, from its changelog, a few times in between."""
    rng, shard, log = random.Random(seed), Shard(), Changelog()
    articles: list[Record] = []
    stories: dict[str, dict[str, Any]] = {}
    for number, each in enumerate(inputs(rng, decisions=decisions)):
        if number % 40 == 39:
            shard = log.restored()
        made = fold(each, shard, 0)
        log.write(made)
        articles += [record for record in made if record.topic is Topic.ARTICLES]
        states = [json.loads(each.value or b"") for each in made if each.topic is Topic.STORIES]
        stories |= {state["id"]: state for state in states}
    return Written(tuple(articles), stories)


def inputs(rng: random.Random, *, decisions: bool) -> Iterator[InputMessage]:
    """Every page twice, at times with another text, and one decision for three pages if wanted."""
    pages = [(each, again) for each in extracted() for again in (False, True)]
    rng.shuffle(pages)
    for number, (page, again) in enumerate(pages):
        position = SourcePosition(topic="pages.raw", partition=0, offset=number)
        changed = again and rng.random() < 0.5
        text = digest(page.article.content_hash) if changed else page.article.content_hash
        article = page.article.model_copy(update={"content_hash": text})
        given = page.model_copy(update={"article": article, "source": position, "input": None})
        yield message(dump(given), timestamp=None)
        if decisions and number % 3 == 0:
            target, other = rng.choice(pages)[0].article, rng.choice(pages)[0].article
            yield decision(rng.choice(list(ControlAction)), target.uri, other.uri, number)


def decision(action: ControlAction, target: str, other: str, number: int) -> InputMessage:
    control = Control(
        id=f"{number:032x}",
        action=action,
        target=target,
        other=other,
        language="en",
        why=f"The desk checked, {number}.",
        at="2026-03-10T08:00:00+00:00",
    )
    record = control_record(control, 0)
    return message(record.value, key=record.key, headers=record.headers)


def test_each_event_of_an_article_has_a_higher_sequence_than_those_before() -> None:
    last: dict[str, tuple[int, bytes]] = {}
    restated = 0
    for record in written(1).articles:
        event, headers = json.loads(record.value or b""), dict(record.headers)
        sequence = event["copydesk"]["sequence"]
        assert int(headers["ce_sequence"]) == sequence
        before = last.get(event["uri"], (0, b""))
        assert (sequence, headers["ce_sequence"]) > before
        last[event["uri"]] = sequence, headers["ce_sequence"]
        restated += headers["ce_type"].endswith(b"restated")
    assert restated > 20


def rows(records: Sequence[Record]) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    for record in records:
        enter(database, json.loads(record.value or b""))
    texts = database.execute("SELECT uri, headline, body FROM articles_text ORDER BY uri, body")
    return [*database.execute("SELECT * FROM articles ORDER BY uri"), *texts]


@pytest.mark.parametrize("seed", [1, 2])
def test_an_index_that_is_built_anew_is_the_same_in_any_order(seed: int) -> None:
    articles = list(written(seed).articles)
    expected = rows(articles)
    assert {row[4] for row in expected if len(row) > 3} == {"usable", "canceled"}
    for order in range(6):
        random.Random(order).shuffle(articles)
        assert rows(articles) == expected


def documents(records: Sequence[Record]) -> dict[str, dict[str, tuple[int, Any]]]:
    """Two indexes of OpenSearch, as DOWNSTREAM.md says: `version_type=external_gte`."""
    indexes: dict[str, dict[str, tuple[int, Any]]] = {"articles": {}, "places": {}}

    def put(index: str, uri: str, sequence: int, document: Any) -> None:
        if sequence >= indexes[index].get(uri, (0, None))[0]:
            indexes[index][uri] = sequence, document

    for record in records:
        event = json.loads(record.value or b"")
        place, sequence = event["copydesk"].pop("story"), event["copydesk"]["sequence"]
        if event.get("representationType") != "partial":
            put("articles", event["uri"], sequence, event)
        put("places", event["uri"], sequence, place)
    return indexes


def test_an_index_with_external_versions_is_the_same_in_any_order() -> None:
    articles = list(written(1).articles)
    expected = documents(articles)
    for order in range(3):
        random.Random(order).shuffle(articles)
        assert documents(articles) == expected


@pytest.mark.parametrize("decisions", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_one_article_of_a_story_says_that_it_is_the_original(seed: int, decisions: bool) -> None:
    found = written(seed, decisions=decisions)
    indexes = documents(found.articles)
    usable = {
        uri for uri, (_, event) in indexes["articles"].items() if event["pubStatus"] == "usable"
    }
    relations: dict[str, dict[str, str]] = {}
    for uri in usable:
        place = indexes["places"][uri][1]
        story = found.story_of(place["id"])
        relations.setdefault(story, {})[uri] = place["relation"]
    assert sum(map(len, relations.values())) > 20
    for story, articles in relations.items():
        original = found.stories[story]["original"]["uri"]
        assert {uri for uri, relation in articles.items() if relation == "original"} <= {original}
        assert original not in usable or articles[original] in ORIGINALS


@pytest.mark.parametrize("seed", [1, 2])
def test_two_headers_are_enough_for_originals_alone(seed: int) -> None:
    """What is kept is what the last events say: originals and later takes, no copy."""
    found = written(seed)
    held: dict[str, int] = {}
    for record in found.articles:
        headers = {name: raw for name, raw in record.headers if name.startswith("ce_")}
        keep = kept({name: headers[name] for name in ("ce_type", "ce_relation")})
        uri = headers["ce_subject"].decode()
        if keep:
            held[uri] = int(headers["ce_sequence"])
        elif keep is False:
            held.pop(uri, None)
    indexes = documents(found.articles)
    wanted = {
        uri
        for uri, (_, place) in indexes["places"].items()
        if place["relation"] in ORIGINALS and indexes["articles"][uri][1]["pubStatus"] == "usable"
    }
    assert held.keys() == wanted
    copies = {json.loads(each.value or b"")["uri"] for each in found.articles} - wanted
    assert len(copies) > 20


def test_a_notice_says_that_it_is_one_and_what_it_takes_down_does_not() -> None:
    notices: set[str] = set()
    others: set[str] = set()
    for record in written(1).articles:
        event = json.loads(record.value or b"")
        block, headers = event["copydesk"]["story"], dict(record.headers)
        assert ("notice" in block) == (headers.get("ce_notice") == b"true")
        if block["relation"] == "withdrawal":
            (notices if "notice" in block else others).add(event["uri"])
            assert ("notice" in block) == bool(event["bodies"])
    assert notices
    assert others
