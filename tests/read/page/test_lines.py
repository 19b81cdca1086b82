import pytest

from tests.read.page.pages import PARAGRAPHS, news_page, read

WHOLE = list(PARAGRAPHS)
SECOND = f"<p>{PARAGRAPHS[1]}</p>"
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def paragraphs_of(markup: str) -> list[str]:
    page = news_page(("ALL",)).replace("<p>ALL</p>", markup)
    return read(page).text.split("\n\n")


@pytest.mark.parametrize(
    "markup",
    [
        "<br>".join(PARAGRAPHS),
        "<br/>\n".join(PARAGRAPHS),
        "<br><br>".join(PARAGRAPHS),
        f"<p>{'<br>'.join(PARAGRAPHS)}</p>",
        "<pre>" + "\n\n".join(PARAGRAPHS) + "</pre>",
        "<pre>" + "\n".join(PARAGRAPHS) + "</pre>",
        "<pre>" + "\n\n".join(text.replace(", ", ",\n") for text in PARAGRAPHS) + "</pre>",
        '<div style="white-space: pre-line">' + "\n".join(PARAGRAPHS) + "</div>",
        "".join(f"<news-line>{text}</news-line>" for text in PARAGRAPHS),
        "\n".join(f"<x-p><b>{text}</b></x-p>" for text in PARAGRAPHS),
        "".join(f'<span style="display:block">{text}</span>' for text in PARAGRAPHS),
        "".join(f"<span>{text}</span>" for text in PARAGRAPHS),
    ],
)
def test_each_line_that_a_page_shows_is_a_paragraph(markup: str) -> None:
    assert paragraphs_of(markup) == WHOLE


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{PARAGRAPHS[0].replace(' on ', '<br>on ')}</p>",
        f"<p>{PARAGRAPHS[0].replace('Monday', '<x-day>Monday</x-day>')}</p>",
        f"<p>{PARAGRAPHS[0].replace('Monday', '<span>Monday</span>')}</p>",
        f"<p>{PARAGRAPHS[0].replace('storm', '<i>storm</i>')}</p>",
    ],
)
def test_a_line_or_an_element_inside_a_sentence_parts_nothing(markup: str) -> None:
    assert paragraphs_of(markup + SECOND) == WHOLE[:2]


@pytest.mark.parametrize(
    "markup",
    [
        "<del>thirty</del> <ins>forty</ins>",
        "<s>thirty</s> forty",
        "<strike>thirty</strike> forty",
        '<span style="text-decoration: line-through">thirty</span> forty',
    ],
)
def test_text_that_was_struck_out_is_not_read(markup: str) -> None:
    assert paragraphs_of(MARKUP.replace("forty", markup, 1)) == WHOLE


def test_readings_beside_characters_are_not_read() -> None:
    text = (
        "政府は三日、北海道の港に新しい防波堤を建設する計画を発表した。"
        "費用はおよそ四十二億円で、工事は来年の春に始まる予定だという。"
    )
    for ruby in (
        "<ruby>政府<rt>せいふ</rt></ruby>",
        "<ruby>政府<rp>(</rp><rt>せいふ</rt><rp>)</rp></ruby>",
        "<ruby><rb>政府</rb><rtc><rt>せいふ</rt></rtc></ruby>",
    ):
        assert paragraphs_of(f"<p>{text.replace('政府', ruby, 1)}</p>") == [text], ruby


@pytest.mark.parametrize(
    "markup",
    [
        "<figure "
        "class='wp-block-table'><table><tr><td>Roofs</td><td>forty-one</td></tr></table></figure>",
        "<figure><table><tbody><tr><th>Town</th><th>forty-one</th></tr></tbody></table></figure>",
        "<figure><blockquote><p>We have never had such a night, and forty-one of us saw it all."
        "</p></blockquote></figure>",
    ],
)
def test_tables_and_quotations_in_figures_are_text(markup: str) -> None:
    last = f"<p>{PARAGRAPHS[-1]}</p>"
    assert "forty-one" in "".join(paragraphs_of(MARKUP.replace(last, markup + last)))


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=a.jpg><figcaption>Roofs on the quay, forty-one of "
        "them.</figcaption></figure>",
        "<figure><blockquote class='twitter-tweet'><p>We have never seen forty-one roofs fly, "
        "and now "
        "we have.</p></blockquote></figure>",
        "<blockquote><p>the ferries will stay in port until the wind turns</p></blockquote>",
    ],
)
def test_captions_posts_and_quotations_pulled_from_the_text_are_not(markup: str) -> None:
    last = f"<p>{PARAGRAPHS[-1]}</p>"
    assert paragraphs_of(MARKUP.replace(last, markup + last)) == WHOLE
