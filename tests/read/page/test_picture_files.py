"""The files of a picture."""

import pytest
from lxml.html import HtmlElement, fromstring

from service.read.page.picture_files import (
    PictureFile,
    is_same_picture,
    largest_file,
    names_file,
    pixels,
    stem_of,
)

BASE = "https://paper.example/news/bridge"


def image(markup: str) -> HtmlElement:
    return next(fromstring(f"<body><main>{markup}</main></body>").iter("img"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<img src='/a.jpg' width='640' height='360px'>",
         PictureFile("https://paper.example/a.jpg", 640, 360)),
        ("<img src='data:image/gif;base64,x' data-src='//cdn.example/b.jpg'>",
         PictureFile("https://cdn.example/b.jpg")),
        ("<img src='/s.jpg' srcset='/w,400.jpg 400w, /w,900.jpg 900w'>",
         PictureFile("https://paper.example/w,900.jpg", 900)),
        ("<img src='/s.jpg' srcset='/one.jpg, /two.jpg 2x'>",
         PictureFile("https://paper.example/two.jpg")),
        ("<picture><source srcset='/p.webp 1200w'><img src='/p.jpg'></picture>",
         PictureFile("https://paper.example/p.webp", 1200)),
        ("<img src='javascript:x()'>", None),
        ("<img srcset='" + "a" * 30_000 + "'>", None),
        ("<img>", None),
    ],
)  # fmt: skip
def test_the_largest_file(markup: str, expected: PictureFile | None) -> None:
    assert largest_file(image(markup), BASE) == expected


def test_one_picture_in_several_sizes() -> None:
    one = "https://cdn.example/2024/harbour-bridge-1200x630.jpg"
    assert is_same_picture(one, "https://cdn.example/x/harbour-bridge-640w.webp?q=80")
    assert not is_same_picture(one, "https://cdn.example/2024/harbour-tunnel-1200x630.jpg")
    assert not is_same_picture("https://cdn.example/1.jpg", "https://cdn.example/a/1.jpg")
    assert stem_of(one) == "harbour-bridge"
    assert names_file(image("<img data-src='/y/Harbour-Bridge.jpg'>"), one, stem_of(one))
    assert not names_file(image("<img src='/1.jpg'>"), "https://cdn.example/1.jpg", "")


def test_pixels_are_whole_numbers() -> None:
    assert [pixels(each) for each in ("640", "640px", 640, "100%", "auto", None, "0")] == [
        640, 640, 640, None, None, None, None
    ]  # fmt: skip
