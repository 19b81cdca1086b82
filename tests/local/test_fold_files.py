"""The pipeline without a broker, when one article of several raises an error."""

from typing import Any

import orjson
import pytest

from service.contract.extracted import Extracted, SourcePosition
from service.contract.record import InputMessage, Topic
from service.contract.translations import is_translations
from service.fold.shard import Shard
from service.local.fold_files import fold_messages
from service.local.sample.texts import story_text
from service.settings import FixedSettings

SENTENCE = (
    "The harbour master of {} said on Tuesday that {} ferries would sail again at {} o'clock. "
)


def page(number: int) -> InputMessage:
    text = "".join(SENTENCE.format(f"Port {number}{n}", number + n, n) for n in range(1, 9))
    value = {
        "url": f"https://gazette.example/2026/ferry-{number}",
        "status": 200,
        "headers": {},
        "article": {"title": f"Ferries of port {number} sail again", "text": text},
    }
    source = SourcePosition(topic="pages.raw", partition=0, offset=number)
    return InputMessage(None, orjson.dumps(value), (), None, source)


async def test_an_article_that_raises_an_error_is_a_dead_letter_and_the_others_are_placed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = Shard.place

    def fail(shard: Shard, extracted: Extracted) -> Any:
        if extracted.article.url.endswith("ferry-2"):
            raise ZeroDivisionError("on purpose")
        return place(shard, extracted)

    monkeypatch.setattr(Shard, "place", fail)
    records = [each async for each in fold_messages(map(page, range(5)), FixedSettings())]
    read = [record for record in records if record.topic is Topic.EXTRACTED]
    events = [record for record in records if record.topic is Topic.ARTICLES]
    (letter,) = (record for record in records if record.topic is Topic.FAILED)
    assert (len(read), len(events)) == (5, 4)
    assert letter.value == read[2].value
    assert records.index(letter) == records.index(read[2]) + 1


def written_in(language: str, story: str, number: int) -> InputMessage:
    value = {
        "url": f"https://{language}.gazette.example/2026/{story}",
        "status": 200,
        "headers": {},
        "article": {"title": story, "text": "\n\n".join(story_text(story, "original"))},
    }
    source = SourcePosition(topic="pages.raw", partition=0, offset=number)
    return InputMessage(None, orjson.dumps(value), (), None, source)


async def test_stories_are_linked_with_their_translations_where_that_is_on() -> None:
    pages = [written_in("en", "miners", 0), written_in("fr", "miners-fr", 1)]
    linked = [each async for each in fold_messages(pages, FixedSettings(link="on"))]
    english, french = (each.key or b"" for each in linked if each.topic is Topic.CONCEPTS)
    said = {each.key for each in linked if is_translations(each)}
    assert said == {b"translations/" + english, b"translations/" + french}
