"""The Faust app: the agents of READ, FOLD and LINK, start and stop, health, metrics and status
pages."""

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
from service.worker.writing_stages import WRITERS, WritingStages, input_of

logger = logging.getLogger(__name__)

_FETCH_BYTES = 4 * MEBIBYTE
_TAKEN_AT_ONCE = 64
_BUFFERED_EVENTS = 5 * _TAKEN_AT_ONCE
"""Events that Faust buffers for an agent in addition to those in flight. The limit bounds memory,
since pages are large (about 75 MB of typical ones). Faust stops fetching when the buffer is four
fifths full and resumes at two fifths, so that one poll (`_TAKEN_AT_ONCE`) always has room."""

_NEVER = timedelta(days=365)


class CopydeskApp(faust.App):
    """Opens what the stages need before the first event, and closes it after the last."""

    settings: Settings
    transactional: bool
    counts: Counts
    read_agent: ReadAgent | None = None
    writing: WritingStages | None = None
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
        """Start the producer, the stages and the liveness checks, then the agents."""
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
        self.writing = WritingStages(
            settings,
            self.counts,
            transactional=self.transactional,
            halts=self.halts,
            assignment=lambda: self.consumer.assignment(),
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
        if self.writing is not None:
            await self.writing.close()
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
        """True if the worker is settled, no stage is halted, the memory of all partitions assigned
        here is loaded, and the children that read pages were started. A worker without partitions
        (there are more workers than partitions) is ready too.
        """
        warm = self._warming is None or self._warming.done()
        loaded = self.writing is not None and self.writing.is_loaded()
        return self.is_settled() and loaded and warm and not self.halts.halted

    def look(self) -> WorkerSnapshot:
        """Return a snapshot of the worker."""
        taken = in_hand(self, self._streams)
        return WorkerSnapshot(
            done=self.counts.total(),
            in_hand=taken,
            has_room=taken < self.settings.window_pages
            and not (self.read_agent is not None and self.read_agent.is_full),
            settled=self.is_settled(),
            loaded=self.writing is None or self.writing.is_loaded(),
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
        return any(topic == input_of(stage, self.settings) for stage in self.halts.halted)


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
    # Each agent is one task, and its body never raises: Faust acknowledges the event at which an
    # agent raises, and several tasks acknowledge out of order.
    if "read" in settings.run_stages:

        @app.agent(_input_topic(app, "read"), name="read", concurrency=1)
        async def read(stream: Any) -> None:
            app._streams.append(stream)
            async for event in events_of(stream):
                await app.read_agent.take(event)  # type: ignore[union-attr]

    for stage in WRITERS:
        if stage in settings.run_stages:
            _add_writing_agent(app, stage)

    @app.on_partitions_assigned.connect  # type: ignore[arg-type]
    async def assigned(_app: Any, assigned: set[TP], *_: Any, **__: Any) -> None:
        if app.writing is not None:
            await app.writing.assign(assigned)
        app.joined = True


def _add_writing_agent(app: CopydeskApp, stage: str) -> None:
    @app.agent(_input_topic(app, stage), name=stage, concurrency=1)
    async def write(stream: Any) -> None:
        app._streams.append(stream)
        async for event in events_of(stream):
            await app.writing.take(stage, event)  # type: ignore[union-attr]


def _input_topic(app: CopydeskApp, stage: str) -> Any:
    return app.topic(
        input_of(stage, app.settings),
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
    )
