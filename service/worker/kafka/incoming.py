"""Converts a Kafka record, from Faust or from aiokafka, to an `InputMessage`."""

from typing import Any

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage


def input_message(message: Any) -> InputMessage:
    """Return key, value and headers as received; Faust's own view merges repeated headers."""
    stamp = message.timestamp
    return _with_time(message, None if stamp is None or stamp < 0 else round(stamp * 1000))


def consumed_message(record: Any) -> InputMessage:
    """Return aiokafka's consumer record as `input_message` returns it from Faust."""
    return _with_time(record, None if record.timestamp < 0 else record.timestamp)


def _with_time(received: Any, timestamp: int | None) -> InputMessage:
    return InputMessage(
        key=received.key,
        value=received.value,
        headers=tuple(received.headers or ()),
        timestamp=timestamp,
        source=SourcePosition(
            topic=received.topic, partition=received.partition, offset=received.offset
        ),
    )
