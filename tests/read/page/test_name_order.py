import json

import pytest

from service.read.page.authors import name_people
from service.read.page.name_order import put_given_first
from tests.read.page.pages import news_page, read


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Par Cécile Duval (Bruxelles, bureau européen)", ("Cécile Duval",)),
        ("Jane Roe (Wexford", ("Jane Roe",)),
        ("By Jane Roe [Dublin] and John Doe (Cork)", ("Jane Roe", "John Doe")),
        ("Jane Roe, Senior Reporter", ("Jane Roe",)),
        ("김철수 기자", ("김철수",)),
        ("홍길동 서울특파원 hong@courier.example", ("홍길동",)),
        ("김철수·이영희 기자", ("김철수", "이영희")),
        ("记者 胡晓蓉 宋怡 发自北京", ("胡晓蓉", "宋怡")),
        ("记者：这么看你平时也很关注国家的农业政策，", ()),
        ("記者王小明／台北報導", ("王小明",)),
        ("記者王小明台北報導", ("王小明",)),
        ("（记者 胡晓蓉）", ("胡晓蓉",)),
        ("作者：宋怡 杨志华", ("宋怡", "杨志华")),
        ("本报记者 徐睿翔", ("徐睿翔",)),
        ("山田 太郎 記者", ("山田 太郎",)),
        ("赵 培", ("赵培",)),
    ],
)
def test_places_roles_and_words_for_the_work_are_no_part_of_a_name(
    byline: str, people: tuple[str, ...]
) -> None:
    assert name_people([byline]) == people


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Roe, Jane", "Jane Roe"),
        ("O'Neill, Máire", "Máire O'Neill"),
        ("Roe, Jane A.", "Jane A. Roe"),
        ("Jane Roe, Cork", "Jane Roe, Cork"),
    ],
)
def test_a_family_name_before_the_given_one_is_put_after_it(given: str, name: str) -> None:
    assert put_given_first(given) == name


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ({"@type": "Person", "name": ["Jane Roe", "John Doe"]}, ("Jane Roe", "John Doe")),
        ({"@type": "Person", "name": "<a href='/a'>Jane Roe</a>"}, ("Jane Roe",)),
        ({"@type": "Person", "givenName": "Jane", "familyName": "Roe"}, ("Jane Roe",)),
        ([{"@type": "Person", "name": {"@value": "Jane Roe"}}], ("Jane Roe",)),
        ({"@list": [{"name": "Jane Roe"}, "John Doe"]}, ("Jane Roe", "John Doe")),
        ([["Jane Roe"], [{"name": [{"name": "John Doe"}]}]], ("Jane Roe", "John Doe")),
        ({"@type": "Person", "name": "Emily Post"}, ("Emily Post",)),
        ({"@type": "Person", "name": "Alison Herald"}, ("Alison Herald",)),
        ({"@type": "Person", "name": "Sid Lowe"}, ("Sid Lowe",)),
        ({"@type": "Person", "name": "Coastal Post"}, ()),
        ({"@type": "Person", "name": "Boston Herald"}, ()),
        ({"@type": "Person", "name": "Agência Norte"}, ()),
        ([{"@type": "Person", "name": "Condé Nast"}, {"name": "Jane Roe"}], ("Jane Roe",)),
    ],
)
def test_authors_in_structured_data(author: object, people: tuple[str, ...]) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "x", "author": author})
    head = f'<script type="application/ld+json">{data}</script>'
    assert read(news_page(head=head)).authors == people


@pytest.mark.parametrize(
    "byline",
    [
        "<aside><address><a rel='author' href='/profile/jane-roe'>Jane Roe</a></address></aside>",
        "<div class='with-sidebar'><h1>Storm takes roofs</h1><p class='byline'>By Jane "
        "Roe</p></div>",
        "<div class='byline'><div>By <span>Jane Roe</span></div><div>Northern Courier</div></div>",
    ],
)
def test_a_byline_beside_the_text_is_read(byline: str) -> None:
    assert read(news_page(before=byline)).authors == ("Jane Roe",)
