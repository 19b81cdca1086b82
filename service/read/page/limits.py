"""Limits of one page, and the check of its markup before the parser sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from service.contract.outcome import Rejected, RejectionReason
from service.read.rights_policy import RightsPolicy


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one page, checked before the work that they bound.

    The maxima over 313 real news pages (the training and test pages) are 2.8 MB, 5,105 nodes and
    73 attributes in a tag. Each bound leaves room above that and is below the sizes at which parser
    and extractor were measured to take more than a minute.

    Attributes:
        raw_bytes: size of the body as fetched. A larger body is not decompressed.
        decoded_bytes: size of the body after content decoding. Decompression stops there, which
            bounds the cost of a decompression bomb.
        encodings: layers of content encoding; real servers apply one.
        tag_attributes: attributes of one tag. The parser looks each new one up among those
            before it: 300,000 of them take minutes inside C code that cannot be interrupted.
        tag_bytes: characters of one tag. Some real tags hold whole settings in one attribute: 4 of
            179 training pages have a tag over 100,000 characters, the largest 334,729.
        nodes: elements of the parsed tree. The time of extraction grows faster than linearly:
            200,000 links take 40 s and 1 GB.
        json_bytes: characters of one block of structured data; larger ones hold a site's
            application state, not metadata.
        rights: what becomes of statements about the use of the text. By default all are marked
            and none rejects a page: `noarchive` is meant for caches that show copies, and 37 of
            the 179 training pages have it, including large newspapers.
        min_words: minimum number of words in a text (in scripts without spaces, characters divided
            by 1.5). Shorter texts are teasers, captions and notices.
        text_bytes: bytes of an article's text as JSON has it; longer texts are cut (see
            `service.read.bounds`). The longest of the 179 training pages has 39,195.
    """

    raw_bytes: int = 5_000_000
    decoded_bytes: int = 5_000_000
    encodings: int = 3
    tag_attributes: int = 1_000
    tag_bytes: int = 1_000_000
    nodes: int = 20_000
    json_bytes: int = 1_000_000
    rights: RightsPolicy = field(default_factory=RightsPolicy)
    min_words: int = 25
    text_bytes: int = 500_000


# One start tag as HTML tokenizes it: quotes only count as quotes after an equals sign.
# All quantifiers are possessive, so that no input causes backtracking.
ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
TAG = re.compile(rf"[a-zA-Z][^\s/>]*+(?:[\s/]++|{ATTRIBUTE})*+")
ATTRIBUTES = re.compile(ATTRIBUTE)
MOST_IN_TAGS = 2
"""Most characters of long tags over those of the page; the most on the labelled pages is 0.7.
Without end signs each tag reaches to the end of the page, and reading all takes quadratic time."""
LEAST_ATTRIBUTE = 2  # characters of the shortest attribute, with the space before it


def check_markup(text: str, limits: Limits) -> None:
    """Check the number of tags and the size of each tag, before parsing.

    Only stretches without a `<` that are long enough to hold too many attributes are checked. A
    tag with `<` inside its quoted values may pass; the page's time limit covers that case.

    Raises:
        Rejected: TOO_COMPLEX.
    """
    most = 20 * limits.nodes
    if len(text) > most and (tags := text.count("<")) > most:
        raise Rejected(RejectionReason.TOO_COMPLEX, f"{tags:,} tags, over {most:,} before parsing")
    short = min(LEAST_ATTRIBUTE * limits.tag_attributes, limits.tag_bytes)
    scripts = Scripts(text)
    left = MOST_IN_TAGS * len(text)
    for start in long_stretches(text, short):
        if scripts.hold(start):
            continue
        tag = TAG.match(text, start)
        if tag is None:
            continue
        if fault := find_fault(tag.group(), limits):
            raise Rejected(RejectionReason.TOO_COMPLEX, fault)
        left -= tag.end() - start
        if left < 0:
            raise Rejected(RejectionReason.TOO_COMPLEX, "tags inside tags, without an end sign")


def long_stretches(text: str, short: int) -> Iterator[int]:
    """Yield the start of each stretch without a `<` that is longer than `short` and may begin
    with a tag's name: stretches after a `<`, and the text before the first one.

    Searches backwards for a `<` from the end of a window of `short` + 1 characters and continues
    after it, so that few characters are searched twice and none is handled singly in Python. Takes
    a third of the time of a regular expression.
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


class Scripts:
    """Finds the scripts of a text, where `<` is an operator. Each part of the text is searched
    once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._searched = 0
        self._opened = self._closed = -1

    def hold(self, position: int) -> bool:
        """Whether a position is inside a script. Positions must be asked for in their order."""
        begin = max(0, self._searched - len("</script"))
        last = [
            max(self._text.rfind(tag, begin, position) for tag in (name, name.upper()))
            for name in ("<script", "</script")
        ]
        self._opened, self._closed = max(self._opened, last[0]), max(self._closed, last[1])
        self._searched = position
        return self._closed < self._opened < position - 1


def find_fault(tag: str, limits: Limits) -> str | None:
    """Return why one start tag, given from its name on, is too large, or None if it is not."""
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
    """Check the number of elements in the parsed tree.

    Raises:
        Rejected: TOO_COMPLEX.
    """
    nodes = int(tree.xpath("count(//*)"))
    if nodes > limits.nodes:
        detail = f"{nodes:,} elements, over {limits.nodes:,}"
        raise Rejected(RejectionReason.TOO_COMPLEX, detail)
