"""The Kubernetes manifests: read as they lie there, and as kustomize makes them."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
OVERLAY = FOLDER / "overlays" / "example"

Manifest = dict[str, Any]


def manifests() -> list[Manifest]:
    """Every manifest of the folder, kustomize's own files aside."""
    return [
        each
        for path in sorted(FOLDER.rglob("*.yaml"))
        if path.name != "kustomization.yaml"
        for each in yaml.safe_load_all(path.read_text())
    ]


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


def of_kind(found: list[Manifest], *kinds: str) -> list[Manifest]:
    """Those of some kinds; there is at least one."""
    chosen = [each for each in found if each["kind"] in kinds]
    assert chosen, f"no {' or '.join(kinds)}"
    return chosen
