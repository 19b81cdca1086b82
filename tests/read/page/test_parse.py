import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("end", ["</html>", "</HTML >", "</html></html>"])
def test_a_page_that_ends_before_its_body_begins_is_read_on(end: str) -> None:
    assert read(news_page().replace("</head>", f"</head>{end}")).text == TEXT


def test_what_follows_the_end_of_the_body_stays_in_the_page() -> None:
    page = news_page().replace("<main>", "</body></html><main>")
    assert read(page).text == TEXT
