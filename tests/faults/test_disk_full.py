"""Disks without room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.disk_full import CannotMount, fill_brokers_disk, fill_workers_disk, small_disk


def _disk(folder: Path, octets: int) -> Iterator[Path]:
    try:
        with small_disk(folder, octets) as disk:
            yield disk
    except CannotMount as error:
        pytest.skip(f"a small file system takes the right to mount: {error}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    yield from _disk(tmp_path, 64 * 2**20)


@pytest.fixture
def broker_disk(tmp_path: Path) -> Iterator[Path]:
    yield from _disk(tmp_path, 96 * 2**20)


@pytest.mark.kafka
async def test_a_full_disk_of_a_worker(apache_kafka: KafkaNode, tmp_path: Path, disk: Path) -> None:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    result = await fill_workers_disk(broker, tmp_path, disk, pages=120, rate=25)
    assert not result.verdict.broken, result


@pytest.mark.kafka
async def test_a_full_disk_of_the_broker(
    kafka_jars: None, tmp_path: Path, broker_disk: Path
) -> None:
    result = await fill_brokers_disk(tmp_path, broker_disk, pages=250, rate=20)
    assert not result.verdict.broken, result
