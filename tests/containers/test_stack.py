"""The compose file as people run it: a crawl goes through, all can be asked, nothing is lost."""

import asyncio
import json
import re
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from service.contract.identity import STORY_URN
from service.contract.record import Topic
from service.local.sample import SamplePage, sample_crawl
from service.worker.kafka.topics import topic_specs
from tests.brokers.plugin import Broker
from tests.containers.stack import Stack, why_not
from tests.deploy.test_dashboard import ALERTS, EXPRESSIONS, PANELS
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed, html_page, sample_page
from tests.worker.heavy_pages import good_page
from tests.worker.observe.test_dashboard_queries import Prometheus
from tests.worker.test_link_pages import is_said
from tests.worker.test_sample_crawl import outcomes
from tests.worker.topics_reader import OUTCOMES, Seen, read_all, read_until

if missing := why_not():
    pytest.skip(missing, allow_module_level=True)

# As the compose file publishes them.
KAFKA = "127.0.0.1:9094"
DESK = "http://127.0.0.1:8067"
PROMETHEUS = "http://127.0.0.1:9090"
GRAFANA = "http://127.0.0.1:3000"

PATIENCE = 120.0
IN_FLIGHT = 400
"""Pages that are fed before something is stopped: more than are read by then."""

CRAWL = list(sample_crawl())
LINKED = {frozenset({"en", "es"}), frozenset({"en", "fr", "de"})}
"""Languages of the stories of the crawl that are in several."""
OF_SETTING = "robots_noarchive"
"""What the crawl expects with COPYDESK_HONOUR_NOARCHIVE, which the compose file does not set."""


