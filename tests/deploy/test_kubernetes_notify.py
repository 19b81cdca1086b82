"""The component that posts events to webhooks: its table, its secrets, and whom it reaches."""

import base64
from collections.abc import Sequence
from pathlib import Path

import yaml
from click.testing import CliRunner

from service.cli.main import main
from tests.deploy.manifests import FOLDER, Manifest, build, container, manifests, of_kind, pod

COMPONENT = FOLDER / "components" / "notify"
FULL = FOLDER / "overlays" / "full"
SECRET = "whsec_" + base64.b64encode(bytes(32)).decode()


def named(kind: str, name: str, found: Sequence[Manifest]) -> Manifest:
    (only,) = (each for each in of_kind(found, kind) if each["metadata"]["name"] == name)
    return only


NOTIFY = named("Deployment", "copydesk-notify", manifests())
(TABLE,) = yaml.safe_load((FULL / "kustomization.yaml").read_text())["configMapGenerator"]
(VOLUME,) = (each for each in pod(NOTIFY)["volumes"] if "projected" in each)
(MOUNT,) = (each for each in container(NOTIFY)["volumeMounts"] if each["name"] == VOLUME["name"])


def test_its_command_can_use_the_table(tmp_path: Path) -> None:
    """As it is mounted, with a secret in each file that the table names."""
    *words, file = container(NOTIFY)["args"]
    (name,) = TABLE["files"]
    assert file == f"{MOUNT['mountPath']}/{name}"
    (tmp_path / name).write_bytes((FULL / name).read_bytes())
    (tmp_path / "our-copies-spun.secret").write_text(f"{SECRET}\n")
    checked = CliRunner().invoke(main, [*words, "--check", str(tmp_path / name)])
    assert (checked.exit_code, "no mistake" in checked.output) == (0, True), checked.output


def test_table_and_secrets_are_one_folder_that_nobody_writes_to() -> None:
    assert MOUNT["readOnly"] is True
    table, secret = VOLUME["projected"]["sources"]
    assert table["configMap"]["name"] == TABLE["name"]
    assert "optional" not in secret["secret"], "without it no pod starts"
    assert VOLUME["projected"]["defaultMode"] == 0o440
    assert "whsec_" not in "".join(
        path.read_text() for path in (*COMPONENT.iterdir(), *FULL.iterdir())
    )


def test_it_has_an_account_of_its_own_and_never_two_pods() -> None:
    accounts = {
        each["valueFrom"]["secretKeyRef"]["name"]
        for each in container(NOTIFY)["env"]
        if "valueFrom" in each
    }
    assert accounts == {"copydesk-kafka-notify"}
    assert NOTIFY["spec"]["replicas"] == 1
    assert NOTIFY["spec"]["strategy"] == {"type": "Recreate"}


def test_it_is_asked_where_it_serves_its_counters() -> None:
    (port,) = container(NOTIFY)["ports"]
    words = container(NOTIFY)["args"]
    assert words[words.index("--metrics-port") + 1] == str(port["containerPort"])
    for probe in ("startupProbe", "livenessProbe"):
        assert container(NOTIFY)[probe]["httpGet"] == {"path": "/metrics", "port": port["name"]}
    (endpoint,) = named("PodMonitor", "copydesk-notify", manifests())["spec"]["podMetricsEndpoints"]
    assert (endpoint["port"], endpoint["path"]) == (port["name"], "/metrics")


def test_it_reaches_receivers_by_https() -> None:
    policy = named("NetworkPolicy", "copydesk-notify", manifests())
    ports = [port["port"] for rule in policy["spec"]["egress"] for port in rule["ports"]]
    assert ports == [53, 53, 9092, 443]


def test_a_changed_table_restarts_it() -> None:
    """The name of the ConfigMap has a hash of its content, and the pod refers to that name."""
    built = build(FULL)
    (table,) = (
        each for each in of_kind(built, "ConfigMap") if "subscriptions.toml" in each["data"]
    )
    name = table["metadata"]["name"]
    assert name.startswith("copydesk-subscriptions-")
    (volume,) = (
        each
        for each in pod(named("Deployment", "copydesk-notify", built))["volumes"]
        if "projected" in each
    )
    sources = volume["projected"]["sources"]
    assert [each.get("configMap", each.get("secret"))["name"] for each in sources] == [
        name,
        "copydesk-subscriptions",
    ]
