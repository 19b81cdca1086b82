"""The caption and the credit of a picture, as printed in the figure around it."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from service.read.page.blocks import names_of, text_begin
from service.read.page.element_roles import CAPTION, read_names
from service.read.page.paragraph import squeeze

LONGEST_CAPTION = 1_000
LONGEST_CREDIT = 200
LONGEST_NAMES = 300
MOST_ELEMENTS = 40
"""Elements around a picture that are searched for a caption, and in a caption for a credit."""

LEVELS = 4
"""Elements around a picture that are searched for its caption."""

CREDIT_NAMES = re.compile(
    r"credit|copyright|(?:image|img|media|photo|picture|foto|bild)-?(?:source|author|by|rights|quelle)"
    r"|photographer|fotograf|autor-?foto|source|rights|courtesy|attribution"
)
WORDS = (
    r"photos?|pictures?|images?|fotos?|fotograf(?:ie|ía|ia|o|iya)?|bild(?:er)?|imagen|imagem"
    r"|cr[ée]dits?|courtesy(?: of)?|illustration|zdjęcie|kuva|kép|fotoğraf|фото|зображення|صورة"
    r"|ảnh|照片|写真|사진|ภาพ"
)
OPENS_CREDIT = (
    rf"(?:(?:{WORDS})\s?[:：/©]|(?:photos?|pictures?|images?) by\b|(?:foto|bild)s? von\b|©|\(c\)\s)"
)
LED = re.compile(rf"^\W{{0,3}}{OPENS_CREDIT}\s?\S", re.I)
AT_END = re.compile(
    r"(?:^|(?<=[.!?…\"”»。)\]])|(?<=\s[|–—-]))\s{0,3}(?:[|–—-]\s)?"
    rf"({OPENS_CREDIT}\s?[^.!?\n]{{2,120}}\.?)$",
    re.I,
)
AFTER_BAR = re.compile(r"(?<=[.!?…\"”»。])\s{0,3}\|\s{0,3}([^|.!?\n]{3,100})$")
IN_BRACKETS = re.compile(
    rf"\s{{0,3}}[(\[]((?:[^()\[\]\n]{{0,60}}\b)?(?:(?:{WORDS})\b|©|(?-i:AP|AFP|dpa|EPA)\b|reuters\b"
    r"|getty\b)[^()\[\]\n]{0,120})[)\]]\s{0,3}\.?$",
    re.I,
)
EAST_ASIAN = re.compile(
    r"\s{0,3}[（(＝=]([^（）()＝=\n]{2,30}(?:撮影|提供|摄|攝)[^（）()＝=\n]{0,10})[）)]?$"
)
STOCK = re.compile(
    r"\b(?:getty|shutterstock|pixabay|unsplash|i-?stock|pexels|flickr|wikimedia|alamy|adobe ?stock"
    r"|reuters|imago|depositphotos|dreamstime)\b|(?-i:\b(?:AFP|AP|EPA|dpa)\b)",
    re.I,
)
WITH_ARCHIVE = re.compile(r"(?<=[.!?…”»\"])\s{1,3}([^.!?\n]{3,80})$")
TWO_NAMES = re.compile(r"\s{0,3}\(([^()/\n]{3,40}/[^()/\n]{2,40})\)\s?$")
NO_CAPTION = re.compile(
    r"^(?:media playback|contributor\b|(?:by|von|par|por|di)\s(?:\S+\s?){1,4}$)", re.I
)
SHORT_CREDIT = 60  # characters of a line that names an archive and is no sentence
GLUED = re.compile(r"(?<=[^\W\d_A-Z][.!?])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=\d[.!?])(?=[A-ZÀ-Þ][a-zà-ÿ])")
LEFT_OVER = re.compile(r"[(\[]\s*[)\]]")
OPENS_LARGE = re.compile(r"^(?:enlarge(?: this image)?\s?/?\s|media_camera\s?)", re.I)
DURATION = re.compile(r"\b\d{1,2}:\d\d$")
EDGES = " |–—-/·,;:"
LABEL = re.compile(r"^(?:image|picture|photo) ?(?:source|caption|credit)s?\s?[:,]\s?", re.I)


def caption_of(image: HtmlElement) -> tuple[str | None, str | None]:
    """Return the caption and the credit of a picture, each None if there is none."""
    holder = _caption_element(image)
    if holder is None:
        return None, _credit_attribute(image)
    credits = list(_credit_elements(holder))
    named = _joined(_text(each, LONGEST_CREDIT) for each in credits)
    text = _text(holder, LONGEST_CAPTION) or ""
    for each in credits:
        text = text.replace(_text(each, LONGEST_CREDIT) or "\0", " ")
    caption, printed = part_credit(squeeze(text).strip(" |–—-/·"))
    credit = named or printed or _credit_attribute(image)
    return caption, credit if credit is None or len(credit) <= LONGEST_CREDIT else None


def _joined(texts: Iterable[str | None]) -> str | None:
    """Return credits in one line, without those that repeat a part of it."""
    line = ""
    for text in filter(None, texts):
        if text.strip("©| ").casefold() not in line.casefold():
            line = f"{line} {text}".strip()
    return squeeze(LABEL.sub("", line)) or None


def part_credit(text: str) -> tuple[str | None, str | None]:
    """Return a caption without the credit that it begins or ends with, and that credit. The title
    of a film with its length is no caption."""
    text = OPENS_LARGE.sub("", LABEL.sub("", GLUED.sub(" ", text)))
    if DURATION.search(text) or NO_CAPTION.match(text):
        return None, None
    if len(text) <= LONGEST_CREDIT and LED.match(text):
        return None, text
    for form in (IN_BRACKETS, EAST_ASIAN, AT_END, AFTER_BAR, TWO_NAMES, WITH_ARCHIVE):
        match = form.search(text, max(0, len(text) - LONGEST_CREDIT))
        if match is not None and (form is not WITH_ARCHIVE or STOCK.search(match[1])):
            return _tidy(text[: match.start()]), match[1].strip()
    if len(text) <= SHORT_CREDIT and STOCK.search(text) and not text.endswith("."):
        return None, text
    return _tidy(text), None


def _tidy(caption: str) -> str | None:
    """Return a caption without what a credit that was taken out leaves; None if no word is left."""
    caption = squeeze(LEFT_OVER.sub(" ", caption)).strip(EDGES)
    return caption if any(map(str.isalpha, caption)) else None


def _caption_element(image: HtmlElement) -> HtmlElement | None:
    """Return the caption of the nearest element around a picture that has one. Beyond the figure
    nothing is the picture's; an element with other pictures has captions of theirs."""
    element, around = image.getparent(), set(image.iterancestors())
    for _ in range(LEVELS):
        if element is None or element.tag in ("body", "article", "main"):
            return None
        captions = list(islice(element.iter("figcaption"), 2)) or [
            each
            for each in islice(element.iter(), MOST_ELEMENTS)
            if each not in around and _is_caption(each)
        ]
        if len(captions) > 1 and element.tag != "figure":
            return None
        if captions:
            return captions[0]
        if element.tag == "figure":
            return None
        element = element.getparent()
    return None


def _is_caption(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    names = names_of(element)
    return len(names) < LONGEST_NAMES and bool(read_names(names) & CAPTION)


def _credit_elements(holder: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the outermost elements in a caption that are named for a credit."""
    taken: set[HtmlElement] = set()
    for element in holder.iterdescendants():
        if not isinstance(element.tag, str) or any(
            each in taken for each in element.iterancestors()
        ):
            continue
        names = f"{names_of(element)} {element.get('itemprop') or ''}".lower()
        if element.tag in ("cite", "small") or (
            len(names) < LONGEST_NAMES and CREDIT_NAMES.search(names)
        ):
            taken.add(element)
            yield element


def _credit_attribute(image: HtmlElement) -> str | None:
    for name in ("data-credit", "data-copyright", "data-image-credit"):
        value = squeeze(image.get(name) or "")
        if 0 < len(value) <= LONGEST_CREDIT:
            return value
    return None


def _text(element: HtmlElement, most: int) -> str | None:
    text = text_begin(element, most)
    return text if 0 < len(text) <= most else None
