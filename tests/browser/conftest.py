"""Chromium, the demo with its desk, and pages that are watched for anything that goes wrong.

All tests here are plain functions: Playwright's own loop stands in the way of asyncio's.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.watched import Watched
from tests.desk.running_demo import RunningDemo

CHROMIUM = Path(os.environ.get("COPYDESK_CHROMIUM", "/usr/bin/chromium"))
REQUIRED = "COPYDESK_REQUIRE_BROWSER"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Watched]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a test in a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _missing(what: str) -> None:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED}=1, and {what}")
    pytest.skip(what)


@pytest.fixture(scope="package")
def chromium() -> Iterator[object]:
    """Headless Chromium.

    Where there is none the tests are skipped, and fail where COPYDESK_REQUIRE_BROWSER=1.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("the package playwright is not installed")
    if not CHROMIUM.exists():
        _missing(f"there is no {CHROMIUM} (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(chromium: object) -> Iterator[RunningDemo]:
    """`copydesk demo`, with the whole sample crawl on its desk."""
    with RunningDemo() as running:
        yield running


@pytest.fixture
def open_page(chromium: object, demo: RunningDemo) -> Iterator[Open]:
    """Opens a path of the desk in a window of its own; at the end nothing may have gone wrong."""
    opened: list[Watched] = []

    def open_path(path: str = "/", **window: object) -> Watched:
        watched = Watched(chromium, demo.address, window)
        opened.append(watched)
        watched.go(path)
        return watched

    yield open_path
    troubles = [trouble for watched in opened for trouble in watched.close()]
    assert troubles == []
