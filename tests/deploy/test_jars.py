"""Kafka's jars: resolved once, complete or not there, with a clear word where tools are missing."""

from pathlib import Path

import pytest

from deploy.kafka.jars import ToolMissing, find_java, resolve_jars

# Stands in for Maven: notes each call, then does as told to the folder it was given.
_MAVEN = """#!/bin/sh
echo "$@" >> {calls}
for word; do case "$word" in -DoutputDirectory=*) folder="${{word#*=}}";; esac; done
mkdir -p "$folder" && touch "$folder/kafka.jar"
{then}
"""


def _install_maven(monkeypatch: pytest.MonkeyPatch, folder: Path, then: str) -> Path:
    calls = folder / "calls"
    program = folder / "mvn"
    program.write_text(_MAVEN.format(calls=calls, then=then))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return calls


def test_maven_runs_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls = _install_maven(monkeypatch, tmp_path, "exit 0")
    cache = tmp_path / "jars"
    first = resolve_jars(cache)
    assert [jar.name for jar in first.iterdir()] == ["kafka.jar"]
    assert resolve_jars(cache) == first
    assert len(calls.read_text().splitlines()) == 1


def test_downloads_are_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls = _install_maven(monkeypatch, tmp_path, "exit 0")
    resolve_jars(tmp_path / "jars")
    assert "--strict-checksums" in calls.read_text()


def test_a_failed_resolve_is_reported_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache = tmp_path / "jars"
    _install_maven(monkeypatch, tmp_path, "echo no such artifact; exit 1")
    with pytest.raises(RuntimeError, match="no such artifact"):
        resolve_jars(cache)
    _install_maven(monkeypatch, tmp_path, "exit 0")
    assert (resolve_jars(cache) / "kafka.jar").exists()


def test_a_missing_maven_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolMissing, match="mvn"):
        resolve_jars(tmp_path / "jars")


def test_java_home_goes_before_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch(mode=0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert find_java() == str(java)


def test_a_missing_java_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolMissing, match="Java 17"):
        find_java()
