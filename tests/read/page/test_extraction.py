import pytest

from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read

TEXT = "\n\n".join(PARAGRAPHS)
OTHER = (
    "The council of a town far inland has voted for a new swimming pool, which will cost four "
    "million crowns, the mayor said on Monday."
)
CARD = f'<div class="card"><a href="/x"><h3>Pool</h3></a><p>{OTHER}</p></div>'


@pytest.mark.parametrize(
    "outside",
    [
        f"<aside><p>{OTHER}</p></aside>",
        f'<div class="related-stories">{CARD * 4}</div>',
        f'<div class="row">{CARD * 4}</div>',
        f'<section id="comments"><div class="comment"><p>{OTHER}</p></div></section>',
        f'<div class="newsletter-signup"><p>{OTHER}</p></div>',
        f'<div style="display: none"><p>{OTHER}</p></div>',
        f'<div aria-hidden="true"><p>{OTHER}</p></div>',
        f'<div role="complementary"><p>{OTHER}</p></div>',
        f"<figure><img src=x><figcaption>{OTHER}</figcaption></figure>",
    ],
)
@pytest.mark.parametrize("place", ["after", "outside"])
def test_what_stands_around_an_article_is_left_out(outside: str, place: str) -> None:
    assert read(news_page(**{place: outside})).text == TEXT  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["has-sidebar", "paywall-content", "page-with-comments", "widget"])
def test_an_article_inside_an_oddly_named_wrapper_is_found(name: str) -> None:
    page = news_page().replace("<main>", f'<div class="{name}"><main>')
    assert read(page.replace("</main>", "</main></div>")).text == TEXT


def test_an_article_cut_into_chunks_is_put_together() -> None:
    chunk = '<div class="chunk">{}</div>'
    chunks = "".join(chunk.format(f"<p>{text}</p><p>{text[::-1]}.</p>") for text in PARAGRAPHS)
    page = news_page().replace(f"<p>{PARAGRAPHS[0]}</p>", chunks, 1)
    assert all(text in read(page).text for text in PARAGRAPHS)


def test_numbers_in_names_do_not_part_what_is_of_one_kind() -> None:
    texts = [f"{OTHER} It is the {place} time." for place in ("first", "second", "third")]
    page = news_page()
    for number, text in enumerate(texts):
        piece = f'<div class="widget w{number}f" id="w{number}"><p>{text}</p></div>'
        page = page.replace(f"<p>{PARAGRAPHS[-1]}</p>", f"{piece}<p>{PARAGRAPHS[-1]}</p>")
    assert read(page).text == "\n\n".join([*PARAGRAPHS[:-1], *texts, PARAGRAPHS[-1]])


def test_the_end_of_an_article_in_elements_that_share_its_name_is_kept() -> None:
    column = '<div class="story-body added"><p>{} <a href="/x">Ferries stay in port.</a></p></div>'
    texts = [f"{OTHER} It is the {place} time." for place in ("first", "second", "third")]
    page = news_page(PARAGRAPHS * 2, after="".join(map(column.format, texts)))
    assert all(text in read(page).text for text in texts)


def test_an_article_declared_in_several_parts_is_put_together() -> None:
    part = '<section class="part" itemprop="articleBody"><p>{}</p></section>'
    parts = part.format("</p><p>".join(PARAGRAPHS)) + part.format(OTHER)
    page = news_page(()).replace('<div class="story-body"></div>', parts)
    assert read(page).text == f"{TEXT}\n\n{OTHER}"


def test_the_declared_body_of_another_article_is_left_out() -> None:
    part = '<article><div itemprop="articleBody"><p>{}</p></div></article>'
    page = news_page(()).replace(
        "</main>", part.format("</p><p>".join(PARAGRAPHS)) + part.format(OTHER) + "</main>"
    )
    assert read(page).text == TEXT


def test_an_article_inside_a_form_is_found() -> None:
    page = news_page().replace("<main>", "<form action=x><main>")
    assert read(page.replace("</main>", "</main></form>")).text == TEXT


