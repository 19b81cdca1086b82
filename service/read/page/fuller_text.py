"""The article's text where a page shows only a scrap of it and holds more.

A page may hold more than it shows: in JSON-LD (`articleBody`), in the data of its scripts
(`__NEXT_DATA__`, `__NUXT__`, `__NUXT_DATA__`, `Fusion.globalContent` and other states), in
`noscript`, or in a box that a button opens. Text of these places is used only if it continues the
text that is shown, or, where next to nothing is shown, if it belongs to the page's headline.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from service.read.page.nuxt_state import read_nuxt
from service.read.page.paragraph import Paragraph, normalise_words, squeeze
from service.read.page.structured_data import Facts, read_block
from service.read.page.walk import Walk, walk

SCRAP = 1_500  # characters of shown text up to which the data of scripts is searched
NOTHING = 200  # characters: next to nothing is shown
LONGER = 1.3  # times the shown text that a fuller text has
LEAST_ADDED = 200  # characters that it has more
COMPARED = 60  # normalised characters of the first shown paragraph that it must have
BEGIN = 1_000  # characters of its beginning in which they must stand
LEAST_PROSE = 40  # characters of a paragraph in a script's data
DECODER = json.JSONDecoder(strict=False)
MOST_PIECES = 200  # of one paragraph
DEEPEST = 30
MOST_VALUES = 50_000
NUXT = "__NUXT__"
LARGEST = 4_000_000  # characters of scripts
MOST_TRIES = 300  # values of one script that are parsed
# What a script assigns, parses or pushes, if it can be JSON.
STATE = re.compile(r"(?:=|JSON\.parse\(|\.push\()\s{0,3}(?=\{\s{0,9}\"|\[\s{0,9}[{\"\[1]|\"[{\[])")
TEXT_KEYS = {
    "articlebody", "body", "bodyhtml", "body_html", "bodytext", "content", "contenthtml",
    "content_html",
    "text", "html", "fulltext", "storyhtml", "story", "description_html", "rendered", "articletext",
    "maintext", "markup", "value", "paragraph", "data", "children",
}  # fmt: skip
TITLE_KEYS = ("headline", "title", "headlines")
NOT_TEXT = re.compile(
    r"image|video|gallery|embed|ad\b|promo|related|link_list|newsletter|oembed|raw_html|divider|audio"
    r"|button|credit|caption|author|tag"
)
MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,2000}>")
BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")


def find_fuller(
    shown: Sequence[Paragraph], facts: Facts, scripts: Iterable[HtmlElement], titles: Sequence[str]
) -> list[Paragraph] | None:
    """Return the fuller text that a page holds, or None if it holds none.

    Args:
        shown: the paragraphs found in the page.
        scripts: its script elements.
        titles: the page's titles, for pages that show next to nothing.
    """
    length = sum(len(paragraph.text) for paragraph in shown)
    least = max(LONGER * length, length + LEAST_ADDED)
    bodies = [body for body in facts.whole_texts("articleBody") if len(body) >= least]
    found = best_of((split_body(body) for body in bodies), shown, least, length < NOTHING)
    if found is None and length < SCRAP:
        lists = bodies_in_scripts(scripts, titles if length < NOTHING else ())
        found = best_of(lists, shown, least, nothing=length < NOTHING)
    return None if found is None else [Paragraph(text) for text in found]


def best_of(
    bodies: Iterable[list[str]], shown: Sequence[Paragraph], least: float, nothing: bool
) -> list[str] | None:
    """Return the longest body that continues the shown text."""
    best: list[str] | None = None
    most = least
    for body in bodies:
        length = sum(map(len, body))
        if length >= most and (nothing or continues(body, shown)):
            best, most = body, length + 1
    return best


def continues(body: Sequence[str], shown: Sequence[Paragraph]) -> bool:
    """Whether a body begins with the first shown paragraph of some length."""
    begin = normalise_words(" ".join(body)[:BEGIN])
    for paragraph in shown[:4]:
        words = normalise_words(paragraph.text[: 3 * COMPARED])
        if len(words) >= COMPARED or not paragraph.text.isascii():
            return words[:COMPARED].rsplit(" ", 1)[0] in begin
    return False


def split_body(text: str) -> list[str]:
    """Return the paragraphs of a body, which may have markup."""
    if "<" in text and MARKUP.search(text):
        return split_markup(text)
    parts = BLANK_LINE.split(text) if BLANK_LINE.search(text) else text.split("\n")
    return [line for part in parts if (line := squeeze(part))]


def split_markup(markup: str) -> list[str]:
    """Return the paragraphs of a piece of markup."""
    try:
        return [block.text for block in walk(fragment_fromstring(markup, "div")).blocks]
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []


def bodies_in_scripts(scripts: Iterable[HtmlElement], titles: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts in the data of scripts that can be an article's body.

    Args:
        titles: if any are given, only texts of objects that have one of them are returned.
    """
    left = LARGEST
    wanted = {words for title in titles if (words := normalise_words(title))}
    for script in scripts:
        code = script.text or ""
        left -= len(code)
        if left < 0:
            return
        for data in data_of(script, code):
            yield from bodies_in(data, wanted)


