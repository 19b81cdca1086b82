"""The examples for downstream teams, on what a worker makes of the sample crawl."""

import json
import sqlite3
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from deploy.examples import index_articles, only_originals
from deploy.examples.index_articles import TABLES, enter
from deploy.examples.only_originals import kept
from deploy.examples.stories_table import TABLES as STORY_TABLES
from deploy.examples.stories_table import enter as enter_story
from deploy.examples.stories_table import story_of
from service.contract.attributes import MEANINGS
from service.contract.record import Topic
from service.contract.schema.examples import example_no_translations, example_translations
from service.contract.serde import dump
from service.contract.translations import TRANSLATIONS_PREFIX
from service.local.sample import sample_crawl
from service.worker.kafka.topics import create_topics, topic_name
from tests.deploy.examples import running_example
from tests.worker.conftest import Deploy, deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_outcomes

__all__ = ["deploy"]  # a fixture of the stream tests

ALL = "SELECT count(*) FROM articles"
WITHDRAWN = "SELECT count(*) FROM articles WHERE status = 'canceled' AND body IS NULL"


@pytest.mark.stream
async def test_examples_keep_what_the_topics_say(deploy: Deploy, tmp_path: Path) -> None:
    deployment = deploy()
    pages = list(sample_crawl())
    await create_topics(deployment.settings)
    await feed(deployment, map(sample_page, pages))
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
    seen = await read_all(deployment, (Topic.ARTICLES, Topic.STORIES))
    events = [record.json for record in seen if record.topic is Topic.ARTICLES]
    deployment = deploy()
    await write(deployment, seen)
    index_of_articles(deployment, tmp_path, events)
    table_of_stories(deployment, tmp_path, seen)
    originals_only(deployment, tmp_path, seen)


async def write(deployment: Deployment, seen: list[Seen]) -> None:
    """Write what was read to topics of its own: the reader left its marks in the first ones."""
    settings = deployment.settings
    await create_topics(settings)
    producer = AIOKafkaProducer(bootstrap_servers=settings.brokers)
    await producer.start()
    for record in seen:
        await producer.send(
            topic_name(record.topic, settings),
            record.value,
            record.key,
            partition=record.partition,
            headers=list(record.headers),
        )
    await producer.stop()


def index_of_articles(deployment: Deployment, folder: Path, events: list[dict[str, Any]]) -> None:
    """One row a uri; the withdrawn have no text, and cannot be found by it."""
    database = folder / "articles.db"
    canceled = {event["uri"] for event in events if event["pubStatus"] == "canceled"}
    uris = {event["uri"] for event in events}
    assert canceled
    words = ["--database", str(database), *where(deployment, Topic.ARTICLES)]
    for _ in range(2):  # a second start goes on where the first one ended
        with running_example("index_articles.py", *words, output=folder / "log") as wait_until:
            wait_until(lambda: count(database, ALL) == len(uris))
            wait_until(lambda: count(database, WITHDRAWN) == len(canceled))
    with sqlite3.connect(database) as rows:
        found = dict(rows.execute("SELECT uri, body FROM articles"))
        searchable = {uri for (uri,) in rows.execute("SELECT uri FROM articles_text")}
    assert {uri for uri, body in found.items() if body is None} == canceled
    assert searchable == uris - canceled


def table_of_stories(deployment: Deployment, folder: Path, seen: list[Seen]) -> None:
    """One row a story, as its last record has it."""
    last = {record.json["id"]: record.json for record in seen if record.topic is Topic.STORIES}
    database = folder / "stories.db"
    words = ["--database", str(database), *where(deployment, Topic.STORIES)]
    with running_example("stories_table.py", *words, output=folder / "log") as wait_until:
        copies = sum(state["copies"] for state in last.values())
        wait_until(lambda: count(database, "SELECT sum(copies) FROM stories") == copies)
        wait_until(lambda: count(database, "SELECT count(*) FROM stories") == len(last))
    with sqlite3.connect(database) as rows:
        active = {story for (story,) in rows.execute("SELECT id FROM current_stories")}
    assert active == {story for story, state in last.items() if state["status"] == "active"}


def originals_only(deployment: Deployment, folder: Path, seen: list[Seen]) -> None:
    """Every original and later take, what takes one back, and no copy."""
    wanted = sorted(
        (keep, record.json["uri"], record.json["copydesk"]["sequence"])
        for record in seen
        if record.topic is Topic.ARTICLES and (keep := kept(dict(record.headers))) is not None
    )
    assert {keep for keep, *_ in wanted} == {True, False}
    output = folder / "originals"
    words = ["--group", deployment.name, *where(deployment, Topic.ARTICLES)]
    with running_example("only_originals.py", *words, output=output) as wait_until:
        wait_until(lambda: len(output.read_text().splitlines()) >= len(wanted))
    lines = [json.loads(line) for line in output.read_text().splitlines()]
    assert sorted((line["keep"], line["uri"], line["sequence"]) for line in lines) == wanted


@pytest.mark.parametrize(
    ("kind", "relation", "keep"),
    [
        ("published", "original", True),
        ("copied", "verbatim", None),
        ("revised", "update", True),
        ("revised", "edited", False),
        ("withdrawn", "withdrawal", False),
        ("withdrawn", "update", False),
        ("restated", "edited", False),
        ("restated", "original", True),
    ],
)
def test_two_headers_say_whether_an_article_is_an_original(
    kind: str, relation: str, keep: bool | None
) -> None:
    headers = {"ce_type": f"copydesk.article.{kind}".encode(), "ce_relation": relation.encode()}
    assert kept(headers) is keep


