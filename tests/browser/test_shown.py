"""How the pages are shown: light, dark, on a telephone, on paper, and to a reader of the screen."""

from itertools import pairwise
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.measures import CONTRASTS, HEADINGS, NAMELESS, OVERFLOW, SMALL

LISTS = ["/", "/?sort=copied&relation=spun&agency=ap&q=ferry", "/?q=zzz", "/rejected", "/failed"]
HOSTS = ["/hosts", "/hosts/www.worldnow24.example"]
FIGURES = ["/overview", "/agencies?days=30", "/agencies/ap"]
STORY, ARTICLE, COMPARED = "story", "article", "compared"
TOLD, BESIDE = "told in other languages", "beside another language"
TRANSLATIONS = ["/?translated=1", TOLD, BESIDE]
PAGES = [*LISTS, *HOSTS, *FIGURES, STORY, ARTICLE, COMPARED, *TRANSLATIONS]


def opened(open_page: Open, which: str, **window: object) -> Any:
    """A page of each kind, with all that it hides opened."""
    start = "/?translated=1" if which in TRANSLATIONS else "/?sort=copied&relation=spun"
    start = which if which.startswith("/") else start
    page = open_page(start, **window).page
    if not which.startswith("/"):
        page.goto(link(page, ".story h3 a"))
    if which == ARTICLE:
        page.goto(link(page, ".copy-body a[href^='/article']"))
    if which == COMPARED:
        page.goto(link(page, "a[href^='/article']", last=True))
        page.goto(link(page, "a[href^='/compare']"))
    if which == BESIDE:
        page.goto(link(page, "#languages a[href^='/compare']"))
    page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")
    return page


def link(page: Any, selector: str, last: bool = False) -> str:
    links = page.locator(selector)
    return str((links.last if last else links.first).evaluate("node => node.href"))


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(open_page: Open, which: str, scheme: str) -> None:
    assert opened(open_page, which, color_scheme=scheme).evaluate(CONTRASTS) == []


def test_dark_is_dark(open_page: Open) -> None:
    colours = [
        open_page("/", color_scheme=scheme).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colours == ["rgb(253, 252, 248)", "rgb(23, 24, 27)"]


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(open_page: Open, which: str, width: int) -> None:
    page = opened(open_page, which, viewport={"width": width, "height": 800})
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("which", PAGES)
def test_a_reader_of_the_screen_finds_its_way(open_page: Open, which: str) -> None:
    page = opened(open_page, which)
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(SMALL) == []
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.get_by_role("search").count() >= 1


def test_paper_shows_the_texts_and_nothing_to_press(open_page: Open) -> None:
    page = open_page("/?sort=copied").page
    page.goto(link(page, ".story h3 a"))
    page.locator(".copies summary").first.click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator(".search").is_visible()
    assert page.locator("#original .text").is_visible()
    assert page.locator(".diff").first.is_visible()
    assert page.locator(".copies > li summary").count() > 1
    assert not page.locator(".diff").nth(1).is_visible()
    assert not page.locator(".choices").is_visible()
    assert len(page.pdf()) > 10_000


def test_a_withdrawn_story_is_marked_and_its_text_is_not_there(open_page: Open) -> None:
    page = open_page("/").page
    row = page.locator(".story.withdrawn").first
    assert row.locator(".stamp").inner_text().lower() == "withdrawn"
    row.locator("h3 a").click()
    assert page.get_by_text("This story was withdrawn").is_visible()
    assert page.locator(".text").count() == 0
    assert page.locator(".diff").count() == 0


def test_a_spun_copy_is_told_sentence_by_sentence(open_page: Open) -> None:
    page = opened(open_page, STORY)
    assert page.locator(".diff .reworded del").count() > 3
    assert page.locator(".diff .reworded ins").count() > 3


def test_two_languages_are_told_sentence_by_sentence(open_page: Open) -> None:
    page = opened(open_page, BESIDE)
    assert page.locator(".tongues .both-sides").count() > 3
    assert page.locator(".tongues .left mark").count() > 3
    languages = {
        page.locator(f".tongues .{side}").first.get_attribute("lang") for side in ("left", "right")
    }
    assert len(languages) == 2
