"""OpenTelemetry traces, if the extra `otel` is installed and COPYDESK_TRACES enables them.

There is one trace from page to event. A page with a `traceparent` continues that trace; a page
without one gets a new one, made from its source position, so that a repeat after a crash has the
same ids and bytes. READ, FOLD and LINK record a span each when their work is done. With traces
disabled no span is recorded, and a `traceparent` is passed on all the same.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, Protocol

from service.contract.identity import digest
from service.contract.outcome import REASON
from service.contract.record import InputMessage, Record, Topic
from service.settings import Settings

logger = logging.getLogger(__name__)

TRACEPARENT = "traceparent"

_given_ids: ContextVar[tuple[int, int] | None] = ContextVar("given_ids", default=None)


class TracesUnavailable(RuntimeError):
    """Traces are enabled, and the extra is not installed."""


class Tracing(Protocol):
    """Interface of tracing, as a worker uses it."""

    def begin(self, message: InputMessage) -> InputMessage:
        """Return the message, with a `traceparent` if it is to be traced."""

    def page_read(self, message: InputMessage, record: Record, started: int) -> None:
        """Record READ of a page as a span that ends now; `started` is in ns since the epoch."""

    def article_folded(self, message: InputMessage, made: list[Record], started: int) -> None:
        """Record FOLD of an article as a span that ends now; `started` is in ns since the epoch."""

    def story_linked(self, message: InputMessage, made: list[Record], started: int) -> None:
        """Record LINK of a story as a span that ends now; `started` is in ns since the epoch."""

    def close(self) -> None:
        """Send the recorded spans."""


class NoTracing:
    """Records nothing, and changes nothing."""

    def begin(self, message: InputMessage) -> InputMessage:
        return message

    def page_read(self, message: InputMessage, record: Record, started: int) -> None:
        return

    def article_folded(self, message: InputMessage, made: list[Record], started: int) -> None:
        return

    def story_linked(self, message: InputMessage, made: list[Record], started: int) -> None:
        return

    def close(self) -> None:
        return


def make_tracing(settings: Settings) -> Tracing:
    """Create tracing as set; the target is OpenTelemetry's own OTEL_EXPORTER_OTLP_ENDPOINT.

    Raises:
        TracesUnavailable: the extra is missing.
    """
    if settings.traces == "off":
        return NoTracing()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise TracesUnavailable(
            f"COPYDESK_TRACES={settings.traces} needs the extra otel: pip install 'copydesk[otel]'"
        ) from error
    return OpenTelemetry(BatchSpanProcessor(OTLPSpanExporter()))


class OpenTelemetry:
    """Records spans with the SDK, with ids that are made from source positions."""

    def __init__(self, processor: Any) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

        class PositionIds(RandomIdGenerator):
            """Returns the ids set for the next span; random ones if none are set."""

            def generate_trace_id(self) -> int:
                given = _given_ids.get()
                return given[0] if given else super().generate_trace_id()

            def generate_span_id(self) -> int:
                given = _given_ids.get()
                return given[1] if given else super().generate_span_id()

        self._provider = TracerProvider(
            resource=Resource.create({"service.name": "copydesk"}),
            id_generator=PositionIds(),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("copydesk")

    def begin(self, message: InputMessage) -> InputMessage:
        """Start a trace for a page without one; its root is READ's own span."""
        if _parsed(message.header(TRACEPARENT)) is not None:
            return message
        trace_id, span_id = _ids(message, "read")
        value = f"00-{trace_id:032x}-{span_id:016x}-01".encode()
        kept = tuple(each for each in message.headers if each[0] != TRACEPARENT)
        return replace(message, headers=(*kept, (TRACEPARENT, value)))

    def page_read(self, message: InputMessage, record: Record, started: int) -> None:
        """Record a span `read`: the root of the trace, or a child of the crawler's span."""
        own = _ids(message, "read")
        parent = _parsed(message.header(TRACEPARENT))
        is_root = parent is not None and parent[:2] == own
        with self._span("read", None if is_root else parent, own, message, started) as span:
            span.set_attribute("copydesk.outcome", record.topic.value)
            _set_reason(span, record)

    def article_folded(self, message: InputMessage, made: list[Record], started: int) -> None:
        """Record a span `fold` in the trace of the article; none for a repeat."""
        with self._outcome_span("fold", message, made, started) as span:
            if span is not None and made[0].topic is Topic.ARTICLES:
                headers = dict(made[0].headers)
                span.set_attribute("copydesk.story", (made[0].key or b"").decode())
                for name, key in (("uri", "ce_subject"), ("event", "ce_type")):
                    span.set_attribute(f"copydesk.{name}", headers.get(key, b"").decode())

    def story_linked(self, message: InputMessage, made: list[Record], started: int) -> None:
        """Record a span `link` in the trace of the input that changed the story; none if LINK said
        nothing of it."""
        with self._outcome_span("link", message, made, started) as span:
            if span is not None and made[0].topic is Topic.STORIES:
                subject = dict(made[0].headers).get("ce_subject", b"")
                span.set_attribute("copydesk.story", subject.decode())

    def close(self) -> None:
        """Send the remaining spans; waits as long as the exporter is configured to try."""
        self._provider.shutdown()

    @contextmanager
    def _outcome_span(
        self, stage: str, message: InputMessage, made: list[Record], started: int
    ) -> Iterator[Any]:
        """Yield a stage's span in the trace that its first record names; None if it names none."""
        first = made[0] if made else None
        parent = None if first is None else _parsed(dict(first.headers).get(TRACEPARENT))
        if first is None or parent is None:
            yield None
            return
        with self._span(stage, parent, _ids(message, stage), message, started) as span:
            span.set_attribute("copydesk.outcome", first.topic.value)
            _set_reason(span, first)
            yield span

    @contextmanager
    def _span(
        self,
        name: str,
        parent: tuple[int, int, int] | None,
        own: tuple[int, int],
        message: InputMessage,
        started: int,
    ) -> Iterator[Any]:
        from opentelemetry import trace
        from opentelemetry.context import Context

        context = Context()
        if parent is not None:
            trace_id, span_id, flags = parent
            remote = trace.SpanContext(
                trace_id, span_id, is_remote=True, trace_flags=trace.TraceFlags(flags)
            )
            context = trace.set_span_in_context(trace.NonRecordingSpan(remote), context)
        given = _given_ids.set(own)
        try:
            span = self._tracer.start_span(
                name,
                context,
                kind=trace.SpanKind.CONSUMER,
                start_time=started,
                attributes={
                    "messaging.system": "kafka",
                    "messaging.destination.name": message.source.topic,
                    "messaging.destination.partition.id": str(message.source.partition),
                    "messaging.kafka.offset": message.source.offset,
                },
            )
        finally:
            _given_ids.reset(given)
        yield span
        span.end()


