"""Converts a Kafka record from Faust to an `InputMessage`."""

from typing import Any

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage


def input_message(message: Any) -> InputMessage:
    """Return key, value and headers as received; Faust's own view merges repeated headers."""
    stamp = message.timestamp
    return InputMessage(
        key=message.key,
        value=message.value,
        headers=tuple(message.headers or ()),
        timestamp=None if stamp is None or stamp < 0 else round(stamp * 1000),
        source=SourcePosition(
            topic=message.topic, partition=message.partition, offset=message.offset
        ),
    )
