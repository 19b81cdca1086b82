"""Kafka's settings, in the compose file and for the tests: Kafka itself knows and accepts them."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.kafka.jars import find_java, resolve_jars
from deploy.kafka.properties import MESSAGE_BYTES, render_properties
from deploy.kafka.seat import single_seat

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.kafka, pytest.mark.usefixtures("kafka_jars")]


def _read_compose() -> dict[str, str]:
    """The settings that the image makes of its KAFKA_ variables."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    variables: dict[str, str] = compose["services"]["kafka"]["environment"]
    return {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in variables.items()
        if name.startswith("KAFKA_") and name != "KAFKA_HEAP_OPTS"
    }


def _read_ours() -> dict[str, str]:
    text = render_properties(host="127.0.0.1", port=1, seat=single_seat(), data=Path("/data"))
    return dict(line.split("=", 1) for line in text.splitlines())


def _run_java(*arguments: str) -> str:
    command = [find_java(), "-XX:TieredStopAtLevel=1", "-cp", f"{resolve_jars()}/*", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_kafka_knows_every_setting() -> None:
    known = set(re.findall(r'<h4><a id="([^"]+)"', _run_java("kafka.server.KafkaConfig")))
    assert set(_read_compose()) - known == set()
    assert set(_read_ours()) - known == set()


def test_kafka_accepts_what_the_compose_file_says(tmp_path: Path) -> None:
    settings = _read_compose() | {"log.dirs": str(tmp_path / "data")}
    file = tmp_path / "server.properties"
    file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    cluster = compose["services"]["kafka"]["environment"]["CLUSTER_ID"]
    _run_java("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "--config", str(file))
    assert cluster in (tmp_path / "data" / "meta.properties").read_text()


def test_both_take_the_largest_page() -> None:
    for settings in (_read_compose(), _read_ours()):
        assert int(settings["message.max.bytes"]) == MESSAGE_BYTES == 64 * 1024 * 1024
        assert int(settings["socket.request.max.bytes"]) > MESSAGE_BYTES