def _set_reason(span: Any, record: Record) -> None:
    from opentelemetry.trace import Status, StatusCode

    reason = next((value for key, value in reversed(record.headers) if key == REASON), None)
    if reason is not None:
        span.set_attribute("copydesk.reason", reason.decode("utf-8", "replace"))
    if record.topic is Topic.FAILED:
        span.set_status(Status(StatusCode.ERROR))


def _ids(message: InputMessage, stage: str) -> tuple[int, int]:
    """Return trace and span ids of a source position: never 0, and the same each time."""
    source = message.source
    made = digest(
        "trace", source.topic, str(source.partition), str(source.offset), str(message.timestamp)
    )
    own = digest("span", made, stage)
    return int(made[:32], 16) or 1, int(own[:16], 16) or 1


def _parsed(traceparent: bytes | None) -> tuple[int, int, int] | None:
    """Return trace id, span id and flags of a W3C `traceparent`; None if it is not valid."""
    parts = (traceparent or b"").decode("ascii", "replace").strip().split("-")
    if len(parts) < 4 or [len(part) for part in parts[:4]] != [2, 32, 16, 2]:
        return None
    try:
        trace_id, span_id, flags = (int(part, 16) for part in parts[1:4])
    except ValueError:
        return None
    return (trace_id, span_id, flags) if trace_id and span_id and parts[0] != "ff" else None
