"""The Kubernetes manifests: read as they lie there, and as kustomize makes them."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
OVERLAY = FOLDER / "overlays" / "example"

WITH_PODS = ("Deployment", "StatefulSet", "Job", "CronJob")
"""The kinds that start pods."""

Manifest = dict[str, Any]


@cache
def manifests() -> tuple[Manifest, ...]:
    """Every manifest of the folder, kustomize's own files aside."""
    return tuple(
        each
        for path in sorted(FOLDER.rglob("*.yaml"))
        if path.name != "kustomization.yaml"
        for each in yaml.safe_load_all(path.read_text())
    )


def kustomizations() -> Iterator[tuple[Path, Manifest]]:
    """Every kustomization, with its folder."""
    for path in sorted(FOLDER.rglob("kustomization.yaml")):
        yield path.parent, yaml.safe_load(path.read_text())


def build(folder: Path) -> list[Manifest]:
    """What kustomize makes of a folder; the test is skipped where there is no kustomize."""
    kustomize = shutil.which("kustomize")
    if kustomize is None:
        pytest.skip("kustomize is not on this machine")
    run = subprocess.run([kustomize, "build", str(folder)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(yaml.safe_load_all(run.stdout))


def of_kind(found: Sequence[Manifest], *kinds: str) -> list[Manifest]:
    """Those of some kinds; there is at least one."""
    chosen = [each for each in found if each["kind"] in kinds]
    assert chosen, f"no {' or '.join(kinds)}"
    return chosen


def pod_template(workload: Manifest) -> dict[str, Any]:
    """What a workload's pods are made of; a CronJob makes Jobs first."""
    spec = workload["spec"]
    if workload["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    template: dict[str, Any] = spec["template"]
    return template


def pod(workload: Manifest) -> dict[str, Any]:
    """The specification of a workload's pods."""
    spec: dict[str, Any] = pod_template(workload)["spec"]
    return spec


def pod_labels(workload: Manifest) -> dict[str, str]:
    """The labels of a workload's pods."""
    labels: dict[str, str] = pod_template(workload)["metadata"]["labels"]
    return labels


def container(workload: Manifest) -> dict[str, Any]:
    """The only container of a workload's pods."""
    (only,) = pod(workload)["containers"]
    assert isinstance(only, dict)
    return only


def is_ours(workload: Manifest) -> bool:
    """Whether it runs our image, before or after kustomize has named the registry."""
    image: str = container(workload)["image"]
    return image.rpartition("/")[2].partition(":")[0] == "copydesk"
