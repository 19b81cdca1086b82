"""The example of a login before the desk: who reaches the desk, by which name."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.manifests import FOLDER, Manifest, build, container, manifests, of_kind, pod

ALL = manifests()
LABEL = "app.kubernetes.io/component"


def named(kind: str, name: str, found: Sequence[Manifest] = ALL) -> Manifest:
    (only,) = (each for each in of_kind(found, kind) if each["metadata"]["name"] == name)
    return only


PROXY = named("Deployment", "copydesk-desk-login")
OPTIONS = dict(word.removeprefix("--").split("=", 1) for word in container(PROXY)["args"])


def test_it_speaks_to_the_desk_by_the_name_that_the_desk_answers_to() -> None:
    desk = named("Deployment", "copydesk-desk")
    names = {each["name"]: each.get("value") for each in container(desk)["env"]}
    (rule,) = named("Ingress", "copydesk-desk")["spec"]["rules"]
    assert rule["host"] == names["COPYDESK_DESK_NAMES"]
    assert OPTIONS["redirect-url"] == f"https://{rule['host']}/oauth2/callback"
    assert OPTIONS["pass-host-header"] == "true"
    assert OPTIONS["upstream"] == f"http://{named('Service', 'copydesk-desk')['metadata']['name']}"


def test_the_ingress_leads_to_it() -> None:
    (rule,) = named("Ingress", "copydesk-desk")["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    service = named("Service", path["backend"]["service"]["name"])
    assert service["spec"]["selector"] == PROXY["spec"]["selector"]["matchLabels"]
    (port,) = service["spec"]["ports"]
    assert port["name"] == path["backend"]["service"]["port"]["name"]
    (listens,) = container(PROXY)["ports"]
    assert port["targetPort"] == listens["name"]
    assert OPTIONS["http-address"] == f"0.0.0.0:{listens['containerPort']}"


def test_no_secret_is_written_down() -> None:
    assert not {"client-id", "client-secret", "cookie-secret"} & set(OPTIONS)
    for each in container(PROXY)["env"]:
        assert set(each["valueFrom"]["secretKeyRef"]) == {"name", "key"}, "it must be there"


def test_it_may_do_nothing_but_its_work() -> None:
    around: dict[str, Any] = pod(PROXY)["securityContext"]
    assert around["runAsNonRoot"] is True
    assert around["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container(PROXY)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod(PROXY)["automountServiceAccountToken"] is False
    assert "memory" in container(PROXY)["resources"]["limits"]
    assert container(PROXY)["image"].rpartition(":")[2] not in {"", "latest"}


def test_nobody_reaches_the_desk_but_through_it(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "kubernetes") / "overlays" / "own"
    folder.mkdir()
    components = ["../../components/desk", "../../components/desk-login"]
    wanted = {"resources": ["../../base"], "components": components}
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(wanted))
    (rule,) = named("NetworkPolicy", "copydesk-desk", build(folder))["spec"]["ingress"]
    assert rule["from"] == [
        {"podSelector": {"matchLabels": {LABEL: "desk-login"}}},
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}},
    ]
