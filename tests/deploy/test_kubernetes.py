"""The Kubernetes manifests: valid by the API's schemas, unprivileged, and of one piece."""

import shutil
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from service.settings import Settings
from tests.deploy.dockerfile import read_stages
from tests.deploy.manifests import (
    FOLDER,
    WITH_PODS,
    Manifest,
    build,
    container,
    is_ours,
    kustomizations,
    manifests,
    of_kind,
    pod,
    pod_labels,
)

OLDEST = "1.31"
"""The oldest Kubernetes that the manifests are checked for."""

FOREIGN = ("keda.sh/", "monitoring.coreos.com/")
"""Kinds that operators bring; there are no schemas of them here."""

OVERLAYS = sorted((FOLDER / "overlays").iterdir())
WORKLOADS = [each for each in of_kind(manifests(), *WITH_PODS) if is_ours(each)]
RUN_ONCE = [each for each in WORKLOADS if each["kind"] in {"Job", "CronJob"}]
SERVING = [each for each in WORKLOADS if each not in RUN_ONCE]
COMPONENT = "app.kubernetes.io/component"
WORKERS = [each for each in SERVING if pod_labels(each)[COMPONENT] not in {"desk", "notify"}]


def name(manifest: Manifest) -> str:
    return f"{manifest['kind']}/{manifest['metadata']['name']}"


@pytest.mark.parametrize("manifest", manifests(), ids=name)
@pytest.mark.parametrize("version", [OLDEST, "1.34"])
def test_follows_the_schema_of_its_kind(manifest: Manifest, version: str) -> None:
    if manifest["apiVersion"].startswith(FOREIGN):
        return
    kubernetes_validate.validate(manifest, version, strict=True)


def test_every_file_belongs_to_a_kustomization() -> None:
    used = {
        (folder / each).resolve()
        for folder, kustomization in kustomizations()
        for each in (*kustomization.get("resources", []), *kustomization.get("components", []))
    }
    assert all(path.exists() for path in used)
    files = {path for path in FOLDER.rglob("*.yaml") if path.name != "kustomization.yaml"}
    assert files == {path for path in used if path.is_file()}


@pytest.mark.parametrize("workload", WORKLOADS, ids=name)
def test_may_do_nothing_but_its_work(workload: Manifest) -> None:
    (image_user,) = read_stages(FOLDER.parent / "Dockerfile")[-1].arguments("USER")
    around = pod(workload)["securityContext"]
    assert around["runAsNonRoot"] is True
    assert f"{around['runAsUser']}:{around['runAsGroup']}" == image_user
    assert around["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container(workload)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod(workload)["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod(workload))
    assert all("hostPath" not in volume for volume in pod(workload)["volumes"])


@pytest.mark.parametrize("workload", WORKLOADS, ids=name)
def test_no_service_sets_variables_that_look_like_settings(workload: Manifest) -> None:
    assert pod(workload)["enableServiceLinks"] is False


@pytest.mark.parametrize("workload", WORKLOADS, ids=name)
def test_what_it_writes_to_is_mounted(workload: Manifest) -> None:
    mounts = container(workload)["volumeMounts"]
    written = {each["mountPath"] for each in mounts if not each.get("readOnly")}
    assert written == {"/tmp", "/var/lib/copydesk"}
    claims = workload["spec"].get("volumeClaimTemplates", [])
    declared = {each["name"] for each in pod(workload)["volumes"]}
    declared |= {claim["metadata"]["name"] for claim in claims}
    assert {each["name"] for each in mounts} == declared


@pytest.mark.parametrize("workload", WORKERS, ids=name)
def test_is_asked_how_it_is(workload: Manifest) -> None:
    (port,) = container(workload)["ports"]
    assert port == {"name": "web", "containerPort": 8066}
    asked = {
        probe: container(workload)[probe]["httpGet"]
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
    }
    assert asked["livenessProbe"] == asked["startupProbe"] == {"path": "/livez", "port": "web"}
    assert asked["readinessProbe"] == {"path": "/readyz", "port": "web"}


