"""Traces: one from page to event, with the same ids each time; and untouched without the extra."""

import http.server
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.sample.crawl import sample_messages
from service.read.stage import read
from service.settings import Settings
from service.worker.observe.tracing import (
    NoTracing,
    OpenTelemetry,
    TracesUnavailable,
    Tracing,
    make_tracing,
)

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = f"00-{TRACE}-{SPAN}-01".encode()


def page(*headers: tuple[str, bytes]) -> InputMessage:
    """A page of the sample crawl that is an article."""
    first = next(iter(sample_messages()))
    source = SourcePosition(topic="pages.raw", partition=1, offset=12)
    return InputMessage(first.key, first.value, (*first.headers, *headers), 1_000, source)


def through(tracing: Tracing, message: InputMessage) -> Record:
    """The event that a page becomes, as a worker takes it there."""
    message = tracing.begin(message)
    started = time.time_ns()
    extracted = read(message)
    assert extracted.topic is Topic.EXTRACTED
    tracing.page_read(message, extracted, started)
    source = SourcePosition(topic="articles.extracted", partition=0, offset=5)
    second = InputMessage(extracted.key, extracted.value, extracted.headers, 2_000, source)
    started = time.time_ns()
    made = fold(second, Shard(), 0)
    tracing.article_folded(second, made, started)
    return made[0]


def traceparent(record: Record) -> str | None:
    value = dict(record.headers).get("traceparent")
    return None if value is None else value.decode()


class Spans:
    """Tracing into memory."""

    def __init__(self) -> None:
        export = pytest.importorskip("opentelemetry.sdk.trace.export")
        memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
        self._exporter = memory.InMemorySpanExporter()
        self.tracing = OpenTelemetry(export.SimpleSpanProcessor(self._exporter))

    def named(self, name: str) -> Any:
        (span,) = [span for span in self._exporter.get_finished_spans() if span.name == name]
        return span


@pytest.fixture
def spans() -> Iterator[Spans]:
    made = Spans()
    yield made
    made.tracing.close()


def hexed(context: Any) -> tuple[str, str]:
    return f"{context.trace_id:032x}", f"{context.span_id:016x}"


def test_without_the_extra_a_trace_travels_all_the_same() -> None:
    event = through(NoTracing(), page(("traceparent", TRACEPARENT)))
    assert event.topic is Topic.ARTICLES
    assert traceparent(event) == TRACEPARENT.decode()
    assert traceparent(through(NoTracing(), page())) is None


def test_a_crawlers_trace_goes_on_to_the_event(spans: Spans) -> None:
    event = through(spans.tracing, page(("traceparent", TRACEPARENT)))
    assert traceparent(event) == TRACEPARENT.decode()
    for name in ("read", "fold"):
        span = spans.named(name)
        assert hexed(span.context)[0] == TRACE
        assert hexed(span.parent) == (TRACE, SPAN)
        assert span.end_time >= span.start_time
    assert spans.named("read").attributes["messaging.kafka.offset"] == 12
    assert spans.named("fold").attributes["copydesk.uri"].startswith("urn:copydesk:article:")
    assert spans.named("fold").attributes["copydesk.event"] == "copydesk.article.published"


def test_link_has_a_span_where_it_says_something_of_the_story(spans: Spans) -> None:
    source = SourcePosition(topic="stories.concepts", partition=0, offset=8)
    message = InputMessage(b"s", b"{}", (), 3_000, source)
    headers = (("ce_subject", b"urn:copydesk:story:2"), ("traceparent", TRACEPARENT))
    event = Record(Topic.STORIES, b"translations/urn:copydesk:story:2", b"{}", headers)
    state = Record(Topic.LINK_STATE, b"position/0", b"{}")
    for made in ([], [state], [event, state]):
        spans.tracing.story_linked(message, made, time.time_ns())
    span = spans.named("link")
    assert hexed(span.parent) == (TRACE, SPAN)
    assert span.attributes["copydesk.story"] == "urn:copydesk:story:2"
    assert span.attributes["messaging.kafka.offset"] == 8


def test_a_page_without_a_trace_begins_one(spans: Spans) -> None:
    event = through(spans.tracing, page())
    root, fold_span = spans.named("read"), spans.named("fold")
    assert root.parent is None
    assert traceparent(event) == "00-{}-{}-01".format(*hexed(root.context))
    assert hexed(fold_span.parent) == hexed(root.context)


def test_a_repeat_has_the_same_ids_and_bytes() -> None:
    first, second = through(Spans().tracing, page()), through(Spans().tracing, page())
    assert first == second


def test_what_is_no_trace_is_replaced(spans: Spans) -> None:
    event = through(spans.tracing, page(("traceparent", b"rubbish")))
    assert str(traceparent(event)).startswith("00-")
    assert spans.named("read").parent is None


def test_spans_go_to_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    got: list[tuple[str, bytes]] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *words: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        monkeypatch.setenv("COPYDESK_TRACES", "otlp")
        tracing = make_tracing(Settings())
        through(tracing, page(("traceparent", TRACEPARENT)))
        tracing.close()
        server.shutdown()
    paths, sent = {path for path, _ in got}, b"".join(body for _, body in got)
    assert paths == {"/v1/traces"}
    assert sent.count(bytes.fromhex(TRACE)) == 2
    assert b"copydesk" in sent


def test_traces_without_the_extra_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace.export", None)
    monkeypatch.setenv("COPYDESK_TRACES", "otlp")
    with pytest.raises(TracesUnavailable, match=r"copydesk\[otel\]"):
        make_tracing(Settings())


def test_off_is_off() -> None:
    assert isinstance(make_tracing(Settings()), NoTracing)
