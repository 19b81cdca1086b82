"""Reads a topic to a number of events and prints each as a line of JSON, with a client of Python
and the CloudEvents SDK. It runs in the environment of `make test-readers`, without copydesk.

    python read_events.py confluent-kafka BROKERS TOPIC COUNT
"""

import json
import sys
from collections.abc import Iterator

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat

PATIENCE = 60.0


def with_confluent_kafka(brokers: str, topic: str) -> Iterator[KafkaMessage]:
    """The committed records of a topic, with librdkafka."""
    from confluent_kafka import Consumer, TopicPartition

    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": "not-used",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
        }
    )
    partitions = consumer.list_topics(topic, timeout=PATIENCE).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
    while message := consumer.poll(PATIENCE):
        if message.error():
            raise SystemExit(str(message.error()))
        yield KafkaMessage(dict(message.headers() or ()), message.key(), message.value())
    consumer.close()


def with_kafka_python(brokers: str, topic: str) -> Iterator[KafkaMessage]:
    """The committed records of a topic, with kafka-python, which has nothing but Python."""
    from kafka import KafkaConsumer

    consumer = KafkaConsumer(
        topic,
        bootstrap_servers=brokers,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        consumer_timeout_ms=PATIENCE * 1000,
    )
    for record in consumer:
        yield KafkaMessage(dict(record.headers), record.key, record.value)


CLIENTS = {"confluent-kafka": with_confluent_kafka, "kafka-python": with_kafka_python}


def main() -> None:
    """Print the events."""
    client, brokers, topic, count = sys.argv[1:]
    for number, message in enumerate(CLIENTS[client](brokers, topic), 1):
        event = from_binary(message, JSONFormat())
        line = {
            "id": event.get_id(),
            "type": event.get_type(),
            "source": event.get_source(),
            "subject": event.get_subject(),
            "language": event.get_extension("language"),
            "agency": event.get_extension("agency"),
            "publisher": event.get_extension("publisher"),
            "data": event.get_data(),
        }
        print(json.dumps(line))
        if number == int(count):
            return
    raise SystemExit("fewer events than expected")


main()
