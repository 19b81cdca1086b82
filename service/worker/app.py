"""The Faust app: the READ and FOLD agents, start and stop, health, metrics and status pages."""

import asyncio
import functools
import logging
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import faust
from faust.types import TP

from service import __version__
from service.contract.record import Topic
from service.sandbox.from_settings import open_sandbox
from service.sandbox.pool import Sandbox
from service.settings import MEBIBYTE, Settings
from service.web.serving import serving
from service.worker.dead_letters.halt import Halts
from service.worker.faust_consumer import (
    consumer_of,
    in_hand,
    use_gapless_consumer,
)
from service.worker.faust_stream import events_of, is_current
from service.worker.fold_agent import ShardAssignments
from service.worker.health.exit import die, die_after, vital
from service.worker.health.liveness import Liveness
from service.worker.health.pages import LIMITS, make_pages
from service.worker.health.progress import Partition, WorkerSnapshot
from service.worker.kafka.clients import faust_brokers, faust_credentials
from service.worker.kafka.group_progress import GroupProgress
from service.worker.kafka.producers import make_producer
from service.worker.kafka.read_ahead import ReadAhead
from service.worker.kafka.topics import topic_name
from service.worker.observe import measure, observe
from service.worker.observe.counts import Counts
from service.worker.observe.drain_lines import shorten_drain_lines
from service.worker.read_agent import ReadAgent

logger = logging.getLogger(__name__)

_FETCH_BYTES = 4 * MEBIBYTE
_TAKEN_AT_ONCE = 64
_BUFFERED_EVENTS = 5 * _TAKEN_AT_ONCE
"""Events that Faust buffers for an agent in addition to those in flight. The limit bounds memory,
since pages are large (about 75 MB of typical ones). Faust stops fetching when the buffer is four
fifths full and resumes at two fifths, so that one poll (`_TAKEN_AT_ONCE`) always has room."""

_NEVER = timedelta(days=365)


class CopydeskApp(faust.App):
    """Opens what READ and FOLD need before the first event, and closes it after the last."""

    settings: Settings
    transactional: bool
    counts: Counts
    read_agent: ReadAgent | None = None
    shards: ShardAssignments | None = None
    halts: Halts
    sandbox: Sandbox | None = None
    liveness: Liveness
    ahead: ReadAhead | None = None
    joined: bool = False
    _group_progress: GroupProgress | None = None
    _warming: "asyncio.Task[None] | None" = None
    _read_producer: Any = None
    _streams: list[Any]
    _pages: AsyncExitStack

    async def on_start(self) -> None:
        """Start the producer, READ, FOLD and the liveness checks, then the agents."""
        settings = self.settings
        await self._serve_pages()
        self._read_producer = make_producer(settings, idempotent=self.transactional, any_size=True)
        await self._read_producer.start()
        self.sandbox = open_sandbox(settings, functools.partial(measure.stage_took, "read"))
        self.read_agent = ReadAgent(
            self.sandbox,
            self._read_producer,
            settings,
            self.counts,
            halts=self.halts,
            is_current=functools.partial(is_current, self),
            abandon=self._abandon,
        )
        consumer_of(self).is_held = self._is_held
        self._align_partitions()
        self.shards = ShardAssignments(
            settings,
            self.counts,
            transactional=self.transactional,
            halts=self.halts,
            is_assigned=self._is_shard_assigned,
            abandon=self._abandon,
        )
        self.liveness.start()
        if "read" in settings.run_stages:
            self._warming = asyncio.create_task(self.sandbox.warm_up())
            vital(self._warming, "READ cannot start")
        await super().on_start()
        if self._group_progress is not None:
            self._group_progress.start()

    async def on_stop(self) -> None:
        """Let Faust drain the events in flight, then close everything."""
        self.liveness.stop_watching_progress()
        shorten_drain_lines(consumer_of(self))
        # Without a broker, Faust and its consumer's thread would never finish stopping.
        die_after(
            self.settings.drain_seconds,
            "told to stop, and not through within COPYDESK_DRAIN_SECONDS: what is in flight is left"
            " to the next worker",
        )
        if self._group_progress is not None:
            await self._group_progress.close()
        await super().on_stop()
        if self.shards is not None:
            await self.shards.close()
        if self.read_agent is not None:
            await self.read_agent.close()
        logger.info("counted: %s", self.counts.report())
        if self._read_producer is not None:
            await self._read_producer.stop()
        if self.sandbox is not None:
            await self.sandbox.close()
        await self._pages.aclose()
        await asyncio.to_thread(observe.close)

    def _align_partitions(self) -> None:
        settings = self.settings
        if not settings.align_minutes or "read" not in settings.run_stages:
            return
        raw = topic_name(Topic.RAW, settings)
        self.ahead = ReadAhead(settings.align_minutes, settings.stuck_after)
        consumer_of(self).align(raw, self.ahead)
        self._group_progress = GroupProgress(raw, self.ahead, settings, lambda: consumer_of(self))

    async def _serve_pages(self) -> None:
        host, port = self.settings.web_host, self.settings.web_port
        self._pages = AsyncExitStack()
        try:
            await self._pages.enter_async_context(serving(make_pages(self), host, port, LIMITS))
        except OSError as error:
            die(f"cannot listen on {host}:{port}: {error.strerror or error}", code=1)

    def is_settled(self) -> bool:
        """True if the worker has joined the group and no rebalance is under way."""
        return self.joined and not self.rebalancing

    def is_ready(self) -> bool:
        """True if the worker is settled, no stage is halted, all shards assigned here are loaded,
        and the children that read pages were started. A worker without partitions (there are more
        workers than partitions) is ready too.
        """
        loaded = self.shards is not None and self.shards.is_ready()
        warm = self._warming is None or self._warming.done()
        return self.is_settled() and loaded and warm and not self.halts.halted

    def look(self) -> WorkerSnapshot:
        """Return a snapshot of the worker."""
        taken = in_hand(self, self._streams)
        return WorkerSnapshot(
            done=self.counts.read.total() + self.counts.folded.total(),
            in_hand=taken,
            has_room=taken < self.settings.window_pages
            and not (self.read_agent is not None and self.read_agent.is_full),
            settled=self.is_settled(),
            loaded=self.shards is None or self.shards.is_ready(),
            starting=self.sandbox is not None and self.sandbox.is_starting,
            reading=self.sandbox is not None and self.sandbox.is_reading,
            halted=bool(self.halts.halted),
            held=self._held_partitions(),
        )

    def _held_partitions(self) -> frozenset[Partition]:
        if self.ahead is None:
            return frozenset()
        raw = topic_name(Topic.RAW, self.settings)
        return frozenset(Partition(raw, number) for number in self.ahead.passed_over())

    def _abandon(self, event: Any) -> None:
        consumer_of(self).abandon(event.message)

    def _is_held(self, topic: str) -> bool:
        """True if the stage that consumes a topic is halted."""
        inputs = {"read": Topic.RAW, "fold": Topic.EXTRACTED}
        return any(topic == topic_name(inputs[each], self.settings) for each in self.halts.halted)

    def _is_shard_assigned(self, shard: int) -> bool:
        name = topic_name(Topic.EXTRACTED, self.settings)
        return TP(name, shard) in self.consumer.assignment()


