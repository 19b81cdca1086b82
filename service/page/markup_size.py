"""Refuse markup that parser or extractor would choke on."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from service.events.outcome import Rejected, RejectionReason
from service.page.limits import Limits

# One start tag as HTML tokenizes it: quotes only count as quotes after an equals sign.
# Possessive throughout, so that no input makes it go back.
ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
TAG = re.compile(rf"[a-zA-Z][^\s/>]*+(?:[\s/]++|{ATTRIBUTE})*+")
ATTRIBUTES = re.compile(ATTRIBUTE)
LEAST_ATTRIBUTE = 2  # characters, with the space before it


def check_markup(text: str, limits: Limits) -> None:
    """Bound tags and their attributes, before parsing.

    Only stretches without a `<` that are long enough to hold too many attributes are looked at: a
    tag split by `<` inside its quoted values may pass, and then the time limit of the page holds.

    Raises:
        Rejected: TOO_COMPLEX.
    """
    most = 20 * limits.nodes
    if len(text) > most and (tags := text.count("<")) > most:
        raise Rejected(RejectionReason.TOO_COMPLEX, f"{tags:,} tags, over {most:,} before parsing")
    short = min(LEAST_ATTRIBUTE * limits.tag_attributes, limits.tag_bytes)
    for start in long_stretches(text, short):
        tag = TAG.match(text, start)
        fault = find_fault(tag.group(), limits) if tag else None
        if fault and not in_script(text, start):
            raise Rejected(RejectionReason.TOO_COMPLEX, fault)


def long_stretches(text: str, short: int) -> Iterator[int]:
    """Where the stretches without a `<` begin that a tag's name may open and that are longer than
    `short`: the one before the first `<`, and those after each.

    Looks from the end of a window of so many characters back for a `<`, and goes on from there: few
    characters are looked at twice, and none by itself. A third of the time of a pattern.
    """
    start, end = 0, len(text)
    while end - start > short:
        last = text.rfind("<", start, start + short + 1)
        if last >= 0:
            start = last + 1
            continue
        if start == 0 or (text[start].isascii() and text[start].isalpha()):
            yield start
        start = text.find("<", start) + 1 or end


def in_script(text: str, position: int) -> bool:
    """Whether a position is inside a script, where `<` compares numbers."""
    opened = max(text.rfind("<script", 0, position), text.rfind("<SCRIPT", 0, position))
    closed = max(text.rfind("</script", 0, position), text.rfind("</SCRIPT", 0, position))
    return closed < opened < position - 1


def find_fault(tag: str, limits: Limits) -> str | None:
    """What makes one start tag, given from its name on, too large; None where nothing does."""
    if len(tag) <= min(LEAST_ATTRIBUTE * limits.tag_attributes, limits.tag_bytes):
        return None
    name = tag[:20].split()[0]
    if len(tag) > limits.tag_bytes:
        return f"a tag <{name}> of {len(tag):,} characters, over {limits.tag_bytes:,}"
    count = sum(1 for _ in ATTRIBUTES.finditer(tag, len(name)))
    if count > limits.tag_attributes:
        return f"a tag <{name}> with {count:,} attributes, over {limits.tag_attributes:,}"
    return None


def check_tree(tree: HtmlElement, limits: Limits) -> None:
    """Bound the parsed tree.

    Raises:
        Rejected: TOO_COMPLEX.
    """
    nodes = int(tree.xpath("count(//*)"))
    if nodes > limits.nodes:
        detail = f"{nodes:,} elements, over {limits.nodes:,}"
        raise Rejected(RejectionReason.TOO_COMPLEX, detail)
