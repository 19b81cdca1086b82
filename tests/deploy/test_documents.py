"""The documents in deploy/: what they point to is there, and the decisions have their parts."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = ROOT / "deploy" / "DECISIONS.md"
DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "deploy").glob("*.md")),
    ROOT / "deploy" / "benchmarks" / "JOURNAL.md",
]
VARIABLE_PARTS = re.compile(r"VERSION|xx\.toml|URL|HOST")
PARTS = ["Context", "Choice", "Rejected", "Think again"]
LONGEST_DECISION = 15  # lines


def anchors(document: Path) -> set[str]:
    """Anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def decisions() -> list[str]:
    return re.split(r"^### ", DECISIONS.read_text(), flags=re.M)[1:]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text()):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        page = document.parent / path if path else document
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), target


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


@pytest.mark.parametrize("decision", decisions(), ids=lambda text: text.partition("\n")[0])
def test_a_decision_has_its_four_parts_and_is_short(decision: str) -> None:
    text = re.split(r"^## ", decision, flags=re.M)[0].strip()
    assert re.findall(r"^- \*\*([A-Z][a-z ]+)\.\*\*", text, re.M) == PARTS
    assert len(text.splitlines()) < LONGEST_DECISION
