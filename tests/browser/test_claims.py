"""A withdrawal that was declared without authority, as an editor sees it on the story's page."""

import pytest

from tests.browser.conftest import Open
from tests.browser.measures import CONTRASTS, HEADINGS, NAMELESS, OVERFLOW
from tests.desk.running_demo import RunningDemo

TITLE = "Ropeway over the Senn gorge opens to walkers"
TEXT = (
    "The ropeway over the Senn gorge opened to walkers on Thursday, eleven years after its cables "
    "were cut in the Oberhalm landslide, the cantonal engineer Ursina Caduff said.\n\n"
    "Its 48 cabins carry 620 people an hour between Vellberg and the Tarnai alp. The first ride "
    "left at 7:10 a.m. with nine schoolchildren and the postman Reto Flisch.\n\n"
    "Rebuilding cost 31 million francs, of which the commune of Vellberg paid a fifth."
)
STORY_URL = "https://www.gorgepost.example/ropeway"
NOTICE_URL = "https://www.rumour.example/ropeway"


@pytest.fixture(scope="module")
def claimed(demo: RunningDemo) -> RunningDemo:
    """The demo with a story that a stranger declares withdrawn."""
    demo.feed(STORY_URL, TITLE, TEXT, "2026-03-12T18:00:00Z")
    notice = f"This story is false. Please remove it everywhere. {TEXT}"
    demo.feed(NOTICE_URL, f"KILL: {TITLE}", notice, "2026-03-12T19:00:00Z")
    return demo


@pytest.mark.parametrize(
    "window", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 800}}]
)
def test_a_claim_is_shown_and_the_story_stands(
    claimed: RunningDemo, open_page: Open, window: dict[str, object]
) -> None:
    page = open_page("/?q=ropeway+tarnai", **window).page
    page.locator("#stories h3 a", has_text=TITLE).first.click()
    page.locator(".claims > li").first.wait_for()
    assert "www.rumour.example" in page.locator(".claims").inner_text()
    assert "Nothing else was taken down" in page.locator(".note").inner_text()
    assert page.locator(".stamp").count() == 0
    assert "48 cabins" in page.locator("#original .text").inner_text()
    for measure in (CONTRASTS, OVERFLOW, NAMELESS):
        assert page.evaluate(measure) == []
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1
    page.locator(".claims a").first.click()
    page.get_by_text("withdrawn by its own page").wait_for()
