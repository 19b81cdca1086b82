import json

import pytest

from service.read.page.nuxt_state import read_nuxt
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read
from tests.read.page.test_fuller_text import MARKUP, SHOWN, with_script

BODY = json.dumps(MARKUP).replace("<", "\\u003C")


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ('__NUXT__=(function(a,b){return {l:a,x:[a,b]}}("x",1));', {"l": "x", "x": ["x", 1]}),
        ("window.__NUXT__=(function(){return {a:1}}());", {"a": 1}),
        (
            "__NUXT__ = function(a){return [a,!0,!1,void 0,-.5,1e3]}(2)",
            [2, True, False, None, -0.5, 1000.0],
        ),
        (
            '__NUXT__=(function(a){a.b="return {";return {c:a,2:"\\x3Cp\\x3E it\\\'s"}}({}));',
            {"c": {}, "2": "<p> it's"},
        ),
        (
            "__NUXT__=(function(a){return {d:new Date(5),e:Array(3),f:a}}(null))",
            {"d": None, "e": None, "f": None},
        ),
    ],
)
def test_the_expression_is_read_without_being_run(code: str, state: object) -> None:
    assert read_nuxt(code) == state


@pytest.mark.parametrize(
    "code",
    [
        "window.__NUXT__=(function(a,b){return {data:[{article:{headline:a,body:"
        f"{BODY}}}}}],s:b}}}}"
        f"({json.dumps(TITLE)},null));",
        "window.__NUXT__=(function(a,b){return {fetch:{},state:{story:{title:b,bodyHtml:a}}}}"
        f"({BODY},{json.dumps(TITLE)}));",
        "window.__NUXT__=(function(a,b,c,d,e){return {data:[{title:e,paragraphs:[a,b,c,d]}]}}"
        f"({','.join(map(json.dumps, PARAGRAPHS))},{json.dumps(TITLE)}));",
    ],
)
@pytest.mark.parametrize("shown", [SHOWN, ()], ids=["the beginning is shown", "nothing is"])
def test_the_article_is_read_where_the_page_shows_a_scrap(
    code: str, shown: tuple[str, ...]
) -> None:
    assert read(with_script(code, shown=shown)).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "window.__NUXT__={layout:1}",
        "__NUXT__=(function(a){return {b:a",
        "__NUXT__=(function(a){return {b:}}(1))",
        "__NUXT__=(function(a){return " + "[" * 5000 + "]" * 5000 + "}(1))",
        "__NUXT__=(function(a){return {b:a}}(" + '"' * 999,
    ],
)
def test_what_is_no_such_state_is_left_alone(code: str) -> None:
    assert read_nuxt(code) is None
    assert read(news_page().replace("</body>", f"<script>{code}</script></body>")).title == TITLE


def test_a_long_argument_that_is_named_again_and_again_fills_no_memory() -> None:
    names = ",".join(["a"] * 50_000)
    code = f'window.__NUXT__=(function(a){{return {{x:[{names}]}}}}("{"x" * 100_000}"));'
    assert read_nuxt(code) is None
