import pytest

from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read

FIRST, *REST = PARAGRAPHS
REST_MARKUP = "".join(f"<p>{text}</p>" for text in REST)
WHOLE = "\n\n".join(PARAGRAPHS)


def streamed(placeholder: str, part: str) -> str:
    """A page whose text stands where `placeholder` is, with `part` at its end."""
    page = news_page((FIRST,), title=TITLE)
    page = page.replace(f"<p>{FIRST}</p>", f"<p>{FIRST}</p>{placeholder}")
    return page.replace("</body>", f"{part}</body>")


@pytest.mark.parametrize(
    ("placeholder", "part"),
    [
        (
            '<!--$?--><template id="B:0"></template><!--/$-->',
            f'<div hidden id="S:0">{REST_MARKUP}</div><script>$RC("B:0","S:0")</script>',
        ),
        (
            '<template id="B:«R1»0"></template>',
            f'<div hidden="" id="S:1">{REST_MARKUP}</div>'
            "<script>$RB=[];$RC('B:«R1»0', 'S:1')</script>",
        ),
        (
            '<template id="P:2"></template>',
            f'<div hidden id="S:2">{REST_MARKUP}</div><script>$RS("S:2","P:2")</script>',
        ),
        (
            '<template id="B:3"></template>',
            f'<div hidden id="S:3">{REST_MARKUP}</div>'
            '<script>$RR("B:3","S:3",[["/a.css","high"]])</script>',
        ),
        (
            '<template id="B:4"></template>',
            f'<div hidden id="S:4">{REST_MARKUP}</div>'
            '<template data-rci="" data-bid="B:4" data-sid="S:4"></template>',
        ),
        (
            '<template id="pl-0"></template>',
            f'<template id="0">{REST_MARKUP}</template><script>$df("0")</script>',
        ),
        (f'<template shadowrootmode="open">{REST_MARKUP}</template>', ""),
    ],
)
def test_parts_are_read_where_scripts_move_them(placeholder: str, part: str) -> None:
    assert read(streamed(placeholder, part)).text == WHOLE


def test_a_part_inside_a_part_is_moved_too() -> None:
    inner = f'<div hidden id="S:1">{REST_MARKUP}</div><script>$RS("S:1","P:1")</script>'
    outer = f'<div hidden id="S:0"><p>{FIRST}</p><template id="P:1"></template></div>'
    page = news_page(()).replace(
        '<div class="story-body">', '<div class="story-body"><template id="B:0"></template>'
    )
    calls = '<script>$RC("B:0","S:0")</script>'
    assert read(page.replace("</body>", f"{outer}{inner}{calls}</body>")).text == WHOLE


def test_a_part_whose_placeholder_is_missing_or_inside_it_is_shown_where_it_is() -> None:
    part = f'<div hidden id="S:0"><template id="B:0"></template>{REST_MARKUP}</div>'
    for placeholder in ("B:0", "B:9"):
        call = f'<script>$RC("{placeholder}","S:0")</script>'
        page = news_page((FIRST,)).replace(f"<p>{FIRST}</p>", f"<p>{FIRST}</p>{part}{call}")
        assert REST[0] in read(page).text


def test_other_hidden_parts_stay_hidden() -> None:
    page = streamed("", '<div hidden id="S:0"><p>Not for anyone.</p></div><script>go()</script>')
    assert "Not for anyone" not in read(page.replace(FIRST, WHOLE)).text
