"""Bounds on an article, so that its event stays below 1 MB whatever the page says.

Sizes are bytes as JSON has them in UTF-8: a quotation mark counts two, a control character six, a
letter of most scripts outside Latin two or three.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeVar

import orjson

from service.contract.article import Article, Flag
from service.contract.attribution import Evidence, Wire
from service.contract.serde import Model, dump

MOST_OF_REST = 200_000
"""Bytes of everything but the text. The event has some of it twice (names, agencies, a headline in
its evidence), so that an event takes at most the text, twice this, and some 5,000 bytes of its
own. On the labelled pages it is at most 4,100."""

_LIMITS = (20_000, 5_000, 1_000, 250)
"""Bytes of one string and of one list that are tried in turn, until all fits."""

_PARAGRAPHS = "\n\n"
_IN_JSON = len(r"\n\n")

_M = TypeVar("_M", bound=Model)


def bound(article: Article, wire: Wire, most_text: int) -> tuple[Article, Wire]:
    """Return an article and its attribution with a text of at most `most_text` bytes, and at most
    `MOST_OF_REST` bytes of everything else.

    A text is cut after a paragraph, or in its first one if that is too long by itself, and the flag
    `truncated` says so. Of the rest, strings are cut, lists lose their last items, and addresses
    that are too long are left out; the flag `fields_cut` says so. The hash of the content stays
    that of the whole text.
    """
    article, wire = _bound_text(article, wire, most_text)
    return _bound_rest(article, wire)


def _bound_text(article: Article, wire: Wire, most: int) -> tuple[Article, Wire]:
    text = article.text
    if 6 * len(text) <= most or (size := json_bytes(text)) <= most:
        return article, wire
    kept = cut_text(text, most)
    evidence = f"text of {size} bytes, cut to {json_bytes(kept)}: the limit is {most}"
    cut = {"text": kept, "flags": _flagged(article.flags, "truncated", evidence)}
    spans = tuple(_within(each, len(kept)) for each in wire.evidence)
    return article.model_copy(update=cut), wire.model_copy(update={"evidence": spans})


def cut_text(text: str, most: int) -> str:
    """Return the first paragraphs of a text that have at most `most` bytes together; if the first
    is longer, as many of its words as fit, or of its characters."""
    kept, size = [], -_IN_JSON
    for paragraph in text.split(_PARAGRAPHS):
        size += json_bytes(paragraph) + _IN_JSON
        if size > most:
            break
        kept.append(paragraph)
    if kept:
        return _PARAGRAPHS.join(kept)
    return cut_string(text.partition(_PARAGRAPHS)[0], most)


def cut_string(text: str, most: int) -> str:
    """Return the beginning of a text that has at most `most` bytes, without half a word at its end
    if it has several."""
    if json_bytes(text) <= most:
        return text
    fits, too_many = 0, min(len(text), most + 1)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if json_bytes(text[:middle]) <= most:
            fits = middle
        else:
            too_many = middle
    begin = text[:fits]
    words = begin.rpartition(" ")[0].rstrip()
    return words if 2 * len(words) > len(begin) else begin


def json_bytes(text: str) -> int:
    """Return the bytes of a string in JSON, without its quotation marks."""
    return len(orjson.dumps(text)) - 2


def _within(evidence: Evidence, end: int) -> Evidence:
    """Return evidence without its place if that is in a part of the text that was cut off."""
    if evidence.span is None or evidence.where == "host" or evidence.span[1] <= end:
        return evidence
    return evidence.model_copy(update={"span": None})


def _bound_rest(article: Article, wire: Wire) -> tuple[Article, Wire]:
    size = _rest(article, wire)
    if size <= MOST_OF_REST:
        return article, wire
    text = article.text
    for limit in _LIMITS:
        article = _cut_model(article.model_copy(update={"text": ""}), limit)
        wire = _cut_model(wire, limit)
        if _rest(article, wire) <= MOST_OF_REST:
            break
    evidence = f"fields besides the text of {size} bytes: the limit is {MOST_OF_REST}"
    flags = _flagged(article.flags, "fields_cut", evidence)
    return article.model_copy(update={"text": text, "flags": flags}), wire


def _rest(article: Article, wire: Wire) -> int:
    return len(dump(article)) - json_bytes(article.text) + len(dump(wire))


def _cut_model(model: _M, limit: int) -> _M:
    cut = {name: _cut(getattr(model, name), limit) for name in type(model).model_fields}
    # An address that is required stays: reading has bounded it.
    required = {name for name, field in type(model).model_fields.items() if field.is_required()}
    return model.model_copy(
        update={
            name: each for name, each in cut.items() if each is not None or name not in required
        }
    )


def _cut(value: Any, limit: int) -> Any:
    match value:
        case Enum():
            return value
        case str():
            return cut_string(value, limit) if not _is_address(value) else _short(value, limit)
        case tuple():
            return _cut_list(value, limit)
        case Model():
            return _cut_model(value, limit)
    return value


def _short(address: str, limit: int) -> str | None:
    return address if json_bytes(address) <= limit else None


def _cut_list(items: Sequence[Any], limit: int) -> tuple[Any, ...]:
    kept, size = [], 0
    for item in items:
        cut = _cut(item, limit)
        if cut is None:
            continue
        size += len(dump(cut)) if isinstance(cut, Model) else len(orjson.dumps(cut))
        if size > limit:
            break
        kept.append(cut)
    return tuple(kept)


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://")) and " " not in value


def _flagged(flags: Sequence[Flag], name: str, evidence: str) -> tuple[Flag, ...]:
    """Return the flags with one more, sorted by name; one of this name gets more evidence."""
    said = [flag.evidence for flag in flags if flag.name == name]
    others = [flag for flag in flags if flag.name != name]
    added = Flag(name=name, evidence="; ".join([*said, evidence]))
    return tuple(sorted([*others, added], key=lambda flag: flag.name))
