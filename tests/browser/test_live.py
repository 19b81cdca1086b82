"""What comes in is shown without a reload, and does not disturb who reads."""

import re

from tests.browser.conftest import Open
from tests.desk.running_demo import RunningDemo

TITLE = "Lighthouse at Quern Head lit again after forty dark years"
TEXT = """QUERN HEAD - The lighthouse at Quern Head shone on Thursday night for the first time in
forty years, after volunteers rebuilt its lamp from drawings found in a baker's attic.

About 600 people watched from the beach as the retired keeper Alma Dresh, 91, threw the switch.
The beam can be seen for 18 nautical miles, the harbour office said.

The work cost 240,000 crowns, of which the county paid a third. A storm had broken the old lens in
1986, and the office at Port Selwyn had judged it too dear to mend.

Fishermen had asked for the light since two boats ran aground on the Calf Rocks in 2019."""


def test_a_story_appears_while_the_list_is_open(open_page: Open, demo: RunningDemo) -> None:
    window = open_page("/")
    page = window.page
    # By locator: the page's own policy forbids the eval with which a function would be polled.
    page.locator("#live", has_text=re.compile(r"^\s*Live")).wait_for(state="attached")
    page.keyboard.press("j")
    chosen = page.evaluate("document.activeElement.id")
    page.evaluate("window.sameDocument = true")
    demo.feed("https://www.quernpost.example/lighthouse", TITLE, TEXT, "2026-03-12T21:00:00Z")
    page.get_by_role("link", name=TITLE).first.wait_for()
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("document.activeElement.id") == chosen
    assert page.locator(".story").first.locator("h3").inner_text() == TITLE


def test_a_copy_appears_on_its_storys_page_and_what_is_open_stays_open(
    open_page: Open, demo: RunningDemo
) -> None:
    url = "https://www.quernpost.example/lighthouse-2"
    title = "Keeper, 91, lights Quern Head"
    demo.feed(url, title, TEXT.replace("lamp", "lantern"), "2026-03-12T22:00:00Z")
    window = open_page("/?q=quern+dresh")
    page = window.page
    page.locator("#stories h3 a").first.wait_for()
    page.locator("#stories h3 a").first.click()
    page.locator(".copies > li").first.wait_for()
    page.locator(".copies > li summary").first.click()
    count = page.locator(".copies > li").count()
    page.evaluate("window.sameDocument = true")
    cut = TEXT.rsplit("\n\n", 2)[0]
    demo.feed("https://www.farm.example/quern", "Light is back", cut, "2026-03-12T23:00:00Z")
    page.locator(".copies > li").nth(count).wait_for()
    assert page.evaluate("window.sameDocument")
    assert page.locator(".copies > li details").first.get_attribute("open") is not None


def test_without_scripts_all_is_there(open_page: Open) -> None:
    page = open_page("/?sort=copied", java_script_enabled=False).page
    assert page.locator(".story").count() > 20
    page.locator("#search").fill("ferry")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".story").count() >= 1
    page.locator(".story h3 a").first.click()
    page.locator(".copies summary").first.click()
    assert page.locator(".diff").first.is_visible()
