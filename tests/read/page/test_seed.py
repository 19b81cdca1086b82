"""The page that the service was first made for: a spun agency story in a blog's furniture."""

from pathlib import Path

import pytest

from service.contract.article import Article
from service.contract.page import GivenArticle, RawPage
from service.read.page import read_page
from tests.read.page.blog import blog_page

TITLE = 'Putin says that IS suffers "complete defeat" in eastern Syria'


@pytest.fixture(params=["given", "html"])
def spun(request: pytest.FixtureRequest, shared_data: Path) -> Article:
    text = (shared_data / "seed" / "spun.txt").read_text()
    if request.param == "given":
        raw = RawPage(url="https://blog.example/a", article=GivenArticle(text=text))
    else:
        raw = RawPage(url="https://blog.example/a", text=blog_page(text.split("\n\n")))
    return read_page(raw)


def test_the_title_is_found_and_taken_out_of_the_body(spun: Article) -> None:
    assert spun.title == TITLE
    assert TITLE not in spun.text


@pytest.mark.parametrize("line", ["Uncategorized", "Source link", "Leave a Reply", "Copyright"])
def test_no_furniture_is_left(spun: Article, line: str) -> None:
    assert line not in spun.text


def test_the_text_is_whole(spun: Article) -> None:
    paragraphs = spun.text.split("\n\n")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("BEIRUT – Russian President")
    assert paragraphs[-1].endswith("Russia carried out the strikes.")
    assert spun.language == "en"


def test_the_notice_is_read(spun: Article) -> None:
    (notice,) = spun.notices
    assert notice.holder == "The Associated Press"
    assert notice.year == 2017
    assert notice.usage_terms is not None
    assert notice.usage_terms.startswith("This material can not be published")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("original", "Putin: IS suffered 'total rout' in eastern Syria"),
        ("other_agency", "Russia declares Islamic State beaten on both sides of the Euphrates"),
    ],
)
def test_a_text_begins_with_its_headline(shared_data: Path, name: str, title: str) -> None:
    text = (shared_data / "seed" / f"{name}.txt").read_text()
    article = read_page(RawPage(url="https://news.example/a", article=GivenArticle(text=text)))
    assert article.title == title
    assert title not in article.text
