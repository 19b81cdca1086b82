"""A Kafka library in another version than the tested one is refused, or allowed with a warning."""

import importlib.metadata
import logging

import pytest
from aiokafka.consumer import fetcher

from service.settings import FixedSettings
from service.worker.kafka.aiokafka_internals import (
    TESTED,
    BatchReader,
    UntestedClients,
    _warn,
    check_versions,
    read_any_header_name,
)
from service.worker.main import CannotStart, run_worker

REFUSE = FixedSettings()
ALLOW = FixedSettings(untested_clients="allow")


@pytest.fixture(autouse=True)
def nothing_warned() -> None:
    _warn.cache_clear()


@pytest.fixture
def newer_aiokafka(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {**TESTED, "aiokafka": "0.14.1"}
    monkeypatch.setattr(importlib.metadata, "version", installed.__getitem__)


def test_the_tested_versions_pass_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    check_versions(REFUSE)
    check_versions(ALLOW)
    assert caplog.records == []


@pytest.mark.usefixtures("newer_aiokafka")
def test_another_version_is_refused_with_what_to_do() -> None:
    with pytest.raises(UntestedClients) as refused:
        check_versions(REFUSE)
    for part in ("aiokafka 0.14.1 is installed", "0.14.0 is tested", "COPYDESK_UNTESTED_CLIENTS"):
        assert part in str(refused.value)
    assert "faust" not in str(refused.value)


@pytest.mark.usefixtures("newer_aiokafka")
def test_another_version_is_allowed_by_the_setting_with_one_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    check_versions(ALLOW)
    check_versions(ALLOW, {"aiokafka"})
    ((_, level, text),) = caplog.record_tuples
    assert level == logging.WARNING
    assert "aiokafka 0.14.1 is installed, 0.14.0 is tested" in text


def test_a_library_without_a_version_is_not_a_tested_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    with pytest.raises(UntestedClients, match="mode-streaming of unknown version"):
        check_versions(REFUSE)


@pytest.mark.usefixtures("newer_aiokafka")
def test_the_patch_is_not_applied_to_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    unpatched = object()
    monkeypatch.setattr(fetcher, "MemoryRecords", unpatched)
    with pytest.raises(UntestedClients):
        read_any_header_name(REFUSE)
    assert fetcher.MemoryRecords is unpatched
    read_any_header_name(ALLOW)
    assert fetcher.MemoryRecords is BatchReader


@pytest.mark.usefixtures("newer_aiokafka")
def test_a_worker_does_not_start_with_another_version() -> None:
    with pytest.raises(CannotStart, match=r"aiokafka 0\.14\.1 is installed"):
        run_worker(REFUSE)
