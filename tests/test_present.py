"""Extracted articles to the events that readers see."""

from service.events.extracted import Extracted, SourcePosition
from service.events.input_message import InputMessage
from service.events.serde import dump, load
from service.events.topics import Topic
from service.local.sample.messages import sample_messages
from service.present import present, present_takedown
from service.read import read
from service.story.decision import Placed
from service.story.known import KnownArticle
from service.story.shard import Shard


def extracted_sample(url_part: str) -> Extracted:
    message = next(m for m in sample_messages() if m.key and url_part in m.key.decode())
    record = read(message)
    assert record.topic is Topic.EXTRACTED
    return load(Extracted, record.value or b"")


def placed(extracted: Extracted) -> Placed:
    decision = Shard().place(extracted)
    assert isinstance(decision, Placed)
    return decision


def test_ninjs_says_what_the_article_says() -> None:
    extracted = extracted_sample("apnews.com")
    event = present(extracted, placed(extracted))
    assert event.uri == extracted.article.uri
    assert event.headlines[0].value == extracted.article.title
    assert event.bodies[0].value == extracted.article.text
    assert event.bodies[0].word_count == len(extracted.article.text.split())
    assert event.version == "1"
    assert event.pub_status == "usable"
    assert [source.literal for source in event.info_sources] == ["ap"]
    assert event.info_sources[0].name == "Associated Press"
    assert event.located == (extracted.wire.dateline and extracted.wire.dateline.place)
    assert b'"class":"agency"' in dump(event)
    assert b"null" not in dump(event)


def test_a_takedown_has_no_text() -> None:
    extracted = extracted_sample("apnews.com")
    decision = placed(extracted)
    known = KnownArticle.from_record(decision.saved.articles[0], decision.placement.story_id)
    event = present_takedown(known, decision.placement)
    assert event.pub_status == "canceled"
    assert event.bodies == ()
    assert event.uri == extracted.article.uri
    assert event.copydesk.story.id == decision.placement.story_id


def test_read_takes_the_position_along() -> None:
    message: InputMessage = next(iter(sample_messages()))
    record = read(message)
    source = load(Extracted, record.value or b"").source
    assert source == SourcePosition(topic="sample", partition=0, offset=0)