def build_app(settings: Settings, *, transactional: bool) -> CopydeskApp:
    """Build the app for a Faust worker; the topics must exist.

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
        # A worker that is halted fetches nothing, and stays in its group. One that is stuck ends
        # itself (`health/progress.py`).
        broker_max_poll_interval=_NEVER,
        consumer_max_fetch_size=_FETCH_BYTES,
        consumer_auto_offset_reset="earliest",
        stream_buffer_maxsize=_BUFFERED_EVENTS,
        stream_wait_empty=True,
        topic_allow_declare=False,
        topic_disable_leader=True,
        table_standby_replicas=0,
        datadir=str(settings.state_dir),
        web_enabled=False,
        autodiscover=False,
        store="memory://",
    )
    use_gapless_consumer(app)
    app.settings = settings
    app.transactional = transactional
    app.counts = Counts()
    app.halts = Halts(settings)
    measure.worker(__version__, transactional=transactional)
    app.liveness = Liveness(settings, app.look, lambda: app.consumer)
    app._streams = []
    _add_agents(app, settings)
    return app


def _add_agents(app: CopydeskApp, settings: Settings) -> None:
    raw = _bytes_topic(app, topic_name(Topic.RAW, settings))
    extracted = _bytes_topic(app, topic_name(Topic.EXTRACTED, settings))

    # Each agent is one task, and its body never raises: Faust acknowledges the event at which an
    # agent raises, and several tasks acknowledge out of order.
    if "read" in settings.run_stages:

        @app.agent(raw, name="read", concurrency=1)
        async def read(stream: Any) -> None:
            app._streams.append(stream)
            async for event in events_of(stream):
                await app.read_agent.take(event)  # type: ignore[union-attr]

    if "fold" in settings.run_stages:

        @app.agent(extracted, name="fold", concurrency=1)
        async def fold(stream: Any) -> None:
            app._streams.append(stream)
            async for event in events_of(stream):
                await app.shards.take(event)  # type: ignore[union-attr]

    @app.on_partitions_assigned.connect  # type: ignore[arg-type]
    async def assigned(_app: Any, assigned: set[TP], *_: Any, **__: Any) -> None:
        name = topic_name(Topic.EXTRACTED, settings)
        shards = frozenset(tp.partition for tp in assigned if tp.topic == name)
        if app.shards is not None:
            await app.shards.assign(shards)
        app.joined = True


def _bytes_topic(app: CopydeskApp, name: str) -> Any:
    return app.topic(
        name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
    )
