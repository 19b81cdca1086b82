from service.read.page.fallback_extractor import ask_trafilatura, settle
from service.read.page.paragraph import Paragraph
from service.read.page.parse import parse_markup
from tests.read.page.pages import PARAGRAPHS, news_page

STORM = [Paragraph(text) for text in PARAGRAPHS]
SCRAP = [Paragraph("Cookies help us to give you the best of our site.")]
LIST = [Paragraph(f"Sentence {i} of a list of other articles on the page.") for i in range(9)]
MORE = [*STORM, *LIST]


def test_our_own_reading_stands_where_the_other_agrees_or_has_no_better() -> None:
    assert settle([STORM, MORE], STORM) == STORM
    assert settle([STORM, STORM], MORE[:5]) == STORM
    assert settle([STORM, STORM], SCRAP) == STORM
    assert settle([STORM], []) == STORM


def test_another_reading_is_taken_if_the_other_extractor_agrees_with_that() -> None:
    assert settle([MORE, STORM], STORM) == STORM
    assert settle([STORM[:1], STORM, MORE], STORM) == STORM


def test_the_others_text_is_taken_where_ours_is_a_scrap() -> None:
    assert settle([SCRAP, SCRAP], STORM) == STORM
    assert settle([[]], STORM) == STORM


def test_trafilatura_leaves_the_tree_as_it_is() -> None:
    tree = parse_markup(news_page())
    before = tree.text_content()
    assert [paragraph.text for paragraph in ask_trafilatura(tree)][-4:] == list(PARAGRAPHS)
    assert tree.text_content() == before
