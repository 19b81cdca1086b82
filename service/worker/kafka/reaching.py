"""Starts Kafka clients, and words for the errors of brokers: one line, the same from every command.

aiokafka's own error does not say why no broker could be reached, and some errors have no text.
"""

from typing import Any

from aiokafka.errors import KafkaConnectionError, NodeNotReadyError

from service.settings import Settings
from service.worker.kafka.aiokafka_internals import collected_errors

_UNREACHABLE = (KafkaConnectionError, NodeNotReadyError, TimeoutError, OSError)


class NoBroker(KafkaConnectionError):
    """No broker could be reached; the text names the addresses and the reason."""

    def __str__(self) -> str:
        return str(self.args[0])


def error_words(error: BaseException) -> str:
    """The text of an error; of one that has none, its kind."""
    if isinstance(error, TimeoutError) and not str(error):
        return "no answer in time (TimeoutError)"
    return str(error).strip() or type(error).__name__


def broker_failure(error: BaseException, settings: Settings) -> str:
    """One line about an error of the brokers: their addresses and what happened."""
    if isinstance(error, NoBroker):
        return str(error)
    if isinstance(error, KafkaConnectionError):
        return no_broker(settings, error_words(error))
    return f"{settings.brokers}: {error_words(error)}"


def no_broker(settings: Settings, why: str) -> str:
    """The line about brokers that cannot be reached."""
    return f"no broker at {settings.brokers}: {why}"


async def start(client: Any, settings: Settings) -> None:
    """Start a consumer or producer of aiokafka; one that cannot be started is stopped.

    Raises:
        NoBroker: no broker can be reached, or none lets it in.
        KafkaError: the broker refuses something else, such as a topic that does not exist.
    """
    with collected_errors() as errors:
        try:
            await client.start()
        except _UNREACHABLE as error:
            await client.stop()
            why = "; ".join(errors) or error_words(error)
            raise NoBroker(no_broker(settings, why)) from error
        except BaseException:
            await client.stop()
            raise