@pytest.fixture(scope="session")
def deployment(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """The stack's topics, as a program on this machine reaches them."""
    broker = Broker(KAFKA, transactions=True)
    return Deployment(broker, tmp_path_factory.mktemp("own"), {"topic_prefix": "", "link": "on"})


@dataclass(frozen=True)
class Crawled:
    """What the sample crawl gave, and Prometheus, which has seen it."""

    seen: list[Seen]
    prometheus: Prometheus


@pytest.fixture(scope="session")
def crawled(stack: Stack, deployment: Deployment) -> Crawled:
    """The sample crawl has gone through, in two halves: a rate needs something before it."""
    prometheus = Prometheus(PROMETHEUS)
    prometheus.wait_for("copydesk_ready == 1")
    half = len(CRAWL) // 2
    for part, done in ((CRAWL[:half], half), (CRAWL[half:], len(CRAWL))):
        asyncio.run(feed(deployment, map(sample_page, part)))
        seen = asyncio.run(read_until(deployment, at_least(done)))
        prometheus.wait_for(f"sum(copydesk_pages_total) >= {done}")
    return Crawled(seen, prometheus)


def at_least(count: int, of: str = "") -> Callable[[list[Seen]], bool]:
    """Whether there are this many outcomes, of pages whose address begins like this."""

    def enough(seen: list[Seen]) -> bool:
        return sum(each.is_outcome and (each.url or "").startswith(of) for each in seen) >= count

    return enough


def ask(address: str) -> str:
    """What a page says; fails where its status is none of success."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        said: bytes = answer.read()
        return said.decode()


def wait_until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Ask until it is so."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.5)


def articles(host: str, count: int = IN_FLIGHT) -> tuple[list[str], list[Fed]]:
    """Addresses, and pages of them that are articles."""
    urls = [f"https://{host}.example/a/{number}" for number in range(count)]
    return urls, [html_page(url, good_page(number)) for number, url in enumerate(urls)]


def test_everything_is_up_as_an_ordinary_user_and_healthy(stack: Stack) -> None:
    for service in stack.services:
        state = stack.state(service)
        if service == "topics":
            assert (state["State"]["Status"], state["State"]["ExitCode"]) == ("exited", 0)
        else:
            assert state["State"]["Health"]["Status"] == "healthy", service
    ours = stack.within("worker", "id", "-u").strip(), stack.within("desk", "id", "-u").strip()
    assert ours == ("10001", "10001")


def test_the_topics_are_there(stack: Stack, deployment: Deployment) -> None:
    lines = stack.within("worker", "copydesk", "topics", "--json").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["topic"] for row in rows} == {
        spec.name for spec in topic_specs(deployment.settings)
    }
    assert {row["state"] for row in rows} == {"there"}


def test_the_sample_crawl_has_its_outcomes(crawled: Crawled) -> None:
    def due(pages: Iterable[SamplePage]) -> Counter[tuple[str | None, str, str | None]]:
        return Counter((page.url, page.expect.outcome, page.expect.reason) for page in pages)

    by_setting = {page.url for page in CRAWL if page.expect.reason == OF_SETTING}
    expected = due(page for page in CRAWL if page.url not in by_setting)
    met = outcomes(crawled.seen)
    assert Counter({each: n for each, n in met.items() if each[0] not in by_setting}) == expected
    assert met.total() == len(CRAWL)


def test_the_desk_shows_the_stories(stack: Stack, crawled: Crawled) -> None:
    events = [each for each in crawled.seen if each.topic is Topic.ARTICLES]
    current = len({each.key for each in events})

    def caught_up() -> bool:
        health = json.loads(ask(f"{DESK}/healthz"))
        return bool(health["reading"] and health["caught_up"] and health["articles"] >= current)

    wait_until(caught_up, f"the desk has {current} articles")
    health = json.loads(ask(f"{DESK}/healthz"))
    assert (health["problem"], health["missing_topics"]) == (None, [])
    assert not any(health["skipped_records"].values())
    found = re.search(r'href="(/story/[^"#?]+)', ask(f"{DESK}/"))
    assert found is not None
    story = ask(DESK + found[1])
    article = re.search(r'href="(/article/[^"#?]+)', story)
    assert article is not None
    assert "<h1" in ask(DESK + article[1])
    for page in ("/rejected", "/failed", "/hosts"):
        assert "<h1" in ask(DESK + page)


async def test_a_story_in_other_languages_is_linked_and_shown(
    stack: Stack, deployment: Deployment, crawled: Crawled
) -> None:
    seen = await read_until(deployment, lambda seen: linked(seen) == LINKED, [Topic.STORIES])
    story = next(each.json["story"] for each in seen if is_said(each))
    page = f"{DESK}/story/{story.removeprefix(STORY_URN)}"
    wait_until(
        lambda: (
            json.loads(ask(f"{DESK}/stories.json?translated=1"))["total"] == sum(map(len, LINKED))
        ),
        "the desk has the translations",
    )
    assert json.loads(ask(f"{page}/languages.json"))["total"] in {1, 2}
    assert "In other languages" in ask(page)


def linked(seen: list[Seen]) -> set[frozenset[str]]:
    """The languages of each text that is in several, by what was said of its stories last."""
    said = {record.key: record.json for record in seen if is_said(record)}
    return {
        frozenset({each["language"], *(other["language"] for other in each["translations"])})
        for each in said.values()
    }


@pytest.mark.parametrize("used", sorted(EXPRESSIONS))
def test_prometheus_answers_each_query(crawled: Crawled, used: str) -> None:
    """One of a panel has something to show; one of an alert need not, and is no error."""
    here = EXPRESSIONS[used].replace("$__rate_interval", "5m").replace("$instance", ".*")
    if used.rpartition(" ")[0] in {each["title"] for each in PANELS} and not here.endswith("> 0"):
        crawled.prometheus.wait_for(here)
        assert any(row["value"][1] != "NaN" for row in crawled.prometheus.ask(here)), here
    else:
        crawled.prometheus.ask(here)


def test_prometheus_evaluates_the_alerts_and_none_of_the_urgent_rings(crawled: Crawled) -> None:
    def rules() -> list[dict[str, Any]]:
        (group,) = json.loads(ask(f"{PROMETHEUS}/api/v1/rules"))["data"]["groups"]
        found: list[dict[str, Any]] = group["rules"]
        return found

    wait_until(lambda: all(rule["health"] == "ok" for rule in rules()), "each alert is evaluated")
    assert [rule["name"] for rule in rules()] == [rule["alert"] for rule in ALERTS]
    urgent = {rule["name"] for rule in rules() if rule["labels"]["severity"] == "critical"}
    assert urgent
    assert not [rule for rule in rules() if rule["name"] in urgent and rule["state"] == "firing"]


def test_grafana_has_the_dashboard(stack: Stack) -> None:
    if "grafana" in stack.left_out:
        pytest.skip("the image of Grafana cannot be had")
    got = json.loads(ask(f"{GRAFANA}/api/dashboards/uid/copydesk"))["dashboard"]
    assert {panel["title"] for panel in got["panels"]} >= {panel["title"] for panel in PANELS}


def test_pages_are_fed_from_within(stack: Stack, crawled: Crawled) -> None:
    urls, _ = articles("within", 3)
    lines = [
        json.dumps({"url": url, "text": good_page(9000 + number).decode()})
        for number, url in enumerate(urls)
    ]
    stack.within("worker", "sh", "-c", "cat > /tmp/pages.jsonl", given="\n".join(lines))
    stack.within("worker", "copydesk", "feed", "--wait", "/tmp/pages.jsonl")


async def test_a_worker_that_is_killed_comes_back_and_loses_nothing(
    stack: Stack, deployment: Deployment, crawled: Crawled
) -> None:
    urls, pages = articles("killed")
    await feed(deployment, pages)
    await read_until(deployment, at_least(1, "https://killed."))
    stack.kill("worker")
    wait_until(lambda: stack.state("worker")["RestartCount"] == 1, "Docker has started it again")
    seen = await read_until(deployment, at_least(len(urls), "https://killed."))
    assert outcomes_of("https://killed.", seen) == Counter(urls)
    stack.up()


def test_one_of_two_workers_that_is_gone_rings(
    stack: Stack, crawled: Crawled, tmp_path: Path
) -> None:
    """Found by name, it leaves the targets: nothing says that it is down but that it was up."""
    two = tmp_path / "two.yml"
    two.write_text("services: { worker: { ports: !reset [] } }\n")
    stack.up("--scale", "worker=2", also=[two])
    # The alert looks at whole minutes.
    both = 'max_over_time(count(up{job="copydesk"} == 1)[10m:1m]) == 2'
    wait_until(lambda: bool(crawled.prometheus.ask(both)), "both are known")
    stack.compose("up", "--detach", "--no-deps", "--scale", "worker=1", "worker", also=[two])

    def rings() -> bool:
        alerts = json.loads(ask(f"{PROMETHEUS}/api/v1/alerts"))["data"]["alerts"]
        return ("CopydeskWorkerDown", "firing") in {
            (each["labels"]["alertname"], each["state"]) for each in alerts
        }

    wait_until(rings, "the alert rings", 3 * PATIENCE)
    stack.up()


async def test_all_is_stopped_and_started_and_nothing_is_lost(
    stack: Stack, deployment: Deployment, crawled: Crawled
) -> None:
    """Also after `down`, which leaves the volumes alone."""
    for host, words in (("stopped", ("stop",)), ("down", ("down",))):
        urls, pages = articles(host)
        await feed(deployment, pages)
        await read_until(deployment, at_least(1, f"https://{host}."))
        stack.compose(*words)
        stack.up()
        seen = await read_until(deployment, at_least(len(urls), f"https://{host}."))
        assert outcomes_of(f"https://{host}.", seen) == Counter(urls)


def outcomes_of(beginning: str, seen: list[Seen]) -> Counter[str]:
    """How many outcomes each address has that begins like this."""
    found = (each.url for each in seen if each.is_outcome and each.url)
    return Counter(url for url in found if url.startswith(beginning))


async def test_each_page_has_one_outcome_and_each_event_an_id_of_its_own(
    stack: Stack, deployment: Deployment, crawled: Crawled
) -> None:
    """Last: it writes a record of its own to each topic, which the desk counts as unreadable."""
    seen = await read_all(deployment, OUTCOMES)
    fed = 3 * IN_FLIGHT + 3 + len(CRAWL)
    assert sum(each.is_outcome for each in seen) == fed
    ids = Counter(each.id for each in seen if each.topic is Topic.ARTICLES)
    assert set(ids.values()) == {1}
    assert linked(await read_all(deployment, [Topic.STORIES])) == LINKED


def test_nothing_is_left_without_a_name(stack: Stack) -> None:
    """The named volumes stay until `down --volumes`; Docker gives others 64 hexadecimal digits."""
    new = stack.volumes() - stack.before
    assert not [name for name in new if re.fullmatch(r"[0-9a-f]{64}", name)]
    assert {name for name in new if name.startswith("copydesk-test_")} == new
