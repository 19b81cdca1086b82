import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

LONG = (
    *PARAGRAPHS,
    "The storm was the third of this spring, and the harbour office counts more of them than it "
    "did thirty years ago, when its records begin.",
    "Repairs to the roofs begin on Thursday, once the wind allows for ladders, and will take until "
    "the middle of June, according to the council.",
)
WHOLE = "\n\n".join(LONG)
MORE = (
    "The council of Eastbay voted on Friday for a new school, which will have room for 400 "
    "children "
    "and open in three years, after a debate that took the whole night.",
    "Its cost, which rose twice, is 31 million crowns, and the land was bought from a farmer "
    "who had "
    "asked for more, said the mayor, who had wanted a cheaper plan.",
)


def article(title: str, paragraphs: tuple[str, ...]) -> str:
    return f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)


@pytest.mark.parametrize("wrapper", ["article", "div class='article-page'", "section class=story"])
def test_the_next_article_of_an_endless_page_is_not_read(wrapper: str) -> None:
    tag = wrapper.split()[0]
    pages = "".join(
        f"<{wrapper}>{article(title, texts)}</{tag}>"
        for title, texts in (
            ("Storm takes roofs along the northern coast", LONG),
            ("Eastbay votes for a new school", MORE),
            ("Ferries stay in port for a second day", MORE),
        )
    )
    assert read(f"<html><body><main>{pages}</main></body></html>").text == WHOLE


def test_a_heading_inside_the_article_does_not_end_it() -> None:
    inner = "<article class='gallery'><h1>The night in seven pictures</h1></article>"
    last = f"<p>{LONG[-1]}</p>"
    assert read(news_page(LONG).replace(last, inner + last)).text.endswith(LONG[-1])


@pytest.mark.parametrize(
    "label",
    ["AI summary", "KI-Zusammenfassung", "Resumen generado con IA", "AI 요약", "Summarised by AI"],
)
def test_a_summary_that_a_program_made_is_not_read(label: str) -> None:
    points = "".join(f"<p>{text}</p>" for text in MORE)
    box = f"<div class='x9'><p>{label}</p><div>{points}</div></div>"
    assert read(news_page(LONG, before=box)).text == WHOLE


@pytest.mark.parametrize(
    "name",
    [
        "kommentare",
        "commentaires",
        "comentarios",
        "reacties",
        "yorumlar",
        "komentarze",
        "kommentarer",
    ],
)
def test_readers_comments_are_not_read_whatever_the_language_of_their_box(name: str) -> None:
    comments = "".join(f"<div class='{name}-item'><p>{text}</p></div>" for text in MORE * 2)
    page = news_page(LONG).replace(
        f"<p>{LONG[-1]}</p>",
        f"<p>{LONG[-1]}</p><section class='{name}'>{comments}</section>",
    )
    assert read(page).text == WHOLE
