"""Tests mirror `service/`, and `tests/README.md` lists what does not follow from names."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
SERVICE = TESTS.parent / "service"
PAGE = (TESTS / "README.md").read_text(encoding="utf-8")

LINES = 100
"""Longer modules have tests of their own, or a row that says where they are tested."""

ELSEWHERE = "Where a module without a test file of its own is tested"
BY_SUBJECT = "Test files that are named after a subject"


def rows(heading: str) -> dict[str, list[str]]:
    """First column to the paths in the second, of the table below a heading of the README."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    table = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, re.M)
    return {name: re.findall(r"`([^`]+)`", cell) for name, cell in table}


def modules() -> dict[str, int]:
    """Each module of the service, relative to `service/`, with its number of lines."""
    return {
        path.relative_to(SERVICE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in SERVICE.rglob("*.py")
        if not path.name.startswith("__")
    }


def own_tests(module: str) -> list[Path]:
    """The test files that bear a module's name, alone or followed by a subject."""
    path = TESTS / module
    return [*path.parent.glob(f"test_{path.name}"), *path.parent.glob(f"test_{path.stem}_*.py")]


def mirrored_tests() -> list[Path]:
    """The test files below a folder with the name of a package of the service."""
    return [
        path
        for path in sorted(TESTS.rglob("test_*.py"))
        if path.parent != TESTS and (SERVICE / path.relative_to(TESTS).parts[0]).is_dir()
    ]


def test_long_modules_have_tests_or_a_row_that_says_where_they_are_tested() -> None:
    listed = rows(ELSEWHERE)
    missing = [
        module
        for module, lines in sorted(modules().items())
        if lines > LINES and module not in listed and not own_tests(module)
    ]
    assert missing == []


def test_rows_are_of_modules_and_test_files_that_exist() -> None:
    assert sorted(set(rows(ELSEWHERE)) - set(modules())) == []
    gone = [
        f"{module}: {test}"
        for module, named in rows(ELSEWHERE).items()
        for test in named or ["names no file"]
        if not (TESTS / test).is_file()
    ]
    assert gone == []


def test_folders_with_tests_mirror_packages_of_the_service() -> None:
    folders = {path.parent.relative_to(TESTS) for path in mirrored_tests()}
    assert [str(folder) for folder in folders if not (SERVICE / folder).is_dir()] == []


def test_test_files_bear_the_name_of_a_module_or_are_listed_with_their_subject() -> None:
    tested = {test for module in modules() for test in own_tests(module)}
    packages = {
        TESTS / path.relative_to(SERVICE).parent / f"test_{path.name}.py"
        for path in SERVICE.rglob("*")
        if path.is_dir()
    }
    listed = {TESTS / name for name in rows(BY_SUBJECT)}
    strangers = set(mirrored_tests()) - tested - packages - listed
    assert sorted(str(path.relative_to(TESTS)) for path in strangers) == []
    assert sorted(str(path.relative_to(TESTS)) for path in listed if not path.is_file()) == []


def test_each_folder_of_the_tests_is_in_the_readme() -> None:
    layout = PAGE.partition("## Layout\n")[2].partition("\n## ")[0]
    folders = {path.parent.name for path in TESTS.glob("*/__init__.py")}
    assert sorted(name for name in folders if f"`{name}/`" not in layout) == []


def test_each_marker_is_in_the_readme() -> None:
    declared = (TESTS.parent / "pyproject.toml").read_text(encoding="utf-8")
    markers = re.findall(r'^ +"(\w+): ', declared.partition("markers = [")[2], re.M)
    assert markers
    assert [name for name in markers if f"| `{name}` |" not in PAGE] == []
