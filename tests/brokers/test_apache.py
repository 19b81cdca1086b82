"""The Apache Kafka node: transactions, data that survive, and no process left behind."""

import gc
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import ProducerFenced, UnknownTopicOrPartitionError

from deploy.kafka import run_kafka
from deploy.kafka.node import KafkaFailed, KafkaNode
from deploy.kafka.ports import find_free_port
from tests.brokers.ending import is_listening, is_running, stops_listening
from tests.brokers.records import consume, create_topic, produce

pytestmark = pytest.mark.kafka


async def test_records_come_back_in_order(apache_kafka: KafkaNode) -> None:
    topic = await create_topic(apache_kafka.bootstrap)
    page = b"p" * 3_000_000
    await produce(apache_kafka.bootstrap, topic, b"first", page, b"last")
    assert await consume(apache_kafka.bootstrap, topic, until=b"last") == [b"first", page, b"last"]


async def test_committed_readers_see_no_aborted_record(apache_kafka: KafkaNode) -> None:
    topic = await create_topic(apache_kafka.bootstrap)
    producer = AIOKafkaProducer(
        bootstrap_servers=apache_kafka.bootstrap, transactional_id=f"writer-{uuid.uuid4()}"
    )
    await producer.start()
    try:
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"aborted", partition=0)
        await producer.abort_transaction()
        async with producer.transaction():
            await producer.send_and_wait(topic, b"one", partition=0)
            await producer.send_and_wait(topic, b"two", partition=0)
    finally:
        await producer.stop()
    read = await consume(apache_kafka.bootstrap, topic, until=b"two", isolation="read_committed")
    assert read == [b"one", b"two"]
    assert await consume(apache_kafka.bootstrap, topic, until=b"two") == [
        b"aborted",
        b"one",
        b"two",
    ]


async def test_a_second_writer_fences_the_first(apache_kafka: KafkaNode) -> None:
    topic = await create_topic(apache_kafka.bootstrap)
    await _fence_a_writer(apache_kafka.bootstrap, topic)
    # aiokafka leaves failed futures behind a fenced producer. Their report formats a traceback,
    # which ends CPython 3.11.7 with a SystemError if the collector runs inside ast.parse: now.
    gc.collect()
    await produce(apache_kafka.bootstrap, topic, b"end")
    read = await consume(apache_kafka.bootstrap, topic, until=b"end", isolation="read_committed")
    assert read == [b"heir", b"end"]


async def _fence_a_writer(bootstrap: str, topic: str) -> None:
    name = f"writer-{uuid.uuid4()}"
    zombie = AIOKafkaProducer(bootstrap_servers=bootstrap, transactional_id=name)
    heir = AIOKafkaProducer(bootstrap_servers=bootstrap, transactional_id=name)
    await zombie.start()
    await heir.start()
    try:
        async with heir.transaction():
            await heir.send_and_wait(topic, b"heir", partition=0)
        with pytest.raises(ProducerFenced):
            async with zombie.transaction():
                await zombie.send_and_wait(topic, b"zombie", partition=0)
    finally:
        await heir.stop()
        await zombie.stop()


async def test_a_misspelt_topic_is_not_created(apache_kafka: KafkaNode) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=apache_kafka.bootstrap, request_timeout_ms=1000, acks="all"
    )
    await producer.start()
    try:
        with pytest.raises(UnknownTopicOrPartitionError):
            await producer.send_and_wait(f"no-such-topic-{uuid.uuid4()}", b"x")
    finally:
        await producer.stop()


def test_listens_on_loopback_only(apache_kafka: KafkaNode) -> None:
    host, _, port = apache_kafka.bootstrap.rpartition(":")
    assert host == "127.0.0.1"
    assert not is_listening(f"127.0.0.2:{port}")


async def test_data_survive_a_stop_and_a_crash(own_kafka: KafkaNode) -> None:
    address = own_kafka.bootstrap
    topic = await create_topic(address)
    await produce(address, topic, b"before")

    own_kafka.stop()
    assert not is_listening(address)
    own_kafka.start()
    await produce(address, topic, b"after the stop")

    own_kafka.kill()
    assert not is_listening(address)
    own_kafka.start()
    assert own_kafka.bootstrap == address
    assert await consume(address, topic, until=b"after the stop") == [b"before", b"after the stop"]


def test_stop_leaves_no_process_and_close_no_folder(kafka_jars: None) -> None:
    with KafkaNode() as node:
        pid = node.pid
        home = node.home
        assert is_running(pid)
    assert not is_running(pid)
    assert not home.exists()


def test_a_failed_start_says_why_and_leaves_nothing(apache_kafka: KafkaNode) -> None:
    taken = int(apache_kafka.bootstrap.rpartition(":")[2])
    node = KafkaNode(port=taken)
    with pytest.raises(KafkaFailed, match="Address already in use"), node:
        pass
    assert not node.home.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_launcher_takes_its_node_along(
    kafka_jars: None, tmp_path: Path, number: signal.Signals
) -> None:
    port = ["--port", str(find_free_port())]
    command = [sys.executable, run_kafka.__file__, "--data", str(tmp_path), *port]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as launcher:
        assert launcher.stdout is not None
        bootstrap = launcher.stdout.readline().decode().strip()
        assert is_listening(bootstrap)
        os.kill(launcher.pid, number)
        ended = launcher.wait()
    assert stops_listening(bootstrap)
    assert ended == (-signal.SIGKILL if number is signal.SIGKILL else 0)
    assert (tmp_path / "data" / "meta.properties").exists()
