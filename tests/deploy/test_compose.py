"""The compose file: what it starts is healthy before it is used, unprivileged, and local."""

import re
import shutil
import socket
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import Settings
from tests.deploy.dockerfile import read_stages

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
OURS = ("topics", "worker", "desk", "notify")


def default(value: str) -> str:
    """What a value is where no variable says otherwise."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
    return services


def test_follows_the_specification() -> None:
    """By the schema of the Compose Specification, as check-jsonschema carries it."""
    checker = "import sys; from check_jsonschema import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", checker, "--builtin-schema", "vendor.compose-spec", str(COMPOSE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_has_its_services(services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == {"kafka", "prometheus", "grafana", *OURS}


def test_what_stays_up_is_checked(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        check = service["healthcheck"]
        if service["restart"] == "no":
            assert check == {"disable": True}, name
        else:
            assert check["test"][0] == "CMD", name
            assert {"interval", "timeout", "retries", "start_period"} <= set(check), name


def test_kafka_is_asked_by_a_connection_and_no_java(
    services: dict[str, dict[str, Any]],
) -> None:
    """The check's own words, run against a port that listens, and against one that does not."""
    kafka = services["kafka"]
    cmd, *words = kafka["healthcheck"]["test"]
    assert cmd == "CMD"
    assert words[0] == "bash"
    assert ":9092" in kafka["environment"]["KAFKA_LISTENERS"]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        here = [word.replace("localhost/9092", f"127.0.0.1/{port}") for word in words]
        assert here != words
        assert subprocess.run(here, capture_output=True, check=False).returncode == 0
    assert subprocess.run(here, capture_output=True, check=False).returncode != 0


