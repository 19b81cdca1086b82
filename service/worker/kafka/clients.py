"""Connection options for Kafka clients, from the settings: addresses, SASL, TLS."""

import ssl
from pathlib import Path
from typing import Any

import faust
from aiokafka.helpers import create_ssl_context
from yarl import URL

from service.settings import Settings

_TLS_FILES = ("ssl_cafile", "ssl_certfile", "ssl_keyfile")


class BadConnection(ValueError):
    """The security settings do not fit together."""


def ssl_context(settings: Settings) -> ssl.SSLContext | None:
    """Return the TLS context; None if the protocol is without TLS.

    Raises:
        BadConnection: a file cannot be read, or is not a valid certificate or key.
    """
    if not settings.security_protocol.endswith("SSL"):
        return None
    files = {name: getattr(settings, name) for name in _TLS_FILES}
    for name, path in files.items():
        if path is not None:
            _check_readable(name, path)
    try:
        context: ssl.SSLContext = create_ssl_context(cafile=_path(settings.ssl_cafile))
    except (OSError, ssl.SSLError) as error:
        raise BadConnection(_wrong("ssl_cafile", settings.ssl_cafile, error)) from error
    if settings.ssl_certfile is not None:
        try:
            context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile)
        except (OSError, ssl.SSLError) as error:
            raise BadConnection(_wrong_pair(settings, error)) from error
    return context


def _check_readable(name: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise BadConnection(_wrong(name, path, error)) from error


def _wrong(name: str, path: object, error: OSError) -> str:
    why = error if isinstance(error, ssl.SSLError) else error.strerror or error
    return f"COPYDESK_{name.upper()}={path}: {why}"


def _wrong_pair(settings: Settings, error: OSError) -> str:
    """The line about a certificate and its key; which of both is broken OpenSSL does not say."""
    certificate = f"COPYDESK_SSL_CERTFILE={settings.ssl_certfile}"
    if settings.ssl_keyfile is None:
        return f"{certificate}, without COPYDESK_SSL_KEYFILE: {error}"
    return f"{certificate}, COPYDESK_SSL_KEYFILE={settings.ssl_keyfile}: {error}"


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
