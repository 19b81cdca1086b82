"""The pictures of an article: the one that the page leads with, and those beside its text.

Logos, portraits of authors, advertisements and the pictures of other articles are none. A picture
counts if it stands between the headline and the end of the text, in no element that is named for
something else, and is not declared to be tiny; the leading one is what the page declares.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from service.contract.declared import PICTURES_KEPT, Picture
from service.read.page.blocks import names_of
from service.read.page.element_roles import is_sure_name
from service.read.page.paragraph import squeeze
from service.read.page.picture_captions import (
    LONGEST_CAPTION,
    LONGEST_CREDIT,
    caption_of,
    part_credit,
)
from service.read.page.picture_files import (
    declared_size,
    is_same_picture,
    largest_file,
    names_file,
    pixels,
    stem_of,
)
from service.read.page.structured_data import Facts, values

IMAGES = ("img", "amp-img")
MOST_IMAGES = 500
LEAST_WIDTH, LEAST_HEIGHT = 120, 80
"""Pixels: smaller pictures are icons, portraits and counters."""

ELSEWHERE = {"nav", "aside", "footer", "form", "button", "dialog", "header"}
NOT_ITS_OWN = re.compile(
    r"logo|avatar|icon|author|byline|autor|gravatar|profile|portrait-|sprite|badge|spacer|pixel|emoji"
    r"|placeholder|(?:^|[\s_-])ads?(?:$|[\s_-])|advert|sponsor|banner|social|share|qr-?code"
)
SMALL_FILE = re.compile(
    r"(?:logo|avatar|icon|sprite|spacer|pixel|emoji|blank)[^/]{0,60}$|\.svg$|/emoji/", re.I
)
LEVELS = 6
"""Elements around a picture whose names are read."""


def find_pictures(
    tree: HtmlElement, elements: Sequence[HtmlElement], lead: str | None, facts: Facts, base: str
) -> tuple[Picture, ...]:
    """Return the pictures of an article, the leading one first, each once; at most `PICTURES_KEPT`.

    Args:
        elements: that hold the text's paragraphs, in order.
        lead: absolute address of the picture that the page declares.
        base: address that others are relative to.
    """
    found: list[Picture] = []
    leading = _declared(lead, facts) if lead else None
    stem = stem_of(lead) if lead else ""
    for image, inside in _images(tree, elements):
        if leading is not None and names_file(image, leading.url, stem):
            if leading.caption is None:
                leading = _completed(leading, image)
            continue
        if not inside or not _is_of_article(image):
            continue
        file = largest_file(image, base)
        if file is None or SMALL_FILE.search(file.url.split("?", 1)[0]):
            continue
        if all(not is_same_picture(file.url, each.url) for each in found):
            caption, credit = caption_of(image)
            found.append(
                Picture(
                    url=file.url,
                    caption=caption,
                    credit=credit,
                    width=file.width,
                    height=file.height,
                )
            )
            if len(found) == PICTURES_KEPT:
                break
    pictures = found if leading is None else [leading, *found]
    return tuple(pictures[:PICTURES_KEPT])


def _images(
    tree: HtmlElement, elements: Sequence[HtmlElement]
) -> Iterator[tuple[HtmlElement, bool]]:
    """Yield the page's images, and whether each stands between headline and end of the text."""
    last = elements[-1] if elements else None
    first = elements[0] if elements else None
    begun = ended = False
    count = 0
    for element in tree.iter(
        "h1", *IMAGES, *{each.tag for each in (first, last) if each is not None}
    ):
        if element is first or element.tag == "h1":
            begun = begun or last is not None
        if element.tag in IMAGES:
            count += 1
            if count > MOST_IMAGES:
                return
            yield element, begun and (not ended or last in element.iterancestors())
        if element is last:
            ended = True


def _is_of_article(image: HtmlElement) -> bool:
    width, height = declared_size(image)
    if (width or LEAST_WIDTH) < LEAST_WIDTH or (height or LEAST_HEIGHT) < LEAST_HEIGHT:
        return False
    if NOT_ITS_OWN.search(f"{names_of(image)} {image.get('alt') or ''}"[:300].lower()):
        return False
    for level, element in enumerate(image.iterancestors()):
        if element.tag in ELSEWHERE:
            return False
        if element.tag == "a" and _leads_elsewhere(element, image):
            return False
        names = names_of(element) if level < LEVELS else ""
        if names and (is_sure_name(names) or NOT_ITS_OWN.search(names[:300].lower())):
            return False
    return True


def _leads_elsewhere(link: HtmlElement, image: HtmlElement) -> bool:
    """Return True if a picture's link leads to a page and not to a larger form of the picture."""
    address = (link.get("href") or "").split("?", 1)[0].lower()
    is_file = address.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))
    own = (image.get("src") or "").lower()
    return bool(address) and not address.startswith("#") and not is_file and address not in own


def _completed(lead: Picture, image: HtmlElement) -> Picture:
    caption, credit = caption_of(image)
    return lead.model_copy(update={"caption": caption, "credit": lead.credit or credit})


def _declared(lead: str, facts: Facts) -> Picture:
    """Return the leading picture, with what structured data says of it."""
    node: dict[str, Any] = {}
    for value in values(facts.node.get("image")):
        resolved = facts.resolve(value)
        address = resolved.get("url") or resolved.get("contentUrl")
        if isinstance(address, str) and is_same_picture(lead, address.strip()):
            node = resolved
            break
    said = _short(node.get("caption"), LONGEST_CAPTION)
    caption, printed = part_credit(said) if said else (None, None)
    credit = _short(node.get("creditText") or node.get("copyrightNotice"), LONGEST_CREDIT)
    return Picture(
        url=lead,
        caption=caption,
        credit=credit or printed,
        width=pixels(node.get("width")),
        height=pixels(node.get("height")),
        lead=True,
    )


def _short(value: Any, most: int) -> str | None:
    text = squeeze(value) if isinstance(value, str) and len(value) <= 4 * most else ""
    return text if 0 < len(text) <= most else None
