"""What compose and Kubernetes set is what the settings take: read as each container reads it."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import Settings
from tests.deploy.manifests import FOLDER, OVERLAY, WITH_PODS, is_ours, manifests, of_kind, pod

ROOT = Path(__file__).resolve().parents[2]

Environment = dict[str, str]


def of_compose() -> dict[str, Environment]:
    """The environment of every compose service of the image."""
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return {
        f"compose {name}": {
            key: re.sub(r"\$\{\w+:-(\w+)\}", r"\1", value)
            for key, value in service["environment"].items()
        }
        for name, service in services.items()
        if service["image"].startswith("copydesk:")
    }


def of_kubernetes() -> dict[str, Environment]:
    """The environment of every container of the manifests, as the base and the example set it."""
    base = dict(
        line.split("=", 1) for line in (FOLDER / "base" / "settings.env").read_text().split()
    )
    kustomization = yaml.safe_load((OVERLAY / "kustomization.yaml").read_text())
    (generator,) = kustomization["configMapGenerator"]
    example = base | dict(each.split("=", 1) for each in generator["literals"])
    return {
        f"{kind} {container['name']} of {workload['metadata']['name']}": shared | own(container)
        for kind, shared in (("base", base), ("example", example))
        for workload in of_kind(manifests(), *WITH_PODS)
        if is_ours(workload)
        for container in pod(workload)["containers"]
    }


def own(container: dict[str, Any]) -> Environment:
    """A container's own variables; what comes from a secret or the pod's fields is made up."""
    return {each["name"]: each.get("value", "made-up") for each in container.get("env", [])}


ALL = of_compose() | of_kubernetes()


def test_every_container_of_ours_is_here() -> None:
    assert {"compose topics", "compose worker", "compose desk", "compose notify"} < set(ALL)
    assert len(ALL) == 4 + 2 * 7


@pytest.mark.parametrize("where", ALL)
def test_the_settings_can_be_read(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    for variable in [each for each in os.environ if each.startswith("COPYDESK_")]:
        monkeypatch.delenv(variable)
    for variable, value in ALL[where].items():
        monkeypatch.setenv(variable, value)
    settings = Settings()
    assert settings.model_fields_set == {
        variable.removeprefix("COPYDESK_").lower() for variable in ALL[where]
    }
    names = ALL[where].get("COPYDESK_DESK_NAMES")
    assert settings.desk_names == ((names,) if names else ())
