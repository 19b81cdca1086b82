"""A Kafka record, as Faust hands it over, to an `InputMessage`."""

from typing import Any

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage


def input_message(message: Any) -> InputMessage:
    """Key, value and headers as they came: Faust's own view would fold repeated headers."""
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
