"""READ: where a page's record goes, and what stands in its key, headers and value."""

from dataclasses import replace

import orjson
import pytest

from service.contract.extracted import Extracted
from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, REASON, FailureReason
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump, load
from service.read.envelopes import BodyRefs
from service.read.stage import ReadOptions, read, shard_of
from service.text.concepts.packed import unpack_concepts
from tests.contract.messages import SOURCE, TIMESTAMP, json_message, message
from tests.worker.heavy_pages import good_page

URL = "https://gazette.example/2024/ferries"
TRACE = ("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")


def page(*more: tuple[str, bytes], body: bytes | None = None) -> InputMessage:
    headers = (("url", URL.encode()), ("content-type", b"text/html"), *more)
    return message(good_page() if body is None else body, headers, key=URL.encode())


def header(record: Record, name: str) -> str | None:
    return next((value.decode() for key, value in record.headers if key == name), None)


def test_an_article_goes_to_fold_with_its_source_and_trace() -> None:
    record = read(page(TRACE))
    assert record.topic is Topic.EXTRACTED
    extracted = load(Extracted, record.value or b"")
    assert record.key == extracted.article.uri.encode()
    assert record.partition == 0
    assert extracted.article.url == URL
    assert extracted.source == SOURCE
    assert extracted.traceparent == TRACE[1].decode()
    assert extracted.signature.words > 100


def test_concepts_are_signed_if_asked_for_and_change_nothing_else() -> None:
    without, with_them = read(page()), read(page(), ReadOptions(concepts=True))
    assert b'"concepts"' not in (without.value or b"")
    extracted = load(Extracted, with_them.value or b"")
    signature = extracted.signature
    assert signature.concepts is not None
    assert unpack_concepts(signature.concepts).words == signature.words
    plain = signature.model_copy(update={"concepts": None})
    assert dump(extracted.model_copy(update={"signature": plain})) == without.value


def test_the_same_page_makes_the_same_bytes() -> None:
    assert read(page()) == read(page())


def test_all_of_a_language_is_in_one_shard() -> None:
    assert shard_of("pt-BR", 7) == shard_of("pt", 7)
    assert {shard_of(language, 1) for language in ("en", "de", "und", "")} == {0}
    assert len({shard_of(language, 50) for language in ("en", "de", "fr", "es", "ja")}) > 1
    record = read(page(), ReadOptions(shards=50))
    assert record.partition == shard_of("en", 50)


def test_a_rejection_is_an_event() -> None:
    record = read(page(TRACE, ("status", b"404"), ("fetched-at", b"2024-05-14T09:00:00Z")))
    assert record.topic is Topic.REJECTED
    assert record.key == URL.encode()
    assert header(record, "ce_type") == "copydesk.page.rejected"
    assert header(record, "ce_time") == "2024-05-14T09:00:00+00:00"
    assert header(record, "traceparent") == TRACE[1].decode()
    assert header(record, REASON) == "http_error"
    value = orjson.loads(record.value or b"")
    assert value["url"] == URL
    assert value["reason"] == "http_error"


def test_two_fetches_rejected_are_two_events() -> None:
    first, again, later = (
        read(page(("status", b"404"), ("fetched-at", at)))
        for at in (b"2024-05-14T09:00:00Z", b"2024-05-14T09:00:00Z", b"2024-05-14T09:10:00Z")
    )
    assert header(first, "ce_id") == header(again, "ce_id") != header(later, "ce_id")


def test_a_dead_letter_is_the_input_and_the_error() -> None:
    bad = page(("x-twice", b"1"), ("x-twice", b"\xff"), ("content-encoding", b"gzip"), body=b"no")
    record = read(bad)
    assert record.topic is Topic.FAILED
    assert (record.key, record.value, record.timestamp) == (bad.key, bad.value, TIMESTAMP)
    assert record.headers[: len(bad.headers)] == bad.headers
    assert header(record, REASON) == "bad_encoding"
    assert header(record, ERROR_PREFIX + "topic") == SOURCE.topic
    assert header(record, ERROR_PREFIX + "partition") == "3"
    assert header(record, ERROR_PREFIX + "offset") == "41"
    assert header(record, ERROR_PREFIX + "stage") == "read"
    assert header(record, ERROR_PREFIX + "exception.class.name") == "Failed"
    assert header(record, ATTEMPTS) == "1"


def test_a_replay_that_fails_again_counts() -> None:
    bad = page(("content-encoding", b"gzip"), body=b"no")
    first = read(bad)
    second = read(replace(bad, headers=first.headers))
    assert header(second, ATTEMPTS) == "2"
    assert [key for key, _ in second.headers].count(REASON) == 1
    assert len(second.headers) == len(first.headers)


def test_a_replay_that_succeeds_is_as_if_nothing_had_been() -> None:
    failed = read(page(), ReadOptions(adapters=("warc_record",)))
    assert failed.topic is Topic.FAILED
    assert header(failed, ERROR_PREFIX + "stage") == "decode"
    assert read(replace(page(), headers=failed.headers)) == read(page())


def test_a_crawler_whose_clock_runs_ahead_is_set_back() -> None:
    ahead = read(page(("fetched-at", b"2031-01-01T00:00:00Z")))
    extracted = load(Extracted, ahead.value or b"")
    assert extracted.article.fetched_at is not None
    assert extracted.article.fetched_at.timestamp() * 1000 == TIMESTAMP
    behind = read(page(("fetched-at", b"2024-05-14T09:00:00Z")))
    assert b"2024-05-14T09:00:00" in (behind.value or b"")


def test_a_body_elsewhere_is_fetched_only_where_that_is_allowed() -> None:
    referred = json_message({"url": URL, "body_ref": "file:///crawl/1.html"})
    assert header(read(referred), REASON) == "body_ref_refused"
    bodies = {"file:///crawl/1.html": good_page()}
    allowed = ReadOptions(
        body_refs=BodyRefs(("file:///crawl/",)),
        fetch_body=bodies.__getitem__,
    )
    assert read(referred, allowed).topic is Topic.EXTRACTED


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (RuntimeError("a fault of ours"), FailureReason.ERROR),
        (MemoryError(), FailureReason.OUT_OF_MEMORY),
        (RecursionError("too deep"), FailureReason.ERROR),
    ],
)
def test_a_fault_of_ours_is_a_dead_letter(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, reason: FailureReason
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("service.read.stage.read_page", fail)
    record = read(page())
    assert record.topic is Topic.FAILED
    assert header(record, REASON) == reason
    assert record.value == good_page()


@pytest.mark.parametrize(
    "empty",
    [
        message(b"", (("url", URL.encode()), ("refers-to", b"https://wire.example/b")), key=None),
        message(b"", (("url", URL.encode()),), key=None),
        json_message({"url": URL, "content": "", "metadata": {}}),
        json_message({"url": URL, "appid": "a", "crawlid": "b", "status_code": 200}),
        json_message({"type": "page_crawled", "r": {"url": URL, "status_code": 200}}),
        json_message({"url": URL, "maintext": "", "source_domain": "gazette.example"}),
        json_message({"url": URL}),
    ],
    ids=["revisit", "binary", "stormcrawler", "scrapy_cluster", "frontera", "news_please", "json"],
)
def test_a_message_without_content_is_rejected_with_its_address(empty: InputMessage) -> None:
    record = read(replace(empty, key=None))
    assert record.topic is Topic.REJECTED
    assert record.key == URL.encode()
    value = orjson.loads(record.value or b"")
    assert value["url"] == URL
    assert value["uri"] is not None
