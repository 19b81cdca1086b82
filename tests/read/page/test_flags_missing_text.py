import json

import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read


def truncation_of(page: str) -> str | None:
    return next((flag.evidence for flag in read(page).flags if flag.name == "truncated"), None)


def described(**facts: object) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": "x", **facts})
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize("count", [640, "640", "1,640"])
def test_structured_data_that_count_far_more_words_show_that_text_is_missing(count: object) -> None:
    evidence = truncation_of(news_page(PARAGRAPHS[:2], head=described(wordCount=count)))
    assert evidence is not None
    assert evidence.startswith("wordCount has")
    assert truncation_of(news_page(head=described(wordCount=100))) is None


def test_a_longer_text_in_structured_data_that_begins_otherwise_shows_it_too() -> None:
    other = " ".join(f"Sentence {number} of something else altogether." for number in range(60))
    evidence = truncation_of(news_page(head=described(articleBody=other)))
    assert evidence is not None
    assert "articleBody has" in evidence


@pytest.mark.parametrize("end", ["...", " …", "…"])
def test_a_short_text_that_leaves_its_last_sentence_open_is_flagged(end: str) -> None:
    assert truncation_of(news_page((*PARAGRAPHS[:2], f"The insurers{end}"))) is not None


@pytest.mark.parametrize("kept", [0.4, 0.6, 0.8])
def test_a_document_that_ends_inside_its_text_is_flagged(kept: float) -> None:
    page = news_page(PARAGRAPHS * 3)
    start, end = page.index(PARAGRAPHS[0]), page.rindex(PARAGRAPHS[-1])
    cut = page.rindex(",", 0, start + int(kept * (end - start))) - 4
    evidence = truncation_of(page[:cut])
    assert evidence is not None
    assert evidence.startswith("the document ends in a sentence")


def test_a_document_without_end_tags_is_whole_if_its_text_ends() -> None:
    page = news_page()
    assert truncation_of(page[: page.index("</div></article>")]) is None
    assert truncation_of(page) is None
