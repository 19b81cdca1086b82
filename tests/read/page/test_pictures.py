"""The pictures of an article."""

import pytest

from service.contract.article import Article
from service.contract.page import RawPage
from service.read.attribution import attribute
from service.read.attribution.picture_credits import with_agencies
from service.read.page import read_page

URL = "https://paper.example/news/bridge"
TEXT = [
    f"The harbour bridge stays closed, the port authority said in part {n} of its long report."
    for n in range(8)
]


def read(middle: str = "", head: str = "", before: str = "", after: str = "") -> Article:
    text = "".join(f"<p>{line}</p>" for line in TEXT[:4])
    rest = "".join(f"<p>{line}</p>" for line in TEXT[4:])
    html = (
        f"<html><head><title>Bridge stays closed</title>{head}</head><body>{before}<article>"
        f"<h1>Bridge stays closed</h1>{text}{middle}{rest}</article>{after}</body></html>"
    )
    return read_page(RawPage(url=URL, text=html))


FIGURE = (
    '<figure><picture><source srcset="/p/span-640w.jpg 640w, /p/span-1600w.jpg 1600w">'
    '<img src="/p/span-320w.jpg" width="320" height="180" alt="Span"></picture>'
    '<figcaption>The north span on Tuesday. <span class="credit">Foto: Ulla Marsh/dpa</span>'
    "</figcaption></figure>"
)


def test_a_picture_has_its_largest_file_caption_and_credit() -> None:
    (picture,) = read(FIGURE).pictures
    assert picture.url == "https://paper.example/p/span-1600w.jpg"
    assert (picture.width, picture.height) == (1600, None)
    assert picture.caption == "The north span on Tuesday."
    assert picture.credit == "Foto: Ulla Marsh/dpa"
    assert not picture.lead


def test_the_declared_picture_leads_and_takes_the_caption_of_its_figure() -> None:
    head = '<meta property="og:image" content="https://paper.example/p/span-1200x630.jpg">'
    article = read(FIGURE.replace("span-", "pier-2024-"), head)
    assert [each.lead for each in article.pictures] == [True, False]
    assert article.pictures[0].url == article.lead_image
    led = read(before=FIGURE.replace("span-640w", "opened-span").replace("span-", "opened-span-"),
               head=head.replace("span-", "opened-span-"))  # fmt: skip
    (lead,) = led.pictures
    assert lead.lead
    assert lead.url == "https://paper.example/p/opened-span-1200x630.jpg"
    assert lead.caption == "The north span on Tuesday."


def test_structured_data_describes_the_leading_picture() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge stays'
        ' closed", "image": {"@type": "ImageObject", "url": "https://paper.example/p/lead.jpg",'
        ' "width": 1200, "height": "675px", "caption": "Ferries wait. (Photo: Jo Marsh/AFP)"}}'
        "</script>"
    )
    (lead,) = with_agencies(read(head=head).pictures)
    assert (lead.width, lead.height) == (1200, 675)
    assert (lead.caption, lead.credit) == ("Ferries wait.", "Photo: Jo Marsh/AFP")
    assert lead.agency == "afp"


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/logo.svg">',
        '<img src="/p/jo.jpg" class="author-avatar">',
        '<img src="/count.gif" width="1" height="1">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<div class="related-teaser"><a href="/other"><img src="/p/other.jpg"></a></div>',
        '<p>See <a href="https://paper.example/other"><img src="/p/other.jpg"> this</a></p>',
        "<aside><img src='/p/aside.jpg'></aside>",
        "<img src='javascript:alert(1)'>",
    ],
)
def test_what_is_no_picture_of_the_article(markup: str) -> None:
    assert read(markup).pictures == ()


def test_pictures_after_the_text_are_not_its_own() -> None:
    assert read(after='<div><img src="/p/next-story.jpg" width="400"></div>').pictures == ()


def test_a_picture_that_stands_twice_is_sent_once() -> None:
    again = '<figure><img src="/p/the-north-span-640x360.jpg"></figure>'
    other = '<figure><img src="/p/the-north-span-1200x675.jpg?w=3"></figure>'
    assert len(read(again + other).pictures) == 1


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("AP Photo/Jo Marsh", "ap"),
        ("Foto: Ulla Brand/dpa", "dpa"),
        ("© AFP", "afp"),
        ("Photo: Jo Marsh/Reuters", "reuters"),
        ("Foto: Jo Marsh", None),
    ],
)
def test_the_agency_of_a_picture_is_not_that_of_the_text(credit: str, agency: str | None) -> None:
    figure = (
        f"<figure><img src='/p/a-span.jpg'><figcaption>The span. ({credit})</figcaption></figure>"
    )
    article = read(figure)
    (picture,) = with_agencies(article.pictures)
    assert (picture.credit, picture.agency) == (credit, agency)
    assert attribute(article).wire.agency is None


def test_there_are_few_pictures_of_a_page_full_of_them() -> None:
    many = "".join(f"<figure><img src='/p/number-{n}-of-many.jpg'></figure>" for n in range(900))
    assert len(read(many).pictures) == 50
