"""The stack, brought up once for all tests; and which images are not the published ones."""

from collections.abc import Iterator

import pytest

from tests.containers.stack import ROOT, Stack, images, is_stand_in, why_not
from tests.deploy.dockerfile import read_stages


def pytest_report_header() -> list[str]:
    """Says before the tests which images stand in for those that the files name."""
    if why_not():
        return []
    base = read_stages(ROOT / "deploy" / "Dockerfile")[-1].base
    named = [base, *images().values()]
    return [f"{image} is a stand-in" for image in named if is_stand_in(image)]


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Everything of the compose file, built, up and healthy; taken away at the end."""
    made = Stack()
    try:
        made.compose("build", "--quiet", "worker")
        made.up()
        yield made
    finally:
        made.remove()
