import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read


def credits_before(html: str) -> set[tuple[str, str]]:
    """Credits of a page with this between its headline and its text."""
    return {(credit.where, credit.text) for credit in read(news_page(before=html)).credits}


@pytest.mark.parametrize(
    ("html", "where", "text"),
    [
        ("<div>sak/Reuters</div>", "source", "sak/Reuters"),
        ("<p>With files from The Associated Press</p>", "source",
         "With files from The Associated Press"),
        ("<div><em>First published in The Conversation.</em></div>", "source",
         "First published in The Conversation."),
        ('<div class="provenance">Nordic Wire, 7 May</div>', "source", "Nordic Wire, 7 May"),
    ],
)  # fmt: skip
def test_lines_that_tell_the_origin_under_no_name_are_sources(
    html: str, where: str, text: str
) -> None:
    article = read(news_page(after=html))
    assert (where, text) in {(credit.where, credit.text) for credit in article.credits}
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_an_abbreviation_between_headline_and_text_is_a_credit_but_not_by_a_picture() -> None:
    alone = '<div class="flex"><p>AA</p></div>'
    assert ("source", "AA") in credits_before(alone)
    beside = '<div class="flex"><img src="a.jpg"><p>AA</p></div>'
    assert ("source", "AA") not in credits_before(beside)
