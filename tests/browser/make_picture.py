"""Write the picture of the desk that README.md shows: `python -m tests.browser.make_picture`.

The story is one of the sample crawl: an original, a trimmed, a verbatim and two machine-translated
copies, the first of which is opened. The original and the opened comparison are shown only as far
as the picture has room; both fade out where they are cut.
"""

import logging
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.watched import Watched
from tests.desk.running_demo import RunningDemo

PICTURE = Path(__file__).resolve().parents[2] / "deploy" / "desk.png"
LARGEST = 300_000  # bytes: everyone who clones the repository downloads it
WIDTH = 1440  # CSS pixels, one to a pixel of the picture
MARGIN = 8

HEADLINE = "Japan startup's lunar probe"
OPENED = ".copies li:has(.relation.spun) >> nth=0"
ORIGINAL_HEIGHT = 110  # CSS pixels
COMPARISON_HEIGHT = 190

_logger = logging.getLogger(__name__)


def take_picture(page: Any) -> bytes:
    """PNG of the story page that is open in `page`, from its top to the end of its copies."""
    page.locator("#original .text").evaluate(_SHORTEN, ORIGINAL_HEIGHT)
    page.locator(OPENED).locator("details").evaluate("node => { node.open = true }")
    page.locator(OPENED).locator(".diff").evaluate(_SHORTEN, COMPARISON_HEIGHT)
    copies = page.locator("#copies").bounding_box()
    height = copies["y"] + copies["height"] + MARGIN
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    return bytes(page.screenshot(full_page=True, clip=clip))


_SHORTEN = """(node, height) => {
  node.style.maxHeight = `${height}px`;
  node.style.overflow = "hidden";
  node.style.maskImage = "linear-gradient(black 75%, transparent)";
}"""
"""Cuts an element off at a height; its last quarter fades out."""


def main() -> None:
    """Start the demo, photograph its story, and write the file.

    Raises:
        ValueError: the picture is larger than `LARGEST`.
    """
    with RunningDemo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        watched = Watched(browser, demo.address, {"viewport": {"width": WIDTH, "height": 900}})
        watched.go("/")
        watched.page.locator("h3 a", has_text=HEADLINE).first.click()
        watched.page.wait_for_selector("#copies")
        picture = take_picture(watched.page)
        browser.close()
    if len(picture) > LARGEST:
        raise ValueError(f"the picture has {len(picture):,} bytes, more than {LARGEST:,}")
    PICTURE.write_bytes(picture)
    _logger.info("%s: %s bytes", PICTURE, f"{len(picture):,}")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
