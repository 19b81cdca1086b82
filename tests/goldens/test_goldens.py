"""What the service makes of fixed inputs is what `expected.json` says."""

import json

import pytest

from tests.goldens.__main__ import EXPECTED
from tests.goldens.components import Goldens, behaviour, earlier, interfaces


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    goldens = Goldens()
    behaviour(goldens)
    earlier(goldens)
    interfaces(goldens)
    return goldens.found


@pytest.mark.parametrize("component", json.loads(EXPECTED.read_text()))
def test_output_is_as_expected(component: str, found: dict[str, str]) -> None:
    expected = json.loads(EXPECTED.read_text())[component]
    assert found[component] == expected, "see tests/goldens/__main__.py for when to write it anew"


def test_no_component_is_without_expectation(found: dict[str, str]) -> None:
    assert found.keys() == json.loads(EXPECTED.read_text()).keys()