def test_the_desk_is_asked_by_a_name_that_it_answers_to() -> None:
    (desk,) = (each for each in SERVING if pod_labels(each)[COMPONENT] == "desk")
    (port,) = container(desk)["ports"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = container(desk)[probe]["httpGet"]
        assert asked["path"] == "/healthz"
        assert asked["port"] == port["name"]
        assert asked["httpHeaders"] == [{"name": "Host", "value": "localhost"}]
    assert desk["spec"]["strategy"] == {"type": "Recreate"}, "two would write one file"


@pytest.mark.parametrize("workload", WORKLOADS, ids=name)
def test_has_bounds_and_time_to_drain(workload: Manifest) -> None:
    resources = container(workload)["resources"]
    assert {"cpu", "memory"} == set(resources["requests"])
    assert "memory" in resources["limits"]
    drain = Settings.model_fields["drain_seconds"].default
    assert pod(workload)["terminationGracePeriodSeconds"] > drain


@pytest.mark.parametrize("workload", WORKLOADS, ids=name)
def test_settings_are_settings_and_secrets_are_references(workload: Manifest) -> None:
    variables = {f"COPYDESK_{field.upper()}" for field in Settings.model_fields}
    for each in container(workload)["env"]:
        assert each["name"] in variables
        if each["name"].startswith("COPYDESK_SASL_"):
            assert "secretKeyRef" in each["valueFrom"]
            assert "value" not in each


def test_the_shared_settings_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (FOLDER / "base" / "settings.env").read_text().split()
    values = dict(line.split("=", 1) for line in lines)
    assert not any("PASSWORD" in variable for variable in values)
    for variable, value in values.items():
        assert variable.removeprefix("COPYDESK_").lower() in Settings.model_fields
        monkeypatch.setenv(variable, value)
    assert Settings().web_port == 8066


def test_readers_and_folders_are_groups_of_their_own() -> None:
    """Members of one group that read different topics would be given each other's partitions."""
    env = {
        workload["metadata"]["name"]: {
            each["name"]: each.get("value") for each in container(workload)["env"]
        }
        for workload in WORKERS
    }
    reader, folder = env["copydesk-reader"], env["copydesk-folder"]
    assert (reader["COPYDESK_STAGES"], folder["COPYDESK_STAGES"]) == ("read", "fold")
    assert env["copydesk-linker"]["COPYDESK_STAGES"] == "link"
    assert len({each["COPYDESK_GROUP"] for each in env.values()}) == len(env)
    (scaled,) = of_kind(manifests(), "ScaledObject")
    (trigger,) = scaled["spec"]["triggers"]
    assert trigger["metadata"]["consumerGroup"] == reader["COPYDESK_GROUP"]
    assert trigger["metadata"]["topic"] == "pages.raw"


def test_disruption_and_network_cover_every_workload() -> None:
    components = {pod_labels(workload)[COMPONENT] for workload in WORKERS}
    budgets = of_kind(manifests(), "PodDisruptionBudget")
    assert {each["spec"]["selector"]["matchLabels"][COMPONENT] for each in budgets} == components
    covered = set()
    for policy in of_kind(manifests(), "NetworkPolicy"):
        selector = policy["spec"]["podSelector"]
        for expression in selector.get("matchExpressions", []):
            covered |= set(expression["values"])
        covered |= set(selector.get("matchLabels", {}).values())
        assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
        assert all("from" in rule and "ports" in rule for rule in policy["spec"]["ingress"])
        asked = ("workers", "linker", "desk", "login", "notify")
        assert not policy["spec"]["ingress"] or name(policy).endswith(asked)
        assert all("ports" in rule for rule in policy["spec"]["egress"])
    assert covered == components | {"desk", "desk-login", "topics", "replay", "notify"}


def allowed_out(policy: Manifest) -> dict[str, list[Manifest]]:
    """Each port or range that a policy lets out, with where to."""
    return {
        "-".join(str(port[end]) for end in ("port", "endPort") if end in port): rule.get("to", [])
        for rule in policy["spec"]["egress"]
        for port in rule["ports"]
    }


def test_names_can_be_asked_of_the_node_too() -> None:
    """NodeLocal DNSCache listens at a link-local address of the node, not in a pod's network."""
    for policy in of_kind(manifests(), "NetworkPolicy"):
        assert {"ipBlock": {"cidr": "169.254.20.10/32"}} in allowed_out(policy)["53"], name(policy)


def test_workers_can_send_traces() -> None:
    (policy,) = (
        each
        for each in of_kind(manifests(), "NetworkPolicy")
        if name(each) == "NetworkPolicy/copydesk-workers"
    )
    (to,) = allowed_out(policy)["4317-4318"]
    assert to["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "monitoring"}


def test_an_autoscaler_is_of_a_workload_that_is_there() -> None:
    names = {workload["metadata"]["name"] for workload in WORKLOADS}
    for scaler in of_kind(manifests(), "ScaledObject", "HorizontalPodAutoscaler"):
        assert scaler["spec"]["scaleTargetRef"]["name"] in names
    (reader,) = (each for each in WORKLOADS if each["metadata"]["name"] == "copydesk-reader")
    assert "replicas" not in reader["spec"], "an autoscaler and a number would fight"


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: str(path.name))
def test_kustomize_builds_the_examples(overlay: Path) -> None:
    built = build(overlay)
    assert {each["metadata"]["namespace"] for each in built} == {"copydesk"}
    (settings,) = (
        each for each in of_kind(built, "ConfigMap") if "COPYDESK_BROKERS" in each["data"]
    )
    assert settings["data"]["COPYDESK_SECURITY_PROTOCOL"] == "SASL_SSL"
    for workload in of_kind(built, *WITH_PODS):
        if not is_ours(workload):
            continue
        assert container(workload)["image"] == "registry.example/copydesk:0.1.0"
        (source,) = container(workload)["envFrom"]
        assert source["configMapRef"]["name"] == settings["metadata"]["name"]
    (scaled,) = of_kind(built, "ScaledObject")
    assert scaled["spec"]["maxReplicaCount"] == int(settings["data"]["COPYDESK_RAW_PARTITIONS"])
    for manifest in built:
        if not manifest["apiVersion"].startswith(FOREIGN):
            kubernetes_validate.validate(manifest, OLDEST, strict=True)


def test_the_whole_has_every_component_but_the_other_autoscaler() -> None:
    (whole,) = (each for folder, each in kustomizations() if folder.name == "full")
    (example,) = (each for folder, each in kustomizations() if folder.name == "example")
    used = {Path(each).name for each in (*whole["components"], *example["components"])}
    assert used == {each.name for each in (FOLDER / "components").iterdir()} - {"hpa"}


@pytest.mark.parametrize(
    "component", ["hpa", "prometheus-operator", "desk", "topics", "replay", "notify", "link"]
)
def test_kustomize_builds_with_every_component(component: str, tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "kubernetes") / "overlays" / "own"
    folder.mkdir()
    wanted = {"resources": ["../../base"], "components": [f"../../components/{component}"]}
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(wanted))
    assert len(build(folder)) > len(build(FOLDER / "base"))