@pytest.mark.parametrize("example", [index_articles, only_originals])
def test_events_are_chosen_by_headers_and_withdrawals_always_pass(example: ModuleType) -> None:
    copy = {"ce_type": b"copydesk.article.copied", "ce_agency": b"ap", "ce_relation": b"spun"}
    withdrawal = {**copy, "ce_type": b"copydesk.article.withdrawn", "ce_relation": b"withdrawal"}
    assert example.chosen(copy, [("agency", "ap"), ("relation", "spun")])
    assert not example.chosen(copy, [("agency", "ap"), ("relation", "trimmed")])
    assert not example.chosen(copy, [("language", "de")])
    assert example.chosen(withdrawal, [("relation", "spun")])
    assert set(MEANINGS) - {"notice", "sequence"} == example.NAMES


def where(deployment: Deployment, topic: Topic) -> list[str]:
    settings = deployment.settings
    return ["--brokers", settings.brokers, "--topic", topic_name(topic, settings)]


def count(database: Path, question: str) -> int | None:
    """The answer; None while there is no table yet."""
    try:
        with sqlite3.connect(database) as rows:
            (answer,) = rows.execute(question).fetchone()
            return int(answer or 0)
    except sqlite3.OperationalError:
        return None


def event(version: int, text: str | None, story: str = "s") -> dict[str, Any]:
    return {
        "uri": "u",
        "version": str(version),
        "pubStatus": "usable" if text else "canceled",
        "language": "en",
        "headlines": [{"value": "Ferry"}],
        "bodies": [{"value": text}] if text else [],
        "copydesk": {
            "page": {"url": "https://gazette.example/ferry"},
            "wire": {},
            "story": {"id": story, "relation": "original"},
        },
    }


@pytest.mark.parametrize(
    ("events", "version", "body"),
    [
        ([event(1, "old"), event(2, "new")], 2, "new"),
        ([event(2, "new"), event(1, "old")], 2, "new"),
        ([event(1, "old"), event(1, "old")], 1, "old"),
        ([event(1, "old"), event(1, None)], 1, None),
        ([event(1, None), event(1, "old")], 1, None),
        ([event(1, None), event(2, "new")], 2, "new"),
        ([event(2, None), event(1, "old")], 2, None),
    ],
)
def test_the_order_of_two_events_of_one_article_does_not_matter(
    events: list[dict[str, Any]], version: int, body: str | None
) -> None:
    """Versions may stand in two partitions, where their order is not kept."""
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    for each in events:
        enter(database, each)
    assert database.execute("SELECT version, body FROM articles").fetchall() == [(version, body)]
    texts = [] if body is None else [(body,)]
    assert database.execute("SELECT body FROM articles_text").fetchall() == texts


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_withdrawn_article_that_is_usable_again_has_its_text_in_any_order(
    order: tuple[int, ...],
) -> None:
    events = [event(1, "old"), event(1, None), event(2, "old")]
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    for number in order:
        enter(database, events[number])
    assert database.execute("SELECT version, body FROM articles").fetchall() == [(2, "old")]
    assert database.execute("SELECT body FROM articles_text").fetchall() == [("old",)]


def test_a_withdrawn_story_that_is_active_again_is_current_again() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(STORY_TABLES)
    for status, current in (("active", 1), ("withdrawn", 0), ("active", 1)):
        enter_story(database, "a", story(status))
        assert database.execute("SELECT count(*) FROM current_stories").fetchone() == (current,)


def story(status: str) -> bytes:
    state = {
        "id": "a",
        "status": status,
        "language": "en",
        "headline": "Ferry",
        "original": {"uri": "u", "host": "h", "why": "agency_host", "basis": "seen"},
        "copies": 2,
        "host_count": 3,
        "revision": 1,
        "agency_verified": True,
        "claims": [{"kind": "withdrawal", "host": "h2", "uri": "v", "had_copy": False}],
    }
    return json.dumps(state).encode()


def test_a_merged_story_is_found_where_it_went() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(STORY_TABLES)
    for story, into in (("a", "b"), ("b", "c"), ("c", None)):
        state = {
            "id": story,
            "status": "merged" if into else "active",
            "language": "en",
            "headline": "Ferry",
            "original": {"uri": "u", "host": "h", "why": "earliest_seen"},
            "copies": 0,
            "host_count": 1,
            "revision": 0,
        } | ({"merged_into": into} if into else {})
        enter_story(database, story, json.dumps(state).encode())
    assert story_of(database, "a") == "c"
    assert database.execute("SELECT id FROM current_stories").fetchall() == [("c",)]
    enter_story(database, "c", None)
    assert database.execute("SELECT count(*) FROM stories").fetchone() == (2,)


def test_translations_are_in_a_table_of_their_own() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(STORY_TABLES)
    said = example_translations()
    key = f"{TRANSLATIONS_PREFIX}{said.story}"
    rows = "SELECT story, other, language, score, source FROM translations"
    enter_story(database, key, dump(said))
    (german,) = said.translations
    row = (said.story, german.story, "de", german.score, 1)
    assert database.execute(rows).fetchall() == [row]
    assert database.execute("SELECT count(*) FROM stories").fetchone() == (0,)
    enter_story(database, key, dump(example_no_translations()))
    assert database.execute(rows).fetchall() == []
    enter_story(database, key, dump(said))
    enter_story(database, key, None)
    assert database.execute(rows).fetchall() == []
