"""The registry example against a real Apicurio Registry, which `make test-registry` brings."""

import json
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.examples.to_registry import CannotCopy, ask, register
from deploy.kafka.jars import ToolMissing, find_java
from tests.deploy.test_registry_example import SCHEMA

PATIENCE = 120.0
JAVA = 21
"""The oldest Java that Apicurio 3.3 runs on."""


def java_of_age() -> str:
    """The path of a `java` that is new enough; skips where there is none."""
    try:
        java = find_java()
    except ToolMissing as missing:
        pytest.skip(str(missing))
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < JAVA:
        pytest.skip(f"Apicurio needs Java {JAVA} or newer: set JAVA_HOME")
    return java


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a registry that keeps everything in memory."""
    folder = os.environ.get("COPYDESK_TEST_APICURIO")
    if not folder:
        pytest.skip("COPYDESK_TEST_APICURIO names no Apicurio; `make test-registry` brings one")
    log = tmp_path_factory.mktemp("apicurio") / "log"
    environment = {
        **os.environ,
        "QUARKUS_HTTP_HOST": "127.0.0.1",
        "QUARKUS_HTTP_PORT": "0",
        "QUARKUS_MANAGEMENT_HOST": "127.0.0.1",
        "QUARKUS_MANAGEMENT_PORT": "0",
    }
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [java_of_age(), "-Xmx512m", "-jar", str(Path(folder) / "quarkus-run.jar")],
            env=environment,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not (at := re.search(r"Listening on: (http://127\.0\.0\.1:\d+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield f"{at[1]}/apis/ccompat/v7"
    finally:
        process.kill()
        process.wait()


def test_a_schema_and_its_next_version_are_registered(registry: str) -> None:
    schema = json.loads(SCHEMA.read_text())
    first = register(registry, "articles-value", json.dumps(schema))
    assert register(registry, "articles-value", json.dumps(schema)) == first
    schema["properties"]["later"] = {"type": "string"}
    assert register(registry, "articles-value", json.dumps(schema)) != first
    with urllib.request.urlopen(f"{registry}/config/articles-value", timeout=30) as answer:
        assert json.load(answer) == {"compatibilityLevel": "NONE"}


def test_what_it_refuses_is_quoted(registry: str) -> None:
    with pytest.raises(CannotCopy, match="/subjects/broken-value/versions: "):
        register(registry, "broken-value", "no JSON")


def test_its_own_check_of_the_next_version_is_why_there_is_none(registry: str) -> None:
    """Once this fails, Apicurio can be left to check what it registers."""
    schema = json.loads(SCHEMA.read_text())
    register(registry, "checked-value", json.dumps(schema))
    ask(registry, "config/checked-value", "PUT", {"compatibility": "FORWARD"})
    schema["properties"]["later"] = {"type": "string"}
    body = {"schemaType": "JSON", "schema": json.dumps(schema)}
    with pytest.raises(urllib.error.HTTPError, match="500"):
        ask(registry, "subjects/checked-value/versions", "POST", body)
