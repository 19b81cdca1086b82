"""Events made of extracted articles."""

from dataclasses import replace

from service.contract.article_event import DatePrecision
from service.contract.extracted import Extracted, SourcePosition
from service.contract.publisher import Publisher
from service.contract.record import InputMessage, Topic
from service.contract.serde import dump, load
from service.fold.assign.decision import Placed
from service.fold.event.article import present, present_takedown
from service.fold.shard import Shard
from service.fold.state.article import ArticleState
from service.local.sample.crawl import sample_messages
from service.read.stage import read
from service.text.sentences import sentences


def extracted_sample(url_part: str) -> Extracted:
    message = next(m for m in sample_messages() if m.key and url_part in m.key.decode())
    record = read(message)
    assert record.topic is Topic.EXTRACTED
    return load(Extracted, record.value or b"")


def placed(extracted: Extracted) -> Placed:
    decision = Shard().place(extracted)
    assert isinstance(decision, Placed)
    return decision


def test_an_event_has_the_fields_of_the_article() -> None:
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


def test_the_publisher_is_the_tables_or_the_registrable_domain() -> None:
    extracted = extracted_sample("apnews.com")
    event = present(extracted, placed(extracted))
    assert event.copydesk.publisher == Publisher(name="apnews.com")
    named = Publisher(name="A Publisher", owner="An Owner", country="GB")
    extracted = extracted.model_copy(update={"publisher": named})
    decision = placed(extracted)
    assert present(extracted, decision).copydesk.publisher == named
    record = decision.saved.articles[0]
    assert (record.publisher, record.owner) == ("A Publisher", "An Owner")


def test_a_new_version_of_a_page_with_a_dateline_says_what_changed() -> None:
    message = next(m for m in sample_messages() if m.key and "apnews.com" in m.key.decode())
    first = extracted_sample("apnews.com")
    assert first.wire.dateline is not None
    opening = next(sentences(first.article.text, "en"))
    _, _, told = opening.partition(first.wire.dateline.text)
    word = told.split()[-1].rstrip(".")
    value = (message.value or b"").replace(word.encode(), b"Vinland")
    position = message.source.model_copy(update={"offset": 999})
    second = load(Extracted, read(replace(message, value=value, source=position)).value or b"")
    shard = Shard()
    shard.place(first)
    decision = shard.place(second)
    assert isinstance(decision, Placed)
    event = present(second, decision)
    assert event.version == "2"
    changes = event.copydesk.changes
    assert changes is not None
    assert changes.added == changes.removed
    assert changes.added
    assert changes.sentences[0] == told.lstrip(" -—–").replace(word, "Vinland")
    assert changes.names_added == ("Vinland",)


def test_a_takedown_has_no_text() -> None:
    extracted = extracted_sample("apnews.com")
    decision = placed(extracted)
    article = ArticleState.from_record(decision.saved.articles[0])
    event = present_takedown(article, decision.placement, decision.original, 512)
    assert event.pub_status == "canceled"
    assert event.bodies == ()
    assert event.uri == extracted.article.uri
    assert event.copydesk.story.id == decision.placement.story_id


def test_dates_have_an_offset_in_events_and_in_takedowns() -> None:
    extracted = extracted_sample("apnews.com")
    local = extracted.article.model_copy(update={"published": "2026-03-09T08:00:00", "dates": ()})
    extracted = extracted.model_copy(update={"article": local})
    decision = placed(extracted)
    kept = ArticleState.from_record(decision.saved.articles[0])
    assert kept.published == "2026-03-09T08:00:00", "FOLD compares what the page says"
    for event in (
        present(extracted, decision),
        present_takedown(kept, decision.placement, decision.original, 512),
    ):
        assert event.first_created == "2026-03-09T08:00:00+00:00"
        assert event.copydesk.quality.date_precision is not None
        assert event.copydesk.quality.date_precision.first_created is DatePrecision.LOCAL


def test_an_extracted_article_has_the_position_of_its_page() -> None:
    message: InputMessage = next(iter(sample_messages()))
    record = read(message)
    source = load(Extracted, record.value or b"").source
    assert source == SourcePosition(topic="sample", partition=0, offset=0)
