"""Changing topics under a running worker: their settings, and whether they exist."""

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import for_code

from service.contract.record import Topic
from service.settings import Settings
from service.worker.kafka.topics import topic_name, topic_specs


async def set_config(settings: Settings, topic: Topic, **changed: str) -> None:
    """Set a topic's configuration to what copydesk asks for, with changes.

    Args:
        changed: by name, with underscores for dots.
    """
    (spec,) = (each for each in topic_specs(settings) if each.topic is topic)
    config = spec.config | {name.replace("_", "."): value for name, value in changed.items()}
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers)
    await admin.start()
    try:
        asked = ConfigResource(ConfigResourceType.TOPIC, spec.name, config)
        for answer in await admin.alter_configs([asked]):
            for code, message, *_ in answer.resources:
                assert code == 0, f"{for_code(code).__name__}: {message}"
    finally:
        await admin.close()


async def delete_topic(settings: Settings, topic: Topic) -> None:
    """Delete a topic with all that is in it."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers)
    await admin.start()
    try:
        answer = await admin.delete_topics([topic_name(topic, settings)])
        for _, code in answer.topic_error_codes:
            assert code == 0, for_code(code).__name__
    finally:
        await admin.close()
