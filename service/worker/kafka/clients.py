"""Connection options for Kafka clients, from the settings: addresses, SASL, TLS."""

import ssl
from typing import Any

import faust
from aiokafka.helpers import create_ssl_context
from yarl import URL

from service.settings import Settings


class BadConnection(ValueError):
    """The security settings do not fit together."""


def ssl_context(settings: Settings) -> ssl.SSLContext | None:
    """Return the TLS context; None if the protocol is without TLS.

    Raises:
        BadConnection: a file cannot be read, or is not a valid certificate or key.
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
    """Return the keyword arguments for every aiokafka client.

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
    """Return the bootstrap servers in Faust's form."""
    hosts = (host.strip() for host in settings.brokers.split(","))
    return [URL(f"kafka://{host}") for host in hosts if host]


def faust_credentials(settings: Settings) -> Any:
    """Return the credentials in Faust's form; None for a plain connection.

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


def _sasl(settings: Settings) -> tuple[str, str]:
    if settings.sasl_username is None or settings.sasl_password is None:
        raise BadConnection(
            f"{settings.security_protocol} needs COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD"
        )
    return settings.sasl_username, settings.sasl_password.get_secret_value()


def _path(path: Any) -> str | None:
    return str(path) if path is not None else None
