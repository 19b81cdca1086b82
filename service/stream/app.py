"""The Faust app: two agents, their lifetimes, and the pages that tell how the worker is."""

import asyncio
import functools
import logging
from typing import Any

import faust
from faust.types import TP

from service import __version__
from service.events.adapters import BodyRefs
from service.events.topics import Topic
from service.page import Limits
from service.read import ReadOptions, refuse_reference
from service.settings import MEBIBYTE, Settings
from service.stream import measure, metrics_page, observe
from service.stream.agent_events import events_of
from service.stream.body_ref import read_body
from service.stream.connection import faust_brokers, faust_credentials
from service.stream.counts import Counts
from service.stream.fatal import die_after
from service.stream.folder import Folder
from service.stream.intake import Transport
from service.stream.liveness import Liveness
from service.stream.producers import make_producer
from service.stream.progress import Sight
from service.stream.reader import Reader
from service.stream.sandbox import Sandbox
from service.stream.topic_specs import topic_name

logger = logging.getLogger(__name__)

_FETCH_BYTES = 4 * MEBIBYTE
_TAKEN_AT_ONCE = 64
_BUFFERED_EVENTS = 5 * _TAKEN_AT_ONCE
"""Events that Faust holds for an agent beside those in flight: they bound memory, since pages are
large (some 75 MB of usual ones). Faust takes no more when four fifths are there, and more again
when two fifths are left, so that what it takes at once always has room."""


class CopydeskApp(faust.App):
    """Opens what READ and FOLD need before the first event, and closes it after the last."""

    settings: Settings
    transactional: bool
    counts: Counts
    reader: Reader | None = None
    folder: Folder | None = None
    sandbox: Sandbox | None = None
    liveness: Liveness
    joined: bool = False
    _read_producer: Any = None
    _buffers: "list[asyncio.Queue[Any]]"

    async def on_start(self) -> None:
        """Open what the agents hand their events to."""
        settings = self.settings
        self._read_producer = make_producer(settings, idempotent=self.transactional, any_size=True)
        await self._read_producer.start()
        self.sandbox = Sandbox(
            read_options(settings),
            children=settings.extractors,
            page_seconds=settings.page_seconds,
            page_memory=settings.page_memory,
            pages_per_child=settings.pages_per_child,
        )
        self.reader = Reader(self.sandbox, self._read_producer, settings, self.counts)
        self.folder = Folder(
            settings,
            self.counts,
            transactional=self.transactional,
            is_assigned=self._is_shard_assigned,
            let_go=lambda event: self.consumer.let_go(event.message),  # type: ignore[attr-defined]
        )
        self.liveness.start()
        await super().on_start()

    async def on_stop(self) -> None:
        """Let Faust wait for what is in flight, then close."""
        self.liveness.stop_watching_progress()
        # Without a broker neither Faust nor its consumer's thread would ever come to an end.
        die_after(
            self.settings.drain_seconds,
            "told to stop, and not through within COPYDESK_DRAIN_SECONDS: what is in flight is left"
            " to the next worker",
        )
        await super().on_stop()
        if self.folder is not None:
            await self.folder.close()
        if self.reader is not None:
            await self.reader.close()
        logger.info("counted: %s", self.counts.report())
        if self._read_producer is not None:
            await self._read_producer.stop()
        if self.sandbox is not None:
            await self.sandbox.close()
        await asyncio.to_thread(observe.close)

    def is_settled(self) -> bool:
        """Whether the group was joined and nothing is being reassigned."""
        return self.joined and not self.rebalancing

    def is_ready(self) -> bool:
        """Whether this worker does its share: also none, where there are more workers than
        partitions."""
        return self.is_settled() and self.folder is not None and self.folder.is_ready()

    def look(self) -> Sight:
        """How the worker is now."""
        in_hand = len(self.consumer.unacked) + sum(buffer.qsize() for buffer in self._buffers)
        return Sight(
            done=self.counts.read.total() + self.counts.folded.total(),
            in_hand=in_hand,
            has_room=in_hand < self.settings.window_pages,
            settled=self.is_settled(),
            loaded=self.folder is None or self.folder.is_ready(),
            starting=self.sandbox is not None and self.sandbox.is_starting,
        )

    def _is_shard_assigned(self, shard: int) -> bool:
        name = topic_name(Topic.EXTRACTED, self.settings)
        return TP(name, shard) in self.consumer.assignment()


