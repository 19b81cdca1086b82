"""Private names of Faust and aiokafka: they exist in the tested versions, and have their place."""

import ast
import inspect
import re
from collections.abc import Iterator, Set
from importlib.metadata import version
from pathlib import Path
from typing import Any

import faust
import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.consumer import fetcher
from aiokafka.consumer.subscription_state import Assignment, TopicPartitionState
from aiokafka.record.memory_records import MemoryRecords
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer
from faust.transport.drivers.aiokafka import Transport as FaustTransport
from mode.utils.queues import FlowControlEvent, ThrowableQueue

from service.settings import FixedSettings
from service.worker import faust_consumer
from service.worker.app import CopydeskApp, build_app
from service.worker.faust_consumer import GaplessConsumer, Transport
from service.worker.kafka import aiokafka_internals
from service.worker.kafka.aiokafka_internals import TESTED

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "service"

INTERNALS = {
    Path("worker/faust_consumer.py"),
    Path("worker/kafka/aiokafka_internals.py"),
    Path("worker/kafka/topic_codecs.py"),
}
PUBLIC = {
    "faust.web",
    "aiokafka",
    "aiokafka.admin",
    "aiokafka.errors",
    "aiokafka.helpers",
    "faust",
    "faust.exceptions",
    "faust.types",
}
"""Modules of the Kafka libraries that any module may import."""
LIBRARIES = {"aiokafka", "faust", "mode"}
DOCUMENTED = {"_replace", "_exit"}
"""Of named tuples and of `os`: public, for all their underscore."""
OF_OTHER_LIBRARIES = {Path("read/page/language.py"): {"_sparse_score"}}
"""Of py3langid, whose identifier `LanguageModel` extends; no Kafka library."""


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def imported_modules(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each imported module, with the name that it, or a thing of it, has here."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.module or "", alias.asname or alias.name


def own_names(tree: ast.AST) -> set[str]:
    """Private names that a module itself defines: functions, methods, fields and attributes."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                names.add(name)
    return names


def foreign_touches(tree: ast.Module, allowed: Set[str] = frozenset()) -> list[str]:
    """Private names of others that a module reads, and attributes of imported things that it sets.

    `self` has no exception: a subclass may read private names of its base.
    """
    fine = own_names(tree) | DOCUMENTED | allowed
    modules = dict(imported_modules(tree))
    imported = {name for _, name in imported_modules(tree)}
    found = [
        f"imports {module}"
        for module in modules
        if module.partition(".")[0] in LIBRARIES and module not in PUBLIC
    ]
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if is_private(name) and name not in fine:
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()) if name in imported:
                found.append(f"line {node.lineno}: sets {ast.unparse(node)}")
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(name), *_]
            ):
                if is_private(str(name)):
                    found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def test_private_names_are_touched_in_one_place() -> None:
    found = {
        str(path): touches
        for each in sorted(SERVICE.rglob("*.py"))
        if (path := each.relative_to(SERVICE)) not in INTERNALS
        and (touches := foreign_touches(tree_of(each), OF_OTHER_LIBRARIES.get(path, set())))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "consumer._acked.clear()",
        "class Ours(faust.Channel):\n    def size(self):\n        return self._queue.qsize()",
        "getattr(consumer, '_acked')",
        "from aiokafka.consumer import fetcher",
        "import faust.transport.consumer",
        "from service.worker.kafka import producers\nproducers.AIOKafkaProducer = None",
    ],
)
def test_a_touch_would_be_found(source: str) -> None:
    assert foreign_touches(ast.parse(source))


def test_the_tested_versions_are_those_that_are_pinned_and_installed() -> None:
    pins = dict(
        re.findall(r"^([\w-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    )
    assert dict(TESTED) == {name: pins[name] for name in TESTED}
    assert dict(TESTED) == {name: version(name) for name in TESTED}


def names_on_self(cls: type) -> set[str]:
    """What a class reads or sets on `self` and `super()`."""
    (tree,) = ast.parse(inspect.getsource(cls)).body
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                names.add(name)
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name):
                names.add(name)
    return names


def test_faust_s_consumer_has_what_ours_relies_on() -> None:
    app = faust.App("names", broker="kafka://127.0.0.1:1", store="memory://", autodiscover=False)
    theirs: Any = app.consumer
    assert type(theirs) is Consumer
    ours = {
        *("_next", "_gaps", "_room", "_deliver", "_abandon_held", "is_held"),
        *("_check_is_same_log", "_count_deleted", "_ends", "_prefix", "_where_logs_are_now"),
        *("_ahead", "_aligned", "_deliver_aligned", "_drop_all", "align", "metadata"),
        *("commit_aligned", "commit_start", "count_partitions"),
        *("_compared", "_fetch_missed_tails"),
    }
    assert ours <= vars(GaplessConsumer).keys() | vars(build_app_consumer()).keys()
    lacking = {name for name in names_on_self(GaplessConsumer) - ours if not hasattr(theirs, name)}
    assert lacking == set()
    assert not {name for name in ours if hasattr(theirs, name)}, "names of ours that Faust has too"


def build_app_consumer() -> GaplessConsumer:
    return faust_consumer.consumer_of(build_app(FixedSettings(), transactional=False))


async def test_faust_s_thread_and_aiokafka_s_consumer_have_what_ours_relies_on() -> None:
    ours = faust_consumer._ConsumerThread
    assert type(build_app_consumer()._thread) is ours
    for name in ("_create_worker_consumer", "_ensure_consumer"):
        assert callable(getattr(AIOKafkaConsumerThread, name))
    assert "OffsetAndMetadata(offset" in inspect.getsource(AIOKafkaConsumerThread._commit)
    assert inspect.iscoroutinefunction(AIOKafkaConsumer.commit)
    assert callable(AIOKafkaConsumer.partitions_for_topic)
    state = TopicPartitionState(None)
    assert (state.has_valid_position, state.highwater, state.lso) == (False, None, None)
    state.seek(7)
    assert (state.has_valid_position, state.position) == (True, 7)
    assert callable(Assignment.state_value)


async def test_a_worker_s_consumer_reads_committed_records_only() -> None:
    consumer: Any = build_app_consumer()
    assert consumer.in_transaction is False
    made = consumer._thread._create_worker_consumer(consumer.transport)
    assert made._isolation_level == "read_committed"
    assert consumer.in_transaction is False


def test_overridden_methods_take_what_faust_s_take() -> None:
    overridden = [name for name in vars(GaplessConsumer) if callable(getattr(Consumer, name, None))]
    assert {"_drain_messages", "_new_offset", "_wait_next_records"} <= {*overridden}
    for name in overridden:
        if name != "__init__":
            ours, theirs = (getattr(each, name) for each in (GaplessConsumer, Consumer))
            assert [*inspect.signature(ours).parameters] == [*inspect.signature(theirs).parameters]
            assert inspect.iscoroutinefunction(ours) is inspect.iscoroutinefunction(theirs)
    assert FaustTransport.Consumer is Consumer
    assert Transport.Consumer is GaplessConsumer


def test_streams_and_their_queues_have_what_events_of_relies_on() -> None:
    app = build_app(FixedSettings(), transactional=False)
    assert isinstance(app.flow_control, FlowControlEvent)
    assert app.flow_control.is_active() in (True, False)
    assert isinstance(app.consumer_generation_id, int)
    stream = app.stream(app.topic("any"))
    assert isinstance(stream, faust.Stream)
    assert isinstance(stream.channel, faust.Channel)
    assert isinstance(stream.channel.queue, ThrowableQueue)
    stream.channel.queue.maybe_endorse_pressure_drop()
    assert callable(stream.noack)


def test_the_app_overrides_nothing_private_of_faust() -> None:
    own = {*vars(CopydeskApp), *CopydeskApp.__annotations__} - {"_abc_impl"}
    assert {name for name in own if is_private(name) and hasattr(faust.App, name)} == set()


def test_the_patch_has_what_it_replaces() -> None:
    original = MemoryRecords
    assert fetcher.MemoryRecords in (original, aiokafka_internals.BatchReader)
    public = {name for name in dir(original) if not name.startswith("_")}
    assert public <= {*dir(aiokafka_internals.BatchReader)}
