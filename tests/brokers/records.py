"""Topics, and records in and out of them, for tests of the brokers themselves."""

import uuid

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic


async def create_topic(bootstrap: str) -> str:
    """Creates a topic of one partition; returns its name, which no other test has."""
    name = f"test-{uuid.uuid4()}"
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, num_partitions=1, replication_factor=1)])
    finally:
        await admin.close()
    return name


async def produce(bootstrap: str, topic: str, *values: bytes) -> None:
    """Sends the values in order; returns when the broker has acknowledged each."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_request_size=2**23)
    await producer.start()
    try:
        for value in values:
            await producer.send_and_wait(topic, value, partition=0)
    finally:
        await producer.stop()


async def consume(
    bootstrap: str, topic: str, *, until: bytes, isolation: str = "read_uncommitted"
) -> list[bytes]:
    """The topic's values from its start up to and with `until`."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        isolation_level=isolation,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=2**23,
    )
    await consumer.start()
    try:
        consumer.assign([TopicPartition(topic, 0)])
        values: list[bytes] = []
        async for record in consumer:
            values.append(record.value)
            if record.value == until:
                break
        return values
    finally:
        await consumer.stop()
