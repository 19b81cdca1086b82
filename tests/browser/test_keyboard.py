"""The desk without a mouse."""

from typing import Any

from tests.browser.conftest import Open

FOCUS = "document.activeElement.innerText"


def focused(page: Any) -> str:
    return str(page.evaluate(FOCUS)).strip()


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("#stories [data-item]").all_inner_texts()]


def test_j_and_k_go_through_the_stories_and_enter_opens_one(open_page: Open) -> None:
    page = open_page("/").page
    first, second, third = titles(page)[:3]
    page.keyboard.press("j")
    assert focused(page) == first
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert focused(page) == third
    page.keyboard.press("k")
    assert focused(page) == second
    page.keyboard.press("Enter")
    page.wait_for_url("**/story/*")
    assert page.locator("h1").inner_text() == second
    page.keyboard.press("u")
    page.wait_for_url(lambda url: url.endswith("/"))


def test_the_focus_is_seen(open_page: Open) -> None:
    page = open_page("/").page
    page.keyboard.press("j")
    style = page.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
        "(getComputedStyle(document.activeElement))"
    )
    assert style == ["solid", "3px"]


def test_the_first_tab_leads_to_the_content(open_page: Open) -> None:
    page = open_page("/").page
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_slash_searches_and_words_are_marked(open_page: Open) -> None:
    page = open_page("/").page
    page.keyboard.press("/")
    page.keyboard.type("ferry j")
    assert page.locator("#search").input_value() == "ferry j"
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator("#search").fill("ferry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=ferry")
    assert page.locator("mark").first.inner_text().lower() == "ferry"


def test_copies_open_by_key(open_page: Open) -> None:
    page = open_page("/?sort=copied").page
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/story/*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.locator(".diff").first.is_visible()


def test_a_question_mark_lists_the_keys_where_one_is(open_page: Open) -> None:
    page = open_page("/").page
    for _ in range(4):
        page.keyboard.press("j")
    chosen, top = focused(page), page.evaluate("scrollY")
    page.keyboard.press("?")
    keys = page.locator("#keys")
    assert keys.get_by_text("next and previous story").is_visible()
    page.keyboard.press("j")
    assert keys.is_visible()
    page.keyboard.press("Escape")
    assert not keys.is_visible()
    assert (focused(page), page.evaluate("scrollY")) == (chosen, top)
    page.keyboard.press("?")
    page.keyboard.press("?")
    assert not keys.is_visible()


def test_a_command_is_copied(open_page: Open) -> None:
    window = open_page("/failed")
    window.grant("clipboard-read", "clipboard-write")
    window.page.locator("button[data-copy]").last.click()
    window.page.get_by_text("Copied").wait_for()
    copied = window.page.evaluate("navigator.clipboard.readText()")
    assert copied == window.page.locator(".command code").last.inner_text()
    assert "copydesk replay --offsets" in copied
