"""The files of a picture element: the largest that it names, and its size where declared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from service.read.page.site import absolute

LONGEST_SET = 20_000  # characters of a `srcset`
MOST_CANDIDATES = 40
MOST_SOURCES = 10
SHORTEST_STEM = 8  # characters of a file's name that may be one picture's alone
SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-src-set")
FILES = ("data-hi-res-src", "data-original", "data-lazy-src", "data-full-src", "data-src", "src")
BETWEEN = re.compile(r",\s+|,(?=https?:|/|data:)")
SIZE_IN_NAME = re.compile(
    r"(?:[-_@.](?:\d{2,4}x\d{2,4}|\d{2,4}w|[23]x|scaled|large|small|thumb)){1,4}$", re.I
)
SIZE = re.compile(r"\d{1,5}(?:\.\d{1,3})?")
PIXELS = re.compile(r"\s*(\d{1,5})(?:px|\.0+)?\s*$")


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One file of a picture.

    Attributes:
        url: absolute.
        width, height: pixels, where declared.
    """

    url: str
    width: int | None = None
    height: int | None = None


def largest_file(image: HtmlElement, base: str) -> PictureFile | None:
    """Return the largest file that an `img` names, itself or in the `picture` around it; None if it
    has no address on the web."""
    described = sorted(_described(image), key=lambda each: (each[2] == "w", each[1]), reverse=True)
    for address, size, kind in described:
        if kind == "w" and (url := absolute(base, address)) is not None:
            return PictureFile(url, width=int(size))
    for address in (*(each[0] for each in described), *(image.get(name) or "" for name in FILES)):
        if (url := absolute(base, address)) is not None:
            return PictureFile(url, *(() if described else declared_size(image)))
    return None


def names_file(image: HtmlElement, address: str, stem: str) -> bool:
    """Return True if an `img` names the file at an address, or the same picture in another size.

    Args:
        stem: of the address, see `stem_of`.
    """
    every = [image.get(name) or "" for name in (*FILES, *SETS)]
    name = stem or address.rsplit("/", 1)[-1]
    return len(name) > SHORTEST_STEM - 1 and any(name in each.lower() for each in every if each)


def declared_size(image: HtmlElement) -> tuple[int | None, int | None]:
    """Return width and height in pixels, where the element declares them."""
    return pixels(image.get("width")), pixels(image.get("height"))


def pixels(value: object) -> int | None:
    """Return a number of pixels; None for percentages and other words."""
    match = PIXELS.match(str(value)) if isinstance(value, (str, int, float)) else None
    return int(match[1]) if match and int(match[1]) > 0 else None


def is_same_picture(one: str, other: str) -> bool:
    """Return True if two addresses are of one picture: they differ in size or parameters only."""
    return one == other or (stem_of(one) == stem_of(other) != "")


def stem_of(address: str) -> str:
    """Return a file's name without its folders, its ending and its size; empty if it is too short
    to be one picture's."""
    name = urlsplit(address).path.rsplit("/", 1)[-1]
    stem = SIZE_IN_NAME.sub("", name.rsplit(".", 1)[0]).lower()
    return stem if len(stem) >= SHORTEST_STEM else ""


def _described(image: HtmlElement) -> Iterator[tuple[str, float, str]]:
    """Yield the candidates of `srcset` attributes: address, size, and `w` or `x`."""
    # The parser takes `source` for an element with content: the image may be inside several.
    around = islice(image.iterancestors(), MOST_SOURCES)
    picture = next((each for each in around if each.tag == "picture"), None)
    elements = [image]
    if picture is not None:
        elements += islice(picture.iter("source"), MOST_SOURCES)
    for element in elements:
        for value in filter(None, map(element.get, SETS)):
            for candidate in BETWEEN.split(value[:LONGEST_SET])[:MOST_CANDIDATES]:
                address, _, size = candidate.strip().partition(" ")
                number, kind = size.strip()[:-1], size.strip()[-1:]
                if address and kind in ("w", "x") and SIZE.fullmatch(number):
                    yield address, float(number), kind
                elif address and not size:
                    yield address, 1.0, "x"
