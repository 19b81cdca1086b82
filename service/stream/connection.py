"""Settings to what Kafka clients are given: addresses, SASL, TLS."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import faust
from aiokafka.helpers import create_ssl_context
from yarl import URL

from service.settings import Settings


class BadConnection(ValueError):
    """The security settings do not fit together."""


def ssl_context(settings: Settings) -> ssl.SSLContext | None:
    """The TLS context, if the protocol has TLS.

    Raises:
        BadConnection: a file cannot be read or does not hold what it should.
    """
    if not settings.security_protocol.endswith("SSL"):
        return None
    try:
        context: ssl.SSLContext = create_ssl_context(
            cafile=_path(settings.ssl_cafile),
            certfile=_path(settings.ssl_certfile),
            keyfile=_path(settings.ssl_keyfile),
        )
    except (OSError, ssl.SSLError) as error:
        raise BadConnection(f"TLS files: {error}") from error
    return context


def client_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments that every aiokafka client is made with.

    Raises:
        BadConnection: a SASL protocol without user or password, or unusable TLS files.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": settings.brokers,
        "security_protocol": settings.security_protocol,
        "ssl_context": ssl_context(settings),
    }
    if settings.security_protocol.startswith("SASL"):
        user, password = _sasl(settings)
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": user,
            "sasl_plain_password": password,
        }
    return options


def faust_brokers(settings: Settings) -> list[URL]:
    """The bootstrap servers as Faust takes them."""
    hosts = (host.strip() for host in settings.brokers.split(","))
    return [URL(f"kafka://{host}") for host in hosts if host]


def faust_credentials(settings: Settings) -> Any:
    """The credentials as Faust takes them; None for a plain connection.

    Raises:
        BadConnection: as `client_options`.
    """
    context = ssl_context(settings)
    if settings.security_protocol.startswith("SASL"):
        user, password = _sasl(settings)
        return faust.SASLCredentials(
            username=user,
            password=password,
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context=context) if context else None


@contextmanager
def heard_faults() -> Iterator[list[str]]:
    """Collects what aiokafka says to its log when it cannot connect: its exception does not."""
    heard: list[str] = []

    def hear(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR and (said := record.getMessage()) not in heard:
            heard.append(said)
        return record.levelno < logging.ERROR

    client = logging.getLogger("aiokafka")
    client.addFilter(hear)
    try:
        yield heard
    finally:
        client.removeFilter(hear)


def _sasl(settings: Settings) -> tuple[str, str]:
    if settings.sasl_username is None or settings.sasl_password is None:
        raise BadConnection(
            f"{settings.security_protocol} needs COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD"
        )
    return settings.sasl_username, settings.sasl_password.get_secret_value()


def _path(path: Any) -> str | None:
    return str(path) if path is not None else None
