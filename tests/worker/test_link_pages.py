"""Pages in, and what is said of translations out: all three stages in one worker."""

import json
import urllib.request

import pytest

from service.contract.record import Topic
from service.contract.translations import TRANSLATIONS_PREFIX
from service.local.sample import sample_crawl
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import Seen, read_outcomes, read_until

pytestmark = pytest.mark.stream

TOLD = {"miners", "miners-fr", "miners-de", "sismo-pena-larga"}


def is_said(record: Seen) -> bool:
    """Whether it says of a story which translations it has."""
    return (record.key or b"").startswith(TRANSLATIONS_PREFIX.encode())


def languages(seen: list[Seen]) -> dict[str, set[str]]:
    """What was said last: languages of a story's translations, by the story's own."""
    return {
        record.json["language"]: {each["language"] for each in record.json["translations"]}
        for record in seen
        if is_said(record)
    }


async def test_a_story_in_three_languages_is_linked(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, link="on")
    await create_topics(deployment.settings)
    pages = [page for page in sample_crawl() if page.expect.story in TOLD]
    expected = {"en": {"fr", "de"}, "fr": {"en", "de"}, "de": {"en", "fr"}}
    with running_worker(deployment) as worker:
        await feed(deployment, map(sample_page, pages))
        await read_outcomes(deployment, len(pages))
        seen = await read_until(
            deployment, lambda seen: languages(seen) == expected, [Topic.STORIES]
        )
        counts = ask(worker, "status")["counts"]
        worker.stop()
    said = [record.json for record in seen if is_said(record)]
    (german,) = {each["story"] for each in said if each["language"] == "de"}
    sources = {each.get("translation_of") for each in said}
    assert german not in sources, "its page says that it is a translation"
    assert counts["failed"] == {}


def ask(worker: RunningWorker, page: str) -> dict[str, dict[str, dict[str, int]]]:
    """What a page of the worker says."""
    with urllib.request.urlopen(f"{worker.web}/{page}", timeout=10) as answer:
        found: dict[str, dict[str, dict[str, int]]] = json.load(answer)
        return found
