"""Put the parts of a streamed page where its scripts move them, before the page is read.

A server that streams a page sends a placeholder first and the part itself later, hidden at the end
of the document, with a call that moves it:

- React (react-dom's Fizz runtime): `<template id="B:0">`, `<div hidden id="S:0">` and
  `$RC("B:0","S:0")`; `$RS("S:1","P:1")` for a segment of such a part, `$RR` for one that waits for
  style sheets. Its external runtime has the same ids in attributes of a `template`.
- Solid: `<template id="pl-0">`, `<template id="0">` and `$df("0")`.
- Shadow roots in markup: a `template` with `shadowrootmode` is shown in its parent.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

CALL = re.compile(r"\$R([CRS])\(\s?[\"']([^\"'\s]{1,80})[\"']\s?,\s?[\"']([^\"'\s]{1,80})[\"']")
SOLID_CALL = re.compile(r"\$df\(\s?[\"']([^\"'\s]{1,80})[\"']")
HINT = "<template"  # every placeholder is one
MOST_MOVES = 2_000
DEEPEST = 100  # elements around a placeholder; parts in parts would make a tree of any depth

Move = tuple[str, str]
"""The id of a placeholder, and the id of the part that takes its place."""


def move_parts(tree: HtmlElement, text: str, scripts: Iterable[HtmlElement]) -> None:
    """Move each streamed part to its placeholder, and show it.

    Args:
        text: the document; without a `template` it has no such parts.
        scripts: its script elements.
    """
    if HINT not in text:
        return
    moves = [*moves_in_scripts(scripts), *moves_in_attributes(tree)][:MOST_MOVES]
    if moves:
        by_id = {name: each for each in tree.iter() if (name := each.get("id"))}
        for placeholder, part in moves:
            if (source := by_id.get(part)) is not None:
                move_part(source, by_id.get(placeholder))
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


def moves_in_scripts(scripts: Iterable[HtmlElement]) -> Iterator[Move]:
    """Yield the moves that scripts call for."""
    for script in scripts:
        code = script.text or ""
        if "$R" in code:
            for kind, first, second in CALL.findall(code):
                yield (second, first) if kind == "S" else (first, second)
        if "$df" in code:
            for key in SOLID_CALL.findall(code):
                yield f"pl-{key}", key


def moves_in_attributes(tree: HtmlElement) -> Iterator[Move]:
    """Yield the moves that the attributes of templates state."""
    for template in tree.iter("template"):
        placeholder = template.get("data-bid") or template.get("data-pid")
        part = template.get("data-sid")
        if placeholder and part:
            yield placeholder, part


def move_part(source: HtmlElement, placeholder: HtmlElement | None) -> None:
    """Move what a part holds before its placeholder; show it where it is if there is none."""
    parent = None if placeholder is None else placeholder.getparent()
    if placeholder is None or parent is None or not may_hold(placeholder, source):
        source.attrib.pop("hidden", None)
        if source.tag == "template":
            source.tag = "div"
        return
    if source.text and source.text.strip():
        before = placeholder.getprevious()
        if before is None:
            parent.text = (parent.text or "") + source.text
        else:
            before.tail = (before.tail or "") + source.text
        source.text = None
    for child in list(source):
        placeholder.addprevious(child)


def may_hold(placeholder: HtmlElement, part: HtmlElement) -> bool:
    """Whether a part may be moved to a placeholder: it is not around it, and not too deep."""
    around = list(islice(placeholder.iterancestors(), DEEPEST + 1))
    return len(around) <= DEEPEST and part is not placeholder and part not in around
