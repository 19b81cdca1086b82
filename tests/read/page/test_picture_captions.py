"""Captions and credits."""

import pytest
from lxml.html import fromstring

from service.read.page.picture_captions import caption_of, part_credit


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("The span. Photo: Jo Marsh", "The span.", "Photo: Jo Marsh"),
        ("The span (AP Photo/Jo Marsh)", "The span", "AP Photo/Jo Marsh"),
        ("Der Bogen. Foto: Ulla Brand/dpa", "Der Bogen.", "Foto: Ulla Brand/dpa"),
        ("Le pont. © AFP", "Le pont.", "© AFP"),
        ("Cây cầu. Ảnh: Minh An", "Cây cầu.", "Ảnh: Minh An"),
        ("橋を渡る人たち＝13日（海野守撮影）", "橋を渡る人たち＝13日", "海野守撮影"),
        ("The span. | Jo Marsh/PA Images via Getty Images", "The span.",
         "Jo Marsh/PA Images via Getty Images"),
        ("The span. Getty Images", "The span.", "Getty Images"),
        ("The span, closed. (Jo Marsh/CBC)", "The span, closed.", "Jo Marsh/CBC"),
        ("Image via Getty Images", None, "Image via Getty Images"),
        ("Imagen de un puente cerrado", "Imagen de un puente cerrado", None),
        ("The span on May 3, 2024", "The span on May 3, 2024", None),
        ("Enlarge / The span", "The span", None),
        ("How the bridge closed 03:49", None, None),
        (". ( )", None, None),
    ],
)  # fmt: skip
def test_a_caption_is_parted_from_its_credit(
    printed: str, caption: str | None, credit: str | None
) -> None:
    assert part_credit(printed) == (caption, credit)


def of_first_picture(markup: str) -> tuple[str | None, str | None]:
    return caption_of(next(fromstring(f"<body><main>{markup}</main></body>").iter("img")))


def test_a_caption_is_that_of_the_nearest_figure() -> None:
    other = "<figure><img src=b><figcaption>Another</figcaption></figure>"
    assert of_first_picture(f"<figure><img src=a></figure>{other}") == (None, None)
    boxed = "<div class=wp-caption><img src=a><p class=wp-caption-text>The span</p></div>"
    assert of_first_picture(boxed + other) == ("The span", None)
    assert of_first_picture(f"<div><img src=a>{other}{other}</div>") == (None, None)


def test_a_credit_that_is_printed_twice_is_sent_once() -> None:
    markup = (
        "<figure><img src=a><figcaption>The span."
        "<span class=credit>© Ulla Brand</span><span class=copyright>Ulla Brand</span>"
        "</figcaption></figure>"
    )
    assert of_first_picture(markup) == ("The span.", "© Ulla Brand")


def test_an_attribute_may_hold_the_credit() -> None:
    assert of_first_picture("<img src=a data-credit='Jo Marsh / EPA'>") == (None, "Jo Marsh / EPA")
