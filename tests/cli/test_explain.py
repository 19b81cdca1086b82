"""`copydesk explain`."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from click.testing import CliRunner

from service.cli.explain import command
from service.fold.explain import Explanation
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk
from tests.fold.articles import text_of
from tests.local.stored import FERRY, SPUN, ferry_pages, page, write_events, write_pages

PLAIN = {"COLUMNS": "80", "NO_COLOR": "1"}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages.jsonl", ferry_pages())


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return write_events(tmp_path / "events.jsonl", ferry_pages())


def shown(*words: str, settings: dict[str, str] | None = None) -> str:
    done = copydesk("explain", *words, settings={**PLAIN, **(settings or {})})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_begins_with_the_verdict(pages: Path) -> None:
    page = shown(f"{pages}#{FERRY}", f"{pages}#{SPUN}")
    lines = page.splitlines()
    assert re.fullmatch(r"same story: spun, score [01]\.\d\d", lines[0])
    assert lines[1].startswith("B is a spun copy of A")
    assert "\x1b" not in page


def test_json_follows_the_model(pages: Path) -> None:
    done = copydesk("explain", "--json", f"{pages}#{FERRY}", f"{pages}#{SPUN}")
    assert done.returncode == 0, done.stderr
    found = Explanation.model_validate_json(done.stdout)
    assert found.verdict.same_story
    assert found.verdict.relation == "spun"
    assert found.a.agency == "ap"
    assert found.keys.rare_pairs_shared
    assert any(row.a and row.b for row in found.sentences)
    assert len(done.stdout.splitlines()) == 1


def test_stored_events_are_looked_up_in_a_file(events: Path) -> None:
    output = shown("--events", str(events), FERRY, SPUN)
    assert output.startswith("same story: spun")
    assert "in one story:" in output
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    [row] = (
        r
        for r in rows
        if r["topic"] == "articles" and r["value"]["copydesk"]["page"]["url"] == SPUN
    )
    by_id = shown("--events", str(events), row["value"]["uri"], row["headers"]["ce_id"])
    assert by_id.startswith("same page, unchanged")


def test_a_story_stands_for_its_original(events: Path) -> None:
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    stories = {row["value"]["id"]: row["value"] for row in rows if row["topic"] == "stories"}
    uris = {state["original"]["uri"]: story for story, state in stories.items()}
    assert len(uris) == 2
    found = json.loads(shown("--json", "--events", str(events), *uris.values()))
    assert {found[side]["uri"] for side in "ab"} == set(uris)
    twice = shown("--events", str(events), *[next(iter(stories))] * 2)
    assert twice.startswith("same page")
    unknown = "urn:copydesk:story:" + "0" * 32
    done = CliRunner().invoke(command, ["--events", str(events), unknown, FERRY])
    assert done.exit_code == 2
    assert "no state of this story there" in done.stderr


def test_the_seed_is_one_story_with_its_copy_only(shared_data: Path) -> None:
    seed = shared_data / "seed"
    spun, original, other = (str(seed / f"{n}.txt") for n in ("spun", "original", "other_agency"))
    same = shown(original, spun)
    assert same.startswith("same story: spun")
    assert "nine" in same
    apart = shown(original, other)
    assert apart.startswith("not the same")
    assert "(ap, reuters)" in " ".join(apart.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing.html", "nothing.html"), "nothing.html: no such file, and not an address"),
        (("https://x.example/", "https://x.example/"), "--events FILE or --brokers"),
        (("{pages}", "{pages}#" + SPUN), "more than one article"),
        (("{pages}#https://x.example/", "{pages}"), "not among the 3 pages there"),
        (("--events", "{events}", FERRY, "https://x.example/"), "not among the 3 article events"),
        (("{short}", "{short}"), "no article in it: too_short"),
        (("--events", "{events}", "--brokers", FERRY, SPUN), "not both"),
        (("{pages}",), "Missing argument 'B'"),
    ],
)
def test_what_cannot_be_explained_is_one_clear_sentence(
    pages: Path, events: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    short = tmp_path / "short.html"
    short.write_text("<html><body><p>Too little.</p></body></html>")
    places = {"pages": pages, "events": events, "short": short}
    done = CliRunner().invoke(command, [word.format(**places) for word in words])
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_broken_file_and_a_missing_broker_are_another_exit_code(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.mkdir()
    done = copydesk("explain", str(broken), str(broken))
    assert done.returncode == 1
    done = copydesk(
        "explain", "--brokers", FERRY, SPUN, settings={"COPYDESK_BROKERS": "127.0.0.1:9"}
    )
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.stream
async def test_stored_events_are_looked_up_on_the_topic(broker: Broker, tmp_path: Path) -> None:
    prefix = f"cli-{uuid.uuid4().hex}."
    settings = {"COPYDESK_BROKERS": broker.bootstrap, "COPYDESK_TOPIC_PREFIX": prefix}
    assert copydesk("topics", "--create", settings=settings).returncode == 0
    again = page(FERRY, text_of("ferry-ap", "trimmed"), "2026-03-10T12:00:00Z")
    events = write_events(tmp_path / "events.jsonl", [*ferry_pages(), again])
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    await publish(broker, prefix, rows)
    done = copydesk("explain", "--brokers", "--json", FERRY, SPUN, settings=settings)
    assert done.returncode == 0, done.stderr
    found = Explanation.model_validate_json(done.stdout)
    assert found.verdict.same_story
    assert found.stored_together
    assert found.a.text == text_of("ferry-ap", "trimmed")
    assert found.a.source == f"topic {prefix}articles at {broker.bootstrap}"
    missing = copydesk("explain", "--brokers", "https://x.example/", SPUN, settings=settings)
    assert missing.returncode == 2
    assert "not among the 4 article events there" in missing.stderr


async def publish(broker: Broker, prefix: str, rows: list[dict[str, Any]]) -> None:
    """Write records as a worker does, in one batch; if the broker has transactions, in one, and
    again in one that is aborted."""
    transactional_id = f"{prefix}writer" if broker.transactions else None
    producer = AIOKafkaProducer(
        bootstrap_servers=broker.bootstrap, linger_ms=50, transactional_id=transactional_id
    )
    await producer.start()
    try:
        if transactional_id is None:
            await send(producer, prefix, rows)
            return
        async with producer.transaction():
            await send(producer, prefix, rows)
        await producer.begin_transaction()
        await send(producer, prefix, rows)
        await producer.abort_transaction()
    finally:
        await producer.stop()


async def send(producer: AIOKafkaProducer, prefix: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["topic"] in ("articles", "stories"):
            await producer.send(
                prefix + row["topic"],
                json.dumps(row["value"]).encode(),
                key=row["key"].encode(),
                headers=[(name, text.encode()) for name, text in row["headers"].items()],
            )
    await producer.flush()
