"""The documents in deploy/: what they point to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "deploy").glob("*.md"))]
VARIABLE_PARTS = re.compile(r"VERSION|xx\.toml|URL|HOST")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text()):
        if "://" not in target:
            assert (document.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_named_are_there(document: Path) -> None:
    named = re.findall(r"`((?:service|tests|deploy)/[\w./-]+)`", document.read_text())
    for path in named:
        if not VARIABLE_PARTS.search(path):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_named_exist(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", document.read_text(), re.M):
        name = target[0] or target[1]
        assert re.search(rf"^{name}:", makefile, re.M), name
