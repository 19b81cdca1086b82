"""The headline: which of a page's titles to believe, and without the site's name."""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from service.page.facts import Facts
from service.page.head import Head
from service.page.paragraph import count_words, fold_words, squeeze
from service.page.site_name import is_site, names_site

PARTED = re.compile(
    r"\s+[|\-–—·•»:/*]+\s+|\s*[|｜]\s*|：|--|:\s+"
    r"|(?<=[\u3000-\u9fff\uff00-\uffef])[-_](?=[\u3400-\u9fff]{2,10}$)"
)
DAY = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{4}$")
QUOTED = re.compile(r"^[\"“„«»'‘‚]")
CHINESE_SITE = re.compile(r"^[\u3400-\u9fff]{1,9}[网網]$")
SEPARATORS = " |-–—·•»:/｜：*_"
BANNER_MARKS = "|-–—·•»›«｜"
LONGEST = 300
SHORTEST_PART = 5  # words of an OpenGraph title that may stand for a longer headline
SHORTEST_HEADING = 3  # words of a heading that may stand for a title
SHORTEST_CUT = 100  # characters; search engines ask for headlines of at most 110


def choose_title(
    main: Iterable[HtmlElement],
    head: Head,
    facts: Facts,
    site_name: str | None,
    host: str,
    repeated: str,
) -> str:
    """The title, by source: JSON-LD, OpenGraph, the main heading, `repeated` (a line that the
    text shows to be its title), the `title` element.

    Of JSON-LD's headline and an OpenGraph title that is its beginning or end, the shorter one:
    the rest is a kicker, or written for search engines. Where the title begins or ends with a
    whole `h1`, that is all of it (see `visible_part`).

    Right on 91 of the 103 labelled training pages and 234 of 268 news pages of trafilatura's
    public comparison (there 222 without the headings and the mended cuts). Did not pay, training
    / comparison: without the shorter one 89 / 219, OpenGraph where the heading agrees 88 / 227,
    where `title` agrees as well 89 / 224; with OpenGraph first 84, with the heading first 77.
    """
    page_title = strip_site(head.title or "", site_name, host)
    headings = read_headings(main)
    if banner := find_banner(headings, head.title or ""):
        headings.remove(banner)
        page_title = page_title.removesuffix(banner).rstrip(SEPARATORS) or page_title
    headline = strip_site(facts.text("headline") or "", site_name, host)
    headline = restore_end(headline, headings)
    social = strip_site(head.meta("og:title", "twitter:title") or "", site_name, host)
    social = restore_quote(social, page_title)
    if is_part(social, headline):
        headline = social
    for candidate in (headline, social, main_heading(headings, head), repeated, page_title):
        title = strip_site(candidate, site_name, host)
        if 3 <= len(title) <= LONGEST:
            return visible_part(title, headings)
    return ""


def is_part(short: str, long: str, shortest: int = SHORTEST_PART) -> bool:
    """Whether one title, of so many words at least, is the beginning or the end of the other."""
    one, other = fold_words(short), fold_words(long)
    if one == other or len(one.split()) < shortest:
        return False
    return other.startswith(one + " ") or other.endswith(" " + one)


def visible_part(title: str, headings: Sequence[str]) -> str:
    """The heading that the title begins or ends with, if there is one, else the title.

    What such a title has besides is for those who do not see the page: section, topic, date. Parts
    of a heading do not count: half of the publishers that set a kicker into it mean it as a part
    of the title (training 83 instead of 91, comparison the same).
    """
    return next((text for text in headings if is_part(text, title, SHORTEST_HEADING)), title)


def restore_end(title: str, headings: Sequence[str]) -> str:
    """The heading that goes on where a title was cut for its length, else the title."""
    if len(title) < SHORTEST_CUT and not title.endswith(("...", "…")):
        return title
    begin = fold_words(title)
    return next((text for text in headings if fold_words(text).startswith(begin)), title)


def restore_quote(title: str, page_title: str) -> str:
    """The page's title where a quotation mark in it ended the attribute that repeats it."""
    if title and page_title.startswith(title) and page_title[len(title) :].lstrip()[:1] == '"':
        return page_title
    return title


def read_headings(elements: Iterable[HtmlElement]) -> list[str]:
    """Texts of the `h1` elements, without empty ones."""
    return [text for element in elements if (text := squeeze(element.text_content()))]


def find_banner(headings: Sequence[str], page_title: str) -> str | None:
    """The heading that is the site's name, as many small sites set it: what the page's title has
    after its last separator. (After a colon stands the headline itself.)"""
    for text in headings:
        rest = page_title.removesuffix(text).rstrip()
        if rest and rest != page_title and rest[-1] in BANNER_MARKS:
            return text
    return None


def main_heading(headings: Sequence[str], head: Head) -> str:
    """The `h1` that the page's title repeats, or its only one; empty where there is neither."""
    known = fold_words(f"{head.title or ''} {head.meta('og:title') or ''}")
    for text in headings:
        if count_words(text) >= SHORTEST_HEADING and fold_words(text) in known:
            return text
    return (
        headings[0] if len(headings) == 1 and count_words(headings[0]) >= SHORTEST_HEADING else ""
    )


def strip_site(title: str, site_name: str | None, host: str) -> str:
    """The title without the site's name, or a date, at its end or beginning."""
    title = squeeze(title)
    while len(parts := PARTED.split(title)) >= 2:
        if ends_title(parts[-1], site_name, host):
            rest = title[: title.rindex(parts[-1])]
        elif is_site(parts[0], site_name, host):
            rest = title[len(parts[0]) :]
        else:
            break
        rest = rest.strip(SEPARATORS)
        if len(rest) < 3:
            break
        title = rest
    return title


def ends_title(part: str, site_name: str | None, host: str) -> bool:
    """Whether the last part of a title is the site's name or a date. What is in quotation marks is
    neither, whatever words of the site's name it has."""
    if QUOTED.match(part):
        return False
    return bool(names_site(part, site_name, host) or DAY.match(part) or CHINESE_SITE.match(part))