@pytest.mark.parametrize(
    "standfirst",
    [
        '<p class="standfirst">{}</p>',
        '<div class="article-lead"><p>{}</p></div>',
        "<p>{}</p>",
    ],
)
def test_the_introduction_above_the_body_belongs_to_the_text(standfirst: str) -> None:
    words = "Forty houses lost their roofs and the ferries stayed in port, but nobody was hurt."
    assert read(news_page(before=standfirst.format(words))).text == f"{words}\n\n{TEXT}"


def test_an_introduction_set_as_a_heading_belongs_to_the_headline() -> None:
    page = news_page(before="<h2>Forty houses lost their roofs, but nobody was hurt at all</h2>")
    assert read(page).text == TEXT


def test_line_breaks_lists_and_quotes_are_kept_in_order() -> None:
    inner = (
        f"<p>{PARAGRAPHS[0]}</p><blockquote><p>We were lucky, she said.</p></blockquote>"
        f"<h2>The damage</h2><ul><li>forty roofs</li><li>two piers</li></ul><p>{PARAGRAPHS[1]}</p>"
        f"<p>{PARAGRAPHS[2]}</p>"
    )
    page = news_page(()).replace('<div class="story-body"></div>', f'<div class="b">{inner}</div>')
    lines = read(page).text.split("\n\n")
    assert lines[1:5] == ["We were lucky, she said.", "The damage", "forty roofs", "two piers"]


def test_inline_markup_does_not_part_words() -> None:
    first = PARAGRAPHS[0].replace("storm", "st<b>or</b>m").replace("sea", "<a>sea</a>")
    assert read(news_page((first, *PARAGRAPHS[1:]))).text == TEXT


def test_repeated_paragraphs_are_kept_and_pages_do_not_learn_from_each_other() -> None:
    page = news_page((*PARAGRAPHS, PARAGRAPHS[0]))
    texts = {read(page).text for _ in range(5)}
    assert texts == {"\n\n".join((*PARAGRAPHS, PARAGRAPHS[0]))}


def test_the_headline_is_not_part_of_the_text() -> None:
    assert TITLE not in read(news_page()).text


def test_a_page_laid_out_in_tables_gives_its_cell_alone() -> None:
    paragraphs = "".join(f"<P>{paragraph}" for paragraph in PARAGRAPHS)
    menu = "".join(f'<TD><A HREF="/a/{i}.htm">{i}</A></TD>' for i in range(31))
    weather = "".join(f"<TR><TD>{i}:00</TD><TD>{i} degrees</TD></TR>" for i in range(9))
    page = f"""<HTML><HEAD><TITLE>The Courier - {TITLE}</TITLE></HEAD><BODY><TABLE>
<TR><TD COLSPAN=3><FONT SIZE=6>The Courier</FONT><BR>News of the north, since 1998 on the web</TD>
<TR><TD COLSPAN=3><TABLE><TR>{menu}</TR></TABLE></TD></TR>
<TR><TD><B>Other news</B><BR><BR><A HREF="/w.htm">Wool is dearer</A><BR><BR>
<A HREF="/t.htm">A tractor for sale</A></TD>
<TD><FONT SIZE=5><B>{TITLE}</B></FONT><BR><SPAN>07.05.2024</SPAN><HR>{paragraphs}<P><I>(AFP)</I>
<BR><BR><A HREF="javascript:p()">Print this page</A> | <A HREF="/i.htm">Back to the front</A></TD>
<TD>You are visitor number<BR><B>0224568</B><TABLE>{weather}</TABLE></TD></TR>
<TR><TD COLSPAN=3>Best seen in 800 x 600 - &copy; 1998-2024 The Courier</TD></TR>
</TABLE></BODY></HTML>"""
    article = read(page)
    assert article.text == "\n\n".join((*PARAGRAPHS, "(AFP)"))
    assert article.title == TITLE


def test_paragraphs_parted_by_two_line_breaks_are_paragraphs() -> None:
    body = "<br> <br/>".join(PARAGRAPHS)
    page = f"<html><body><h1>{TITLE}</h1><div>{body}</div></body></html>"
    assert read(page).text == "\n\n".join(PARAGRAPHS)
