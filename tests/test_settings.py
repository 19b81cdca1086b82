"""Settings from the environment."""

import os

import pytest
from pydantic import ValidationError

from service.read.envelopes import ADAPTER_NAMES
from service.settings import FixedSettings, Settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("COPYDESK_"):
            monkeypatch.delenv(name)


def test_the_defaults_are_for_a_broker_on_this_machine() -> None:
    settings = Settings()
    assert settings.brokers == "127.0.0.1:9092"
    assert settings.web_host == "127.0.0.1"
    assert settings.adapters == ADAPTER_NAMES
    assert settings.body_ref_prefixes == ()
    assert settings.window_span.total_seconds() == 72 * 3600


def test_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_BROKERS", "a.example:9092,b.example:9092")
    monkeypatch.setenv("COPYDESK_WINDOW_HOURS", "1.5")
    monkeypatch.setenv("COPYDESK_ADAPTERS", " native_binary , native_json,")
    monkeypatch.setenv("COPYDESK_BODY_REF_PREFIXES", "file:///var/crawl/")
    settings = Settings()
    assert settings.brokers == "a.example:9092,b.example:9092"
    assert settings.window_span.total_seconds() == 5400
    assert settings.adapters == ("native_binary", "native_json")
    assert settings.body_ref_prefixes == ("file:///var/crawl/",)


TAKES_SEVERAL = {
    "adapters": "native_binary,native_json",
    "body_ref_prefixes": "file:///a/,file:///b/",
    "desk_names": "desk.example,news.example",
    "stages": "read,fold",
    "rights": "noarchive=reject,noai=ignore",
    "trusted_hosts": "a.example,b.example",
    "web_names": "worker.example,copydesk.example",
}


def test_every_field_of_several_values_is_tried_below() -> None:
    several = {
        name
        for name, field in Settings.model_fields.items()
        if str(field.annotation).startswith(("tuple", "list", "frozenset", "set", "dict"))
    }
    assert several == set(TAKES_SEVERAL)


@pytest.mark.parametrize("name", TAKES_SEVERAL)
@pytest.mark.parametrize("count", [1, 2])
def test_several_values_are_parted_by_commas(
    monkeypatch: pytest.MonkeyPatch, name: str, count: int
) -> None:
    values = TAKES_SEVERAL[name].split(",")[:count]
    monkeypatch.setenv(f"COPYDESK_{name.upper()}", " , ".join(values))
    assert getattr(Settings(), name) == tuple(values)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADAPTERS", "native_binary,telepathy"),
        ("SECURITY_PROTOCOL", "TLS"),
        ("TOPIC_PREFIX", "a/b"),
        ("RIGHTS", "noai=drop"),
        ("SHARDS", "0"),
        ("WINDOW_PAGES", "0"),
        ("PAGE_SECONDS", "0"),
        ("WEB_PORT", "65536"),
        ("TRANSACTIONS", "maybe"),
        ("BATCH_SECONDS", "soon"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"COPYDESK_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert refused.value.errors()[0]["loc"] == (name.lower(),)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().brokers = "elsewhere:9092"  # type: ignore[misc]


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_fixed_settings_do_not_heed_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SHARDS", "many")
    monkeypatch.setenv("COPYDESK_BROKERS", "elsewhere:9092")
    settings = FixedSettings(raw_partitions=7)
    assert settings.raw_partitions == 7
    assert settings.shards == 1
    assert settings.brokers == "127.0.0.1:9092"
    assert settings.model_fields_set == {"raw_partitions"}


def test_trusted_hosts_are_compared_as_their_ascii_names() -> None:
    written = "News.Bücher.example, xn--strae-oqa.example,example.社"
    made = FixedSettings.model_validate({"trusted_hosts": written})
    assert made.trusted_domains == {
        "xn--bcher-kva.example",
        "xn--strae-oqa.example",
        "example.xn--fiz",
    }


@pytest.mark.parametrize(
    "name", ["a b.example", "https://a.example/", "a.example/b", "a@b.example"]
)
def test_what_is_no_host_name_cannot_be_trusted(name: str) -> None:
    with pytest.raises(ValidationError, match="is no host name"):
        FixedSettings(trusted_hosts=(name,))


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_a_line_break_after_a_password_is_none_of_its(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_SASL_USERNAME", "copydesk" + end)
    monkeypatch.setenv("COPYDESK_SASL_PASSWORD", " correct\nhorse " + end)
    settings = Settings()
    assert settings.sasl_username == "copydesk"
    assert settings.sasl_password is not None
    assert settings.sasl_password.get_secret_value() == " correct\nhorse "


def test_the_older_setting_for_noarchive_is_still_heard() -> None:
    assert FixedSettings(honour_noarchive=True).rights_policy.action("noarchive") == "reject"
    both = FixedSettings(honour_noarchive=True, rights=("noarchive=reject", "noai=ignore"))
    assert both.rights_policy.action("noai") == "ignore"
    with pytest.raises(ValidationError, match="contradict each other"):
        FixedSettings(honour_noarchive=True, rights=("noarchive=mark",))
