"""Pairs of captures of one page, made by rule from a labelled page's HTML: with edits that are
known, or with a difference in its furniture alone.

An edit is made at a sentence that READ extracts and that stands in the HTML letter by letter. New
sentences are taken from another page in the same language.
"""

import gzip
import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.contract.extracted import Extracted, SourcePosition
from service.contract.record import InputMessage, Topic
from service.contract.serde import load
from service.read.stage import read
from service.text.sentences import sentences

_SHORTEST, _LONGEST = 40, 250  # characters of a sentence that is edited or put in
_FEWEST = 8  # sentences of a page that is edited
_DIGIT = re.compile(r"(?<![\d.,])[1-9]\d?(?![\d.,])")
_PLAIN = re.compile(r"[\"'<>&\\“”„«»‘’]")
_CLOSED = (".", "!", "?", "。", "।", "۔")
_END = re.compile(r"\s*(?:</(?:a|span|b|strong|em|i)>\s*)*</p>")
_CAPTION = re.compile(r"(<figcaption[^>]*>).*?(</figcaption>)", re.S)
ALSO = {
    "de": "Lesen Sie auch:",
    "en": "Read also:",
    "es": "Lea también:",
    "fr": "Lire aussi :",
    "it": "Leggi anche:",
    "pt": "Leia também:",
}
"""Words before a pointer to another article; others get the English ones."""


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page and what READ makes of it, with the sentences that edits can be made at."""

    url: str
    html: str
    extracted: Extracted
    places: tuple[str, ...]

    @property
    def language(self) -> str:
        """Primary language."""
        return self.extracted.article.language.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two captures of a page, the second edited.

    Attributes:
        kind: of the edit.
        added: sentences that the second has and the first has not, as printed.
        removed: number of sentences that only the first has.
        number: that is new in the second, if the edit is of one.
    """

    kind: str
    first: Extracted
    second: Extracted
    added: tuple[str, ...] = ()
    removed: int = 0
    number: str | None = None


def capture(url: str, page: str, number: int) -> Extracted | None:
    """Return what READ makes of a page; None if that is no article."""
    source = SourcePosition(topic="captures", partition=0, offset=number)
    value = json.dumps({"url": url, "text": page}).encode()
    record = read(InputMessage(key=None, value=value, headers=(), timestamp=None, source=source))
    return load(Extracted, record.value or b"") if record.topic is Topic.EXTRACTED else None


def pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a labelled set that can be edited."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            url = row["url"] or f"https://unknown{number}.example/page.html"
            if (extracted := capture(url, row["html"], 0)) is None:
                continue
            article = extracted.article
            every = tuple(sentences(article.text, article.language))
            whole = html.unescape(row["html"]) if "&" in row["text"] else row["html"]
            places = tuple(
                each
                for each in every[1:-1]
                if _SHORTEST <= len(each) <= _LONGEST
                and every.count(each) == 1
                and row["html"].count(each) == whole.count(each) > 0
            )
            if len(every) >= _FEWEST and len(places) >= 2:
                yield Page(url, row["html"], extracted, places)


