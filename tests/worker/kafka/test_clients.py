"""Settings to clients: Faust's consumer must connect exactly as our own clients do."""

import ssl
from pathlib import Path
from typing import Any

import pytest
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth
from yarl import URL

from service.settings import Settings
from service.worker.kafka.clients import (
    BadConnection,
    client_options,
    faust_brokers,
    faust_credentials,
)

USER = {"sasl_username": "desk", "sasl_password": "pa$$w0rd"}


def options(**more: str) -> dict[str, Any]:
    return client_options(Settings(**more))  # type: ignore[arg-type]


def test_plain() -> None:
    made = options(brokers="a:1,b:2")
    assert made == {
        "bootstrap_servers": "a:1,b:2",
        "security_protocol": "PLAINTEXT",
        "ssl_context": None,
    }


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
@pytest.mark.parametrize("protocol", ["SASL_PLAINTEXT", "SASL_SSL"])
def test_sasl(protocol: str, mechanism: str) -> None:
    made = options(security_protocol=protocol, sasl_mechanism=mechanism, **USER)
    assert made["security_protocol"] == protocol
    assert made["sasl_mechanism"] == mechanism
    assert made["sasl_plain_username"] == "desk"
    assert made["sasl_plain_password"] == "pa$$w0rd"
    assert (made["ssl_context"] is not None) == (protocol == "SASL_SSL")


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
@pytest.mark.parametrize("protocol", ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"])
def test_faust_connects_as_the_other_clients(protocol: str, mechanism: str) -> None:
    settings = Settings(security_protocol=protocol, sasl_mechanism=mechanism, **USER)  # type: ignore[arg-type]
    ours = client_options(settings)
    theirs = dict(credentials_to_aiokafka_auth(faust_credentials(settings)))
    for made in (ours, theirs):
        context = made.pop("ssl_context", None)
        assert (context is not None) == protocol.endswith("SSL")
    del ours["bootstrap_servers"]
    assert {key: str(getattr(value, "value", value)) for key, value in theirs.items()} == ours


def test_tls_checks_who_answers() -> None:
    context = options(security_protocol="SSL")["ssl_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize("name", ["ssl_cafile", "ssl_certfile"])
def test_unusable_tls_files_are_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadConnection, match=f"COPYDESK_{name.upper()}="):
        options(security_protocol="SSL", **{name: str(tmp_path / "missing.pem")})
    (tmp_path / "empty.pem").touch()
    with pytest.raises(BadConnection, match=f"COPYDESK_{name.upper()}="):
        options(security_protocol="SSL", **{name: str(tmp_path / "empty.pem")})


@pytest.mark.parametrize("missing", ["sasl_username", "sasl_password"])
def test_half_a_login_is_refused(missing: str) -> None:
    half = {key: value for key, value in USER.items() if key != missing}
    with pytest.raises(BadConnection, match="COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD"):
        options(security_protocol="SASL_SSL", **half)
    with pytest.raises(BadConnection):
        faust_credentials(Settings(security_protocol="SASL_SSL", **half))  # type: ignore[arg-type]


def test_no_password_is_shown() -> None:
    settings = Settings(security_protocol="SASL_SSL", **USER)  # type: ignore[arg-type]
    assert (
        "pa$$w0rd" not in repr(settings) + str(settings.model_dump()) + settings.model_dump_json()
    )
    assert "pa$$w0rd" not in repr(faust_credentials(settings))


def test_brokers_for_faust() -> None:
    settings = Settings(brokers="a.example:9092, b.example:9093")
    assert faust_brokers(settings) == [URL("kafka://a.example:9092"), URL("kafka://b.example:9093")]
