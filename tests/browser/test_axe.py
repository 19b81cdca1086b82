"""axe-core finds nothing on any page: WCAG 2.2 AA and its best practices, both widths, light and
dark, with all that a page hides opened."""

import os
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.test_shown import (
    ARTICLE,
    COMPARED,
    FIGURES,
    HOSTS,
    LISTS,
    STORY,
    TRANSLATIONS,
    opened,
)

AXE = Path(sys.prefix) / "browser" / "node_modules" / "axe-core" / "axe.min.js"
AXE = Path(os.environ.get("COPYDESK_AXE", AXE))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    *LISTS,
    "/?q=ferry&since=2026-01-01",
    *HOSTS,
    *FIGURES,
    STORY,
    ARTICLE,
    COMPARED,
    *TRANSLATIONS,
]

_RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules });
  return found.violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, which `make test-browser` installs where there is npm."""
    if not AXE.exists():
        pytest.skip(f"there is no {AXE}: make test-browser installs it with npm")
    return AXE.read_text("utf-8")


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_found(open_page: Open, axe: str, which: str, scheme: str, width: int) -> None:
    window = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    page = opened(open_page, which, bypass_csp=True, **window)
    page.evaluate(axe)
    assert page.evaluate(_RUN, RULES) == []
    if which == "/":
        page.keyboard.press("?")
        assert page.evaluate(_RUN, RULES) == []