def edited_pairs(found: Sequence[Page]) -> Iterator[Pair]:
    """Yield a pair with known edits for each page that allows one; the kinds take turns."""
    kinds: Sequence[Callable[[Page, str, str], tuple[str, Pair] | None]]
    kinds = (_insertion, _removal, _another_number, _paragraph, _replacement)
    made = 0
    for page in found:
        new = _sentence_of_another(page, found)
        if new is None:
            continue
        # The next kind is tried where the page does not allow this one.
        for turn in range(len(kinds)):
            place = page.places[len(page.places) // 2]
            edit = kinds[(made + turn) % len(kinds)](page, place, new)
            if edit is None:
                continue
            second = capture(page.url, edit[0], 1)
            if second is not None:
                made += 1
                yield replace(edit[1], second=second)
            break


def furniture_pairs(found: Sequence[Page]) -> Iterator[Pair]:
    """Yield a pair that differs in furniture alone for each page; the kinds take turns."""
    kinds = (_caption, _also, _moved_teaser, _most_read, _newsletter)
    made = 0
    for page in found:
        other = _sentence_of_another(page, found)
        closing = (_END.match(page.html, _after(place, page)) for place in page.places)
        ends = [match.end() for match in closing if match is not None]
        if other is None or len(ends) < 2:
            continue
        make = kinds[made % len(kinds)]
        before, after = make(page, other, ends)
        first, second = capture(page.url, before, 0), capture(page.url, after, 1)
        if first is not None and second is not None:
            made += 1
            yield Pair(make.__name__.strip("_"), first, second)


def _sentence_of_another(page: Page, found: Sequence[Page]) -> str | None:
    """Return a sentence of another page in the page's language, the next in order."""
    at = found.index(page)
    for other in (*found[at + 1 :], *found[:at]):
        if other.language != page.language or other.url == page.url:
            continue
        for sentence in other.places:
            is_plain = sentence.endswith(_CLOSED) and not _PLAIN.search(sentence)
            if is_plain and sentence not in page.html:
                return sentence
    return None


def _after(place: str, page: Page) -> int:
    return page.html.find(place) + len(place)


def _insertion(page: Page, place: str, new: str) -> tuple[str, Pair]:
    edited = page.html.replace(place, f"{place} {new}")
    return edited, Pair("insertion", page.extracted, page.extracted, (new,))


def _removal(page: Page, place: str, new: str) -> tuple[str, Pair]:
    edited = page.html.replace(place, "")
    return edited, Pair("removal", page.extracted, page.extracted, (), 1)


def _another_number(page: Page, place: str, new: str) -> tuple[str, Pair] | None:
    for each in page.places:
        match = _DIGIT.search(each)
        if match is None:
            continue
        number = next(
            str(n)
            for n in range(int(match[0]) + 1, 999)
            if str(n) not in page.extracted.article.text
        )
        changed = each[: match.start()] + number + each[match.end() :]
        edited = page.html.replace(each, changed)
        return edited, Pair("number", page.extracted, page.extracted, (changed,), 1, number)
    return None


def _paragraph(page: Page, place: str, new: str) -> tuple[str, Pair] | None:
    if page.html.count(place) != 1:
        return None
    end = _END.match(page.html, _after(place, page))
    if end is None:
        return None
    edited = f"{page.html[: end.end()]}<p>{new}</p>{page.html[end.end() :]}"
    return edited, Pair("paragraph", page.extracted, page.extracted, (new,))


def _replacement(page: Page, place: str, new: str) -> tuple[str, Pair]:
    edited = page.html.replace(place, new)
    return edited, Pair("replacement", page.extracted, page.extracted, (new,), 1)


def _put(page: str, *boxes: tuple[int, str]) -> str:
    for at, box in sorted(boxes, reverse=True):
        page = page[:at] + box + page[at:]
    return page


def _caption(page: Page, other: str, ends: list[int]) -> tuple[str, str]:
    if _CAPTION.search(page.html):
        return page.html, _CAPTION.sub(lambda m: f"{m[1]}{other}{m[2]}", page.html, count=1)
    box = "<figure><img src='/a.jpg' alt=''><figcaption>{}</figcaption></figure>"
    at = ends[len(ends) // 2]
    first = page.places[0]
    return _put(page.html, (at, box.format(first))), _put(page.html, (at, box.format(other)))


def _also(page: Page, other: str, ends: list[int]) -> tuple[str, str]:
    words = ALSO.get(page.language, ALSO["en"])
    headline = other.rstrip(".。!?")[:90]
    box = f"<p><strong>{words}</strong> <a href='/2026/other-article'>{headline}</a></p>"
    return page.html, _put(page.html, (ends[len(ends) // 2], box))


def _moved_teaser(page: Page, other: str, ends: list[int]) -> tuple[str, str]:
    box = (
        "<aside class='related-teaser'><h3><a href='/2026/other-article'>"
        f"{other.rstrip('.')[:70]}</a></h3><p>{other}</p></aside>"
    )
    return _put(page.html, (ends[0], box)), _put(page.html, (ends[-1], box))


def _most_read(page: Page, other: str, ends: list[int]) -> tuple[str, str]:
    box = (
        "<div class='most-read'><h2>Most read</h2><ol><li><a href='/2026/one'>{}</a></li><li>"
        "<a href='/2026/two'>{}</a></li></ol><span class='comments'>{} comments</span></div>"
    )
    title = page.extracted.article.title
    before, after = box.format(title, other, 3), box.format(other, title, 17)
    return _at_end(page.html, before), _at_end(page.html, after)


def _at_end(page: str, box: str) -> str:
    at = page.rfind("</body>")
    return _put(page, (at if at >= 0 else len(page), box))


def _newsletter(page: Page, other: str, ends: list[int]) -> tuple[str, str]:
    box = (
        "<div class='newsletter-signup'><p>Get the morning briefing in your inbox.</p><form>"
        "<input type='email'><button>Sign up</button></form></div>"
    )
    return page.html, _put(page.html, (ends[len(ends) // 2], box))