def test_logs_are_cut_off(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["logging"]["driver"] == "json-file", name
        assert {"max-size", "max-file"} == set(service["logging"]["options"]), name


VOLUMES = {
    "apache/kafka": ["/etc/kafka/secrets", "/var/lib/kafka/data", "/mnt/shared/config"],
    "copydesk": ["/var/lib/copydesk"],
    "prom/prometheus": ["/prometheus"],
    "grafana/grafana": [],
}
"""What each image declares as VOLUME; Docker makes an anonymous volume of what is not mounted."""


def test_no_volume_is_left_without_a_name(services: dict[str, dict[str, Any]]) -> None:
    assert (
        read_stages(ROOT / "deploy" / "Dockerfile")[-1].arguments("VOLUME") == VOLUMES["copydesk"]
    )
    for name, service in services.items():
        mounted = [each.split(":")[1] for each in service.get("volumes", [])]
        mounted += [each.split(":")[0] for each in service.get("tmpfs", [])]
        for declared in VOLUMES[service["image"].partition(":")[0]]:
            assert declared in mounted, name


def test_ports_are_published_on_this_machine_only(services: dict[str, dict[str, Any]]) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert sorted(published) == [
        "127.0.0.1:3000:3000",
        "127.0.0.1:8066:8066",
        "127.0.0.1:8067:8067",
        "127.0.0.1:9090:9090",
        "127.0.0.1:9094:9094",
    ]


def test_nobody_is_root_or_may_become_root(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["user"].partition(":")[0] not in {"", "0", "root"}, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service), name


def test_ours_have_a_read_only_root(services: dict[str, dict[str, Any]]) -> None:
    for name in OURS:
        assert services[name]["read_only"] is True
        assert services[name]["tmpfs"][0].startswith("/tmp:")
    assert services["worker"]["volumes"] == ["worker-state:/var/lib/copydesk"]


def test_ours_run_as_the_user_of_the_image(services: dict[str, dict[str, Any]]) -> None:
    (user,) = read_stages(ROOT / "deploy" / "Dockerfile")[-1].arguments("USER")
    assert {services[name]["user"] for name in OURS} == {user}


def test_nothing_is_mounted_from_the_machine(services: dict[str, dict[str, Any]]) -> None:
    declared = set(yaml.safe_load(COMPOSE.read_text())["volumes"])
    for service in services.values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in declared


def test_what_is_configured_by_files_is_there() -> None:
    compose = yaml.safe_load(COMPOSE.read_text())
    files = {name: ROOT / default(each["file"]) for name, each in compose["configs"].items()}
    assert all(file.is_file() for file in files.values())
    used = [
        config["source"]
        for service in compose["services"].values()
        for config in service.get("configs", [])
    ]
    assert sorted(used) == sorted(files)


def test_the_desk_answers_to_this_machine_only(services: dict[str, dict[str, Any]]) -> None:
    desk = services["desk"]
    assert desk["command"] == ["desk"]
    assert desk["environment"]["COPYDESK_DESK_NAMES"] == "localhost"
    port = desk["environment"]["COPYDESK_DESK_PORT"]
    assert desk["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert desk["healthcheck"]["test"] == ["CMD", "copydesk", "health", "--container"]
    assert desk["environment"]["COPYDESK_DESK_DATA"].startswith(
        desk["volumes"][0].partition(":")[2]
    )


@pytest.mark.parametrize("name", OURS)
def test_settings_are_settings(services: dict[str, dict[str, Any]], name: str) -> None:
    variables = {f"COPYDESK_{field.upper()}" for field in Settings.model_fields}
    assert set(services[name]["environment"]) <= variables


def test_prometheus_finds_the_worker_and_the_desk(services: dict[str, dict[str, Any]]) -> None:
    config = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    ports = {"worker": "COPYDESK_WEB_PORT", "desk": "COPYDESK_DESK_PORT"}
    for scrape, (name, variable) in zip(config["scrape_configs"], ports.items(), strict=True):
        (found,) = scrape["dns_sd_configs"]
        assert found["names"] == [name]
        assert str(found["port"]) == services[name]["environment"][variable]
    mounted = {each["target"] for each in services["prometheus"]["configs"]}
    assert set(config["rule_files"]) < mounted


def test_grafana_finds_prometheus_and_the_dashboard(services: dict[str, dict[str, Any]]) -> None:
    folder = ROOT / "deploy" / "grafana" / "provisioning"
    (source,) = yaml.safe_load((folder / "datasources" / "prometheus.yml").read_text())[
        "datasources"
    ]
    assert source["url"] == "http://prometheus:9090"
    (provider,) = yaml.safe_load((folder / "dashboards" / "copydesk.yml").read_text())["providers"]
    mounted = {each["source"]: each["target"] for each in services["grafana"]["configs"]}
    assert Path(mounted["dashboard"]).parent == Path(provider["options"]["path"])


def test_images_carry_a_tag_that_stays(services: dict[str, dict[str, Any]]) -> None:
    for service in services.values():
        tag = service["image"].partition(":")[2]
        assert tag not in {"", "latest"}


def test_kafka_is_the_version_that_the_tests_run(services: dict[str, dict[str, Any]]) -> None:
    pom = ElementTree.parse(ROOT / "deploy" / "kafka" / "pom.xml")
    version = pom.findtext(".//{*}kafka.version")
    assert services["kafka"]["image"] == f"apache/kafka:{version}"


def test_the_worker_waits_for_kafka_and_its_topics(services: dict[str, dict[str, Any]]) -> None:
    assert services["topics"]["command"] == ["topics", "--create"]
    assert services["topics"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    assert services["worker"]["depends_on"] == {
        "kafka": {"condition": "service_healthy"},
        "topics": {"condition": "service_completed_successfully"},
    }


def test_nobody_is_told_of_anything_unless_asked_for(services: dict[str, dict[str, Any]]) -> None:
    with_profile = {name for name, each in services.items() if "profiles" in each}
    assert with_profile == {"notify"}
    notify = services["notify"]
    assert notify["profiles"] == ["notify"]
    assert not any("notify" in each.get("depends_on", {}) for each in services.values())
    assert notify["depends_on"] == services["worker"]["depends_on"]


def test_notify_has_its_table_its_secrets_and_a_port(services: dict[str, dict[str, Any]]) -> None:
    notify = services["notify"]
    (table,) = notify["configs"]
    *words, file = notify["command"]
    assert file == table["target"]
    assert words[0] == "notify"
    assert "--metrics-port" in words, "the health check asks there"
    (secrets,) = notify["env_file"]
    assert secrets["required"] is False
    ignored = (ROOT / ".gitignore").read_text().split()
    assert default(secrets["path"]).removeprefix(".") in ignored, "nobody commits a secret"


def test_ours_call_kafka_where_it_says_it_is(services: dict[str, dict[str, Any]]) -> None:
    advertised = services["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"]
    inside = re.search(r"INSIDE://([^,]+)", advertised)
    assert inside is not None
    assert {services[name]["environment"]["COPYDESK_BROKERS"] for name in OURS} == {inside[1]}


def test_docker_compose_reads_it() -> None:
    docker = shutil.which("docker")
    plugin = docker and subprocess.run([docker, "compose", "version"], capture_output=True)
    if not plugin or plugin.returncode != 0:
        pytest.skip("docker compose is not on this machine")
    run = subprocess.run(
        [str(docker), "compose", "--file", str(COMPOSE), "config", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
