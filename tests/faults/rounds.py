"""The long rounds, on Apache Kafka: `make faults` runs them one after the other."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from deploy.kafka.cluster import KafkaCluster
from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from tests.brokers.plugin import Broker
from tests.faults.broker_away import take_broker_away
from tests.faults.burst import burst
from tests.faults.child_hurt import hurt_children
from tests.faults.clock_jumps import let_clock_jump
from tests.faults.disk_full import fill_brokers_disk, fill_workers_disk, small_disk
from tests.faults.join_and_leave import join_and_leave
from tests.faults.letters_back import put_letters_back
from tests.faults.one_of_three import kill_one_of_three
from tests.faults.poison_between import poison_between
from tests.faults.result import Result
from tests.faults.second_cluster import leave_cluster, lose_cluster
from tests.faults.slow_broker import slow_broker
from tests.faults.slow_extractor import slow_extractor
from tests.faults.stage import Stage
from tests.faults.state_deleted import lose_state
from tests.faults.topic_refuses import refuse, too_small
from tests.faults.worker_frozen import freeze_workers
from tests.faults.worker_killed import kill_workers

Round = Callable[[Path], Awaitable[Result]]
"""Runs in a folder of its own."""

_WORKERS_DISK = 64 * 2**20
_BROKERS_DISK = 128 * 2**20


async def _killed(folder: Path) -> Result:
    with KafkaNode() as node:
        return await kill_workers(_broker(node), folder, times=20, pages=5000, rate=15)


async def _killed_singly(folder: Path) -> Result:
    """Far enough apart for each to be got over: what one kill costs."""
    with KafkaNode() as node:
        return await kill_workers(
            _broker(node), folder, times=10, pages=2500, rate=10, every=(20.0, 25.0)
        )


async def _frozen(folder: Path) -> Result:
    with KafkaNode() as node:
        return await freeze_workers(_broker(node), folder, times=6, pages=2000, rate=18)


async def _joining(folder: Path) -> Result:
    with KafkaNode() as node:
        return await join_and_leave(_broker(node), folder, seconds=300, rate=20)


async def _broker_killed(folder: Path) -> Result:
    with KafkaNode() as node:
        return await take_broker_away(node, folder, crash=True, times=4, pages=2500, rate=25)


async def _broker_stopped(folder: Path) -> Result:
    with KafkaNode() as node:
        return await take_broker_away(node, folder, crash=False, times=4, pages=2000, rate=25)


async def _one_of_three(folder: Path) -> Result:
    with KafkaCluster() as cluster:
        return await kill_one_of_three(cluster, folder, times=5, pages=2500, rate=25)


async def _child(folder: Path) -> Result:
    with KafkaNode() as node:
        return await hurt_children(_broker(node), folder, times=30, pages=2000, rate=40)


async def _state(folder: Path) -> Result:
    with KafkaNode() as node:
        return await lose_state(_broker(node), folder, times=9, pages=1500, rate=25)


async def _workers_disk(folder: Path) -> Result:
    with KafkaNode() as node, small_disk(folder, _WORKERS_DISK) as disk:
        return await fill_workers_disk(_broker(node), folder, disk, pages=1500, rate=30)


async def _brokers_disk(folder: Path) -> Result:
    with small_disk(folder, _BROKERS_DISK) as disk:
        return await fill_brokers_disk(folder, disk, pages=1000, rate=25)


async def _too_large(folder: Path) -> Result:
    with KafkaNode() as node:
        async with Stage(_broker(node), folder) as stage:
            return await refuse(stage, too_small(Topic.ARTICLES), pages=200)


async def _poison(folder: Path) -> Result:
    with KafkaNode() as node:
        return await poison_between(_broker(node), folder, times=12, good=60)


async def _letters(folder: Path) -> Result:
    with KafkaNode() as node:
        return await put_letters_back(
            _broker(node), folder, runs=5, children=20, pages=1500, rate=40
        )


async def _clock(folder: Path) -> Result:
    with KafkaNode() as node:
        return await let_clock_jump(_broker(node), folder, times=20, pages=1000, rate=30)


async def _burst(folder: Path) -> Result:
    with KafkaNode() as node:
        return await burst(_broker(node), folder, pages=50_000)


async def _slow_extractor(folder: Path) -> Result:
    with KafkaNode() as node:
        return await slow_extractor(_broker(node), folder, pages=3000)


async def _slow_broker(folder: Path) -> Result:
    with KafkaNode() as node:
        return await slow_broker(node, folder, seconds=60, pages=2000)


async def _cluster_lost(folder: Path) -> Result:
    with KafkaNode() as first, KafkaNode() as second:
        return await lose_cluster(_broker(first), _broker(second), folder, pages=600, rate=20)


async def _cluster_left(folder: Path) -> Result:
    with KafkaNode() as first, KafkaNode() as second:
        return await leave_cluster(_broker(first), _broker(second), folder, pages=400, rate=20)


def _broker(node: KafkaNode) -> Broker:
    return Broker(node.bootstrap, transactions=True)


ROUNDS: dict[str, Round] = {
    "worker killed": _killed,
    "worker killed, singly": _killed_singly,
    "worker frozen": _frozen,
    "join and leave": _joining,
    "broker killed": _broker_killed,
    "broker restarted": _broker_stopped,
    "one of three brokers killed": _one_of_three,
    "cluster lost": _cluster_lost,
    "cluster left": _cluster_left,
    "extractor hung or killed": _child,
    "state directory lost": _state,
    "worker's disk full": _workers_disk,
    "broker's disk full": _brokers_disk,
    "topic refuses": _too_large,
    "poison between good pages": _poison,
    "letters put back": _letters,
    "clock jumps": _clock,
    "slow extractor": _slow_extractor,
    "slow broker": _slow_broker,
    "burst": _burst,
}
