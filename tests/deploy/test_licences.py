"""Licences: whole and in the package, and none among the dependencies that we may not use."""

import importlib.metadata
import re
import tomllib

import pytest

from tests.deploy.locks import ROOT, read_lock

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python"),
    *("ISC", "MIT", "MIT-0", "PSF-2.0", "Repoze", "ZPL-2.1", "Zlib"),
}
"""They ask for their text to be kept with the package, as an installation does."""

WEAK = {"MPL-1.1", "MPL-2.0"}
"""They bind changes of their own files, and those who pass them on: NOTICE names the packages."""

IN_WORDS = {
    "Apache": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "BSD 2-Clause License": "BSD-2-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT, BSD": "MIT AND BSD",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Repoze Public License": "Repoze",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
"""What older packages write in their metadata, as an identifier of SPDX."""

BY_ITS_TEXT = {"locate": "MIT"}
"""Packages whose metadata name no licence; the text in the package begins with that one's name."""


def installed_here(*locks: str) -> list[str]:
    """The locked packages that an installation on this machine has."""
    return [pin.name for lock in locks for pin in read_lock(lock) if pin.applies_here()]


RUNTIME = installed_here("", "-otel")
DEVELOPERS = installed_here("-demo", "-dev")


def licence(package: str) -> str:
    """The package's licence as an expression of SPDX, or whatever its metadata have."""
    found = importlib.metadata.distribution(package)
    said = found.metadata
    if expressions := said.get_all("License-Expression"):
        return str(expressions[0])
    if package in BY_ITS_TEXT:
        texts = [str(file.read_text()) for file in found.files or () if file.name == "LICENSE"]
        assert [text[:3] for text in texts] == [BY_ITS_TEXT[package]]
        return BY_ITS_TEXT[package]
    words = [
        each.rpartition(" :: ")[2]
        for each in said.get_all("Classifier") or ()
        if each.startswith("License :: ")
    ]
    words = words or [str((said.get_all("License") or [""])[0]).split("\n")[0]]
    return " AND ".join(IN_WORDS.get(each, each) for each in words)


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Whether one may live by a licence expression with these alone: of an OR, one is enough."""
    ways = re.sub(r"\(([^()]*)\)", lambda inner: inner[1].replace(" OR ", "|"), expression)
    if " OR " in ways and " AND " not in ways:
        ways = ways.replace(" OR ", "|")
    return all(set(part.split("|")) & allowed for part in ways.split(" AND "))


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND (Apache-2.0 OR GPL-3.0-only)", True),
        ("(MIT OR BSD) AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT AND BSD", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_expressions_are_understood(expression: str, allowed: bool) -> None:
    assert is_allowed(expression, PERMISSIVE) is allowed


@pytest.mark.parametrize("package", dict.fromkeys(RUNTIME + DEVELOPERS))
def test_a_locked_package_has_a_licence_that_is_allowed(package: str) -> None:
    assert is_allowed(licence(package), PERMISSIVE | WEAK), licence(package)


def test_the_notice_names_what_binds_those_who_pass_the_image_on() -> None:
    notice = (ROOT / "NOTICE").read_text()
    bound = {package for package in RUNTIME if not is_allowed(licence(package), PERMISSIVE)}
    assert {"certifi", "orjson", "publicsuffixlist", "tld"} <= bound
    assert [package for package in sorted(bound) if package not in notice] == []
    named = re.findall(r"^- ([a-z][\w-]+):", notice, re.MULTILINE)
    assert set(named) <= set(RUNTIME), "the image has no such package"


def test_the_licence_is_whole_and_goes_with_the_package() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.strip().startswith("Apache License")
    assert "END OF TERMS AND CONDITIONS" in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "Apache-2.0"
    assert project["license-files"] == ["LICENSE", "NOTICE"]
