"""Fault: one of three brokers is killed, another each time; it comes back before the next goes.

Topics have three replicas, of which two must have a record before it counts as written, and every
producer waits for that: so nothing that was acknowledged is on the lost broker alone.
"""

import asyncio
import random
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.kafka.cluster import KafkaCluster
from service.settings import Settings
from service.worker.kafka.topics import topic_specs
from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage

REPLICAS = 3


async def kill_one_of_three(
    cluster: KafkaCluster, folder: Path, *, times: int, pages: int, rate: float, seed: int = 15
) -> Result:
    """Two workers; brokers are killed one after the other."""
    lot = random.Random(seed)
    broker = Broker(cluster.bootstrap, transactions=True)
    async with Stage(broker, folder, seed=seed, replication=REPLICAS) as stage:
        await stage.crew.start(2)
        feed = stage.feed(pages, rate)
        supervisor = stage.crew.supervise()
        for _ in range(times):
            await asyncio.sleep(3.0)
            victim = lot.choice(cluster.nodes)
            stage.hurt()
            await asyncio.to_thread(victim.kill)
            await stage.through_again()
            await asyncio.to_thread(victim.start)
        await feed
        await stage.drained()
        supervisor.cancel()
        result = await stage.result()
    result.notes.append(f"workers started again: {len(stage.crew.exit_codes)}")
    return result


async def read_durability(settings: Settings) -> dict[str, tuple[int, str]]:
    """Replicas, and how many of them must have a record, of each topic that copydesk made."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers)
    names = [spec.name for spec in topic_specs(settings)]
    await admin.start()
    try:
        described = await admin.describe_topics(names)
        replicas = {
            topic["topic"]: min(len(each["replicas"]) for each in topic["partitions"])
            for topic in described
        }
        asked = [
            ConfigResource(ConfigResourceType.TOPIC, name, {"min.insync.replicas": None})
            for name in names
        ]
        answers = await admin.describe_configs(asked)
        in_sync = {
            resource[3]: resource[4][0][1] for answer in answers for resource in answer.resources
        }
        return {name: (replicas[name], in_sync[name]) for name in names}
    finally:
        await admin.close()