def data_of(script: HtmlElement, code: str) -> Iterator[Any]:
    """Yield the JSON values in one script: the script itself, or what it assigns to a state."""
    kind = (script.get("type") or "").lower()
    if "json" in kind:
        if "ld+json" not in kind:
            yield read_block(code)
        return
    if NUXT in code and (state := read_nuxt(code)) is not None:
        yield state
        return
    position = 0
    for _ in range(MOST_TRIES):
        match = STATE.search(code, position)
        if match is None:
            return
        position = match.end()
        try:
            value, position = DECODER.raw_decode(code, position)
            yield json.loads(value, strict=False) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            continue


def bodies_in(data: Any, wanted: set[str]) -> Iterator[list[str]]:
    """Yield the bodies in one value: long strings of the usual names, and lists of paragraphs."""
    open_values: list[tuple[Any, int, bool]] = [(data, 0, not wanted)]
    read = 0
    while open_values and read < MOST_VALUES:
        value, depth, titled = open_values.pop()
        read += 1
        if depth > DEEPEST:
            continue
        if isinstance(value, dict):
            if wanted and names_itself(value):
                titled = has_title(value, wanted)
            for key, inner in value.items():
                if isinstance(inner, (dict, list)):
                    open_values.append((inner, depth + 1, titled))
                elif titled and is_long(inner) and key.lower() in TEXT_KEYS:
                    yield split_body(inner)
        elif isinstance(value, list):
            if titled and depth and (texts := paragraphs_in(value)):
                yield texts
            open_values.extend(
                (inner, depth + 1, titled) for inner in value if isinstance(inner, (dict, list))
            )
            if depth == 0:  # a flat list of all values, as Nuxt and Next write it
                for inner in value:
                    if is_long(inner) and not wanted:
                        yield split_body(inner)


def is_long(value: Any) -> bool:
    """Whether a value is a string that may be a body."""
    return isinstance(value, str) and len(value) >= LEAST_ADDED


def names_itself(node: dict[str, Any]) -> bool:
    """Whether an object has a title, so that its texts are not those of the object around it."""
    return bool(node.get("headline") or node.get("title") or node.get("headlines"))


def has_title(node: dict[str, Any], wanted: set[str]) -> bool:
    """Whether an object has one of these titles."""
    for key in TITLE_KEYS:
        value = node.get(key)
        for text in value.values() if isinstance(value, dict) else (value,):
            if isinstance(text, str) and normalise_words(text) in wanted:
                return True
    return False


def paragraphs_in(items: Sequence[Any]) -> list[str]:
    """Return the texts of a list of paragraphs: strings, or objects that have one each."""
    texts: list[str] = []
    prose = 0
    for item in items:
        text = text_of(item)
        if text:
            lines = split_body(text)
            texts.extend(lines)
            prose += sum(len(line) >= LEAST_PROSE for line in lines)
    return texts if prose >= 2 else []


def text_of(item: Any, depth: int = 0) -> str:
    """Return the text of one item of a list of paragraphs; empty if it is something else."""
    if isinstance(item, str):
        return item if depth or len(item) >= LEAST_PROSE else ""
    if not isinstance(item, dict) or depth > 4:
        return ""
    kind = item.get("type") or item.get("__typename") or item.get("_type") or ""
    if isinstance(kind, str) and NOT_TEXT.search(kind.lower()):
        return ""
    for key in ("content", "text", "html", "value", "paragraph", "children", "data"):
        inner = item.get(key)
        if isinstance(inner, str) and inner:
            return inner
        if isinstance(inner, dict) and (text := text_of(inner, depth + 1)):
            return text
        if isinstance(inner, list):
            text = "".join(text_of(each, depth + 1) for each in inner[:MOST_PIECES])
            if text:
                return text
    return ""


MOST_OPENED = 20


def open_boxes(found: Walk, shown: Sequence[Paragraph], homes: frozenset[HtmlElement]) -> bool:
    """Show the closed boxes that continue the text; return whether there are any.

    Such a box is `noscript` or hidden, stands beside the text's own paragraphs, has two paragraphs
    or more, and does not repeat what is shown.

    Args:
        found: the pass over the page.
        homes: the elements that hold the shown paragraphs.
    """
    text = normalise_words(" ".join(paragraph.text for paragraph in shown))
    opened = False
    for element in found.unread[:MOST_OPENED]:
        if element.getparent() not in homes:
            continue
        texts = [squeeze(each.text_content()) for each in element.iter("p")]
        long = [each for each in texts if len(each) >= LEAST_PROSE]
        if len(long) < 2 or normalise_words(long[0])[:COMPARED] in text:
            continue
        show(element)
        opened = True
    return opened


def show(element: HtmlElement) -> None:
    """Make a closed box an ordinary one."""
    if element.tag == "noscript":
        element.tag = "div"
    for name in ("hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)
