import json

import pytest

from service.contract.outcome import Rejected
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read

WHOLE = "\n\n".join(PARAGRAPHS)
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
SHOWN = PARAGRAPHS[:2]


def with_script(data: str, attributes: str = "", shown: tuple[str, ...] = SHOWN) -> str:
    return news_page(shown).replace("</body>", f"<script {attributes}>{data}</script></body>")


def article_in(body: object) -> dict[str, object]:
    return {"props": {"page": {"article": {"headline": TITLE, "body": body}}}}


ELEMENTS = [
    {"type": "text", "content": PARAGRAPHS[0]},
    {"type": "image", "caption": "A roof in the harbour, seen from the quay on Tuesday morning."},
    *({"type": "text", "content": f"<b>{text}</b>"} for text in PARAGRAPHS[1:]),
]


@pytest.mark.parametrize(
    "page",
    [
        with_script(
            json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": WHOLE}),
            'type="application/ld+json"',
        ),
        with_script(
            json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": MARKUP}),
            'type="application/ld+json"',
        ),
        with_script(json.dumps(article_in(MARKUP)), 'id="__NEXT_DATA__" type="application/json"'),
        with_script(
            "window.Fusion=window.Fusion||{};Fusion.globalContent="
            + json.dumps({"headlines": {"basic": TITLE}, "content_elements": ELEMENTS})
            + ";Fusion.x=1"
        ),
        with_script("window.__INITIAL_STATE__ = " + json.dumps(article_in(WHOLE))),
        with_script(
            "window.__STATE__=JSON.parse(" + json.dumps(json.dumps(article_in(MARKUP))) + ")"
        ),
        with_script(
            json.dumps([{"article": 1}, {"title": 2, "body": 3}, TITLE, MARKUP]),
            'id="__NUXT_DATA__" type="application/json"',
        ),
        with_script("self.__next_f.push(" + json.dumps([1, MARKUP]) + ")"),
    ],
)
def test_the_text_in_a_pages_data_is_read_where_it_shows_the_beginning(page: str) -> None:
    assert read(page).text == WHOLE


@pytest.mark.parametrize(
    "data",
    [
        article_in(MARKUP),
        {"headlines": {"basic": TITLE}, "content_elements": ELEMENTS},
        {"post": {"title": TITLE, "content": {"rendered": MARKUP}}},
    ],
)
def test_of_a_page_that_shows_nothing_the_text_under_its_headline_is_read(data: object) -> None:
    script = json.dumps(data)
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div id=app></div>"
    page += f'<script type="application/json">{script}</script></body></html>'
    assert read(page).text == WHOLE


def test_text_of_another_article_in_the_data_is_not_read() -> None:
    other = " ".join(["The council will vote on the budget for the new school next week."] * 9)
    body = f"<p>{other}</p><p>{other}</p>"
    data = {"related": [{"headline": "Council votes on school", "body": body}]}
    assert read(with_script(json.dumps(data), 'type="application/json"')).text == "\n\n".join(SHOWN)
    with pytest.raises(Rejected):
        read(with_script(json.dumps(data), 'type="application/json"', shown=()))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<noscript>", "</noscript>"),
        ('<div class="more" style="display:none">', "</div>"),
        ("<div hidden>", "</div>"),
        ('<section aria-hidden="true">', "</section>"),
    ],
)
def test_a_closed_box_that_continues_the_text_is_read(opening: str, closing: str) -> None:
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    shown = f"<p>{PARAGRAPHS[1]}</p>"
    page = news_page(SHOWN).replace(shown, f"{shown}{opening}{rest}{closing}")
    assert read(page).text == WHOLE


def test_a_box_that_repeats_the_text_or_stands_elsewhere_stays_closed() -> None:
    repeated = f"<noscript>{MARKUP}</noscript>"
    page = news_page().replace(f"<p>{PARAGRAPHS[-1]}</p>", f"<p>{PARAGRAPHS[-1]}</p>{repeated}")
    assert read(page).text == WHOLE
    offer = "<p>Read all of our stories for a year, with every puzzle that we have.</p>" * 3
    assert read(news_page(outside=f"<div hidden>{offer}</div>")).text == WHOLE