def build_app(settings: Settings, *, transactional: bool) -> CopydeskApp:
    """The app, ready to be run by a Faust worker, on topics that exist.

    Raises:
        BadConnection: the security settings do not fit together.
    """
    app = CopydeskApp(
        settings.group,
        broker=faust_brokers(settings),
        broker_credentials=faust_credentials(settings),
        consumer_group_instance_id=settings.group_instance,
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.heartbeat_interval,
        broker_request_timeout=max(90.0, settings.session_timeout * 2),
        broker_commit_interval=1.0,
        broker_max_poll_records=_TAKEN_AT_ONCE,
        consumer_max_fetch_size=_FETCH_BYTES,
        consumer_auto_offset_reset="earliest",
        stream_buffer_maxsize=_BUFFERED_EVENTS,
        stream_wait_empty=True,
        topic_allow_declare=False,
        topic_disable_leader=True,
        table_standby_replicas=0,
        datadir=str(settings.state_dir),
        web_host=settings.web_host,
        web_bind=settings.web_host,
        web_port=settings.web_port,
        autodiscover=False,
        store="memory://",
    )
    app.transport = Transport(app.conf.broker_consumer, app)
    app.settings = settings
    app.transactional = transactional
    app.counts = Counts()
    measure.worker(__version__, transactional=transactional)
    app.liveness = Liveness(settings, app.look, lambda: app.consumer)
    app._buffers = []
    _add_agents(app, settings)
    _add_pages(app)
    return app


def read_options(settings: Settings) -> ReadOptions:
    """How the children read, by the settings."""
    refs = BodyRefs(settings.body_ref_prefixes)
    limits = Limits(
        raw_bytes=settings.page_raw_bytes,
        decoded_bytes=settings.page_decoded_bytes,
        tag_attributes=settings.page_tag_attributes,
        tag_bytes=settings.page_tag_bytes,
        nodes=settings.page_nodes,
        min_words=settings.page_min_words,
        honour_noarchive=settings.honour_noarchive,
    )
    fetch = functools.partial(read_body, allowed=refs, largest=limits.raw_bytes)
    return ReadOptions(
        limits=limits,
        adapters=settings.adapters,
        body_refs=refs,
        fetch_body=fetch if settings.body_ref_prefixes else refuse_reference,
        shards=settings.shards,
    )


def _add_agents(app: CopydeskApp, settings: Settings) -> None:
    raw = _bytes_topic(app, topic_name(Topic.RAW, settings))
    extracted = _bytes_topic(app, topic_name(Topic.EXTRACTED, settings))

    # Each agent is one task, and its body raises nothing: a raising agent acknowledges its event,
    # and several tasks acknowledge out of order.
    if "read" in settings.stages:

        @app.agent(raw, name="read", concurrency=1)
        async def read(stream: Any) -> None:
            app._buffers.append(stream.channel.queue)
            async for event in events_of(stream):
                await app.reader.take(event)  # type: ignore[union-attr]

    if "fold" in settings.stages:

        @app.agent(extracted, name="fold", concurrency=1)
        async def fold(stream: Any) -> None:
            app._buffers.append(stream.channel.queue)
            async for event in events_of(stream):
                await app.folder.take(event)  # type: ignore[union-attr]

    @app.on_partitions_assigned.connect  # type: ignore[arg-type]
    async def assigned(_app: Any, assigned: set[TP], *_: Any, **__: Any) -> None:
        name = topic_name(Topic.EXTRACTED, settings)
        shards = frozenset(tp.partition for tp in assigned if tp.topic == name)
        if app.folder is not None:
            await app.folder.assign(shards)
        app.joined = True


def _add_pages(app: CopydeskApp) -> None:
    @app.page("/livez")
    async def livez(self: Any, request: Any) -> Any:
        stuck = app.liveness.progress.stuck()
        answer = {"alive": stuck is None, "stuck": stuck, **app.liveness.progress.report()}
        return self.json(answer, status=503 if stuck else 200)

    @app.page("/readyz")
    async def readyz(self: Any, request: Any) -> Any:
        ready = app.is_ready()
        return self.json({"ready": ready}, status=200 if ready else 503)

    @app.page("/metrics")
    async def metrics(self: Any, request: Any) -> Any:
        page = metrics_page.metrics_page(
            ready=app.is_ready(), lag=app.liveness.progress.report()["lag"]
        )
        return self.bytes(page, headers={"Content-Type": metrics_page.CONTENT_TYPE})

    @app.page("/status")
    async def status(self: Any, request: Any) -> Any:
        return self.json(
            {
                **app.liveness.progress.report(),
                "rebalances": app.rebalancing_count,
                "counts": app.counts.report(),
            }
        )


def _bytes_topic(app: CopydeskApp, name: str) -> Any:
    return app.topic(
        name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
    )
