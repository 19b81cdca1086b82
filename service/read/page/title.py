"""Choose the headline among a page's titles and remove the site's name from it."""

import re
from collections.abc import Iterable, Sequence

from service.contract.article import OtherTitle
from service.read.attribution.revision import begins_with_marker, ends_with_marker
from service.read.page.blocks import Block
from service.read.page.head import Head
from service.read.page.headings import (
    SHORTEST_HEADING,
    clean_title,
    find_banner,
    lower_headings,
    seen_heading,
    visible_headings,
)
from service.read.page.paragraph import count_words, normalise_words
from service.read.page.site import is_site, names_site
from service.read.page.structured_data import Facts

PARTED = re.compile(
    r"(?<!\s)\s++[|\-–—·•»:/*]++\s++|(?:(?<!\s)\s++)?[|｜]\s*+|：|--|:\s++"
    r"|(?<=[\u3000-\u9fff\uff00-\uffef])[-_](?=[\u3400-\u9fff]{2,10}$)"
)
DAY = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{4}$")
DOMAIN = re.compile(r"(?:www\.)?[\w-]{2,40}\.(?:com|org|net|info|co\.[a-z]{2}|com\.[a-z]{2})", re.I)
QUOTED = re.compile(r"^[\"“„«»'‘‚]")
CHINESE_SITE = re.compile(r"^[\u3400-\u9fff]{1,9}[网網]$")
BEFORE_SLOGAN = tuple("|-–—·•»")
SEPARATORS = " |-–—·•»:/｜：*_"
SHORTEST, LONGEST = 3, 300  # characters
MOST_CUTS = 10  # parts that are cut from one title
SHORTEST_PART = 5  # words of an OpenGraph title that may replace a longer headline
LONGEST_KICKER = 6  # words before the headline in its heading
SHORTEST_CUT = 100  # characters of a title that may be cut; search engines ask for at most 110


def choose_title(
    blocks: Sequence[Block],
    head: Head,
    facts: Facts,
    site_name: str | None,
    host: str,
    repeated: str,
    sections: Sequence[str] = (),
) -> tuple[str, tuple[OtherTitle, ...]]:
    """Return the title, or an empty string if there is none; and the titles that differ from it.

    What the reader saw comes first: the first visible `h1` of three words or more that agrees with
    one of the page's other titles (see `seen_heading`). Then in order: JSON-LD, OpenGraph, the
    heading that the page's title repeats, `repeated` (a line of the text that repeats the line
    before it), the `title` element. An OpenGraph title that is the beginning or end of JSON-LD's
    headline replaces it: the rest is a kicker, or written for search engines. If the title begins
    or ends with a whole `h1`, the `h1` is used (see `visible_part`).

    Args:
        sections: what the page and its address call its section; cut from the end of the title.
    """
    page_title = strip_site(head.title or "", site_name, host)
    headings = visible_headings(blocks, site_name, host)
    if banner := find_banner(headings, head.title or ""):
        headings.remove(banner)
        page_title = page_title.removesuffix(banner).rstrip(SEPARATORS) or page_title
    headline = strip_site(facts.text("headline") or "", site_name, host)
    headline = restore_end(headline, headings)
    social = strip_site(head.meta("og:title", "twitter:title") or "", site_name, host)
    social = restore_quote(social, page_title)
    if is_part(social, headline):
        headline = social
    titles = [headline, social, page_title]
    seen = strip_site(seen_heading(headings, titles), site_name, host)
    seen = without_kicker(seen, [social, headline, page_title])
    for candidate in (seen, headline, social, main_heading(headings, head), repeated, page_title):
        title = strip_site(candidate, site_name, host)
        if SHORTEST <= len(title) <= LONGEST:
            title = visible_part(title, headings)
            if not seen:
                title = part_seen(title, lower_headings(blocks))
            title = strip_section(title, sections)
            break
    else:
        title = ""
    named = (("declared", headline), ("social", social), ("page", page_title))
    return title, find_others(title, named)


def find_others(title: str, named: Iterable[tuple[str, str]]) -> tuple[OtherTitle, ...]:
    """Return the titles of a page with other words than the chosen one, each once."""
    found = {normalise_words(title): OtherTitle(role="", text="")}
    for role, text in named:
        if 3 <= len(text) <= LONGEST:
            found.setdefault(normalise_words(text), OtherTitle(role=role, text=text))
    return tuple(other for other in found.values() if other.role)


def without_kicker(heading: str, titles: Sequence[str]) -> str:
    """Return the title that a heading ends with, if only a few words stand before it and the first
    of the titles does not have them too; else the heading. Of a heading and the first title in the
    same words the title is returned: it has the signs that a heading leaves to its layout."""
    words = normalise_words(heading)
    first = next(filter(None, titles), "")
    if normalise_words(first) == words:
        return first or heading
    for title in titles:
        ending = normalise_words(title)
        before = words.removesuffix(" " + ending)
        short = before != words and len(before.split()) <= LONGEST_KICKER
        if short and is_part(title, heading, SHORTEST_HEADING):
            return title
    return heading


def is_part(short: str, long: str, shortest: int = SHORTEST_PART) -> bool:
    """Whether `short`, of at least `shortest` words, is the beginning or the end of `long`."""
    one, other = normalise_words(short), normalise_words(long)
    if one == other or len(one.split()) < shortest:
        return False
    return other.startswith(one + " ") or other.endswith(" " + one)


def visible_part(title: str, headings: Sequence[str]) -> str:
    """Return the heading that the title begins or ends with, if there is one, else the title.

    The rest of such a title is for readers who do not see the page: section, topic, date. Parts of
    a heading are not considered: half of the publishers that put a kicker into the heading mean it
    as part of the title (with parts: training 83 instead of 91, comparison the same).
    """
    return next((text for text in headings if is_part(text, title, SHORTEST_HEADING)), title)


def part_seen(title: str, headings: Iterable[str]) -> str:
    """Return the heading that a title begins with before a separator, else the title: the rest is a
    slogan, or a second line that only the title has."""
    for text in headings:
        rest = title.removeprefix(text)
        if rest != title and rest[:1].isspace() and rest.lstrip()[:1] in BEFORE_SLOGAN:
            return text
    return title


def strip_section(title: str, sections: Sequence[str]) -> str:
    """Return the title without the section's name at its end: `... | Opinion`."""
    before, separator, last = title.rpartition(" | ")
    if separator and normalise_words(last) in map(normalise_words, sections):
        return before.strip(SEPARATORS) or title
    return title


def restore_end(title: str, headings: Sequence[str]) -> str:
    """Return the heading that continues a title cut for its length, else the title."""
    if len(title) < SHORTEST_CUT and not title.endswith(("...", "…")):
        return title
    begin = normalise_words(title)
    return next((text for text in headings if normalise_words(text).startswith(begin)), title)


def restore_quote(title: str, page_title: str) -> str:
    """Return the page's title if a quotation mark in it cut off the attribute that holds `title`,
    else `title`."""
    if title and page_title.startswith(title) and page_title[len(title) :].lstrip()[:1] == '"':
        return page_title
    return title


def main_heading(headings: Sequence[str], head: Head) -> str:
    """Return the `h1` that the page's title repeats, or the only `h1`; empty if there is none."""
    page_titles = normalise_words(head.titles)
    for text in headings:
        if count_words(text) >= SHORTEST_HEADING and normalise_words(text) in page_titles:
            return text
    return (
        headings[0] if len(headings) == 1 and count_words(headings[0]) >= SHORTEST_HEADING else ""
    )


def strip_site(title: str, site_name: str | None, host: str) -> str:
    """Return the title without the site's name at its end or beginning, or a date at its end.

    A revision marker is not the site's name, even if it is spelled the same: what `KILL:` says of
    an article must not depend on its host.
    """
    title = clean_title(title)
    for _ in range(MOST_CUTS):
        parts = PARTED.split(title)
        if len(parts) < 2:
            break
        if ends_title(parts[-1], site_name, host) and not ends_with_marker(title):
            rest = title[: title.rindex(parts[-1])]
        elif begins_title(parts[0], site_name, host) and not begins_with_marker(title):
            rest = title[len(parts[0]) :]
        else:
            break
        rest = rest.strip(SEPARATORS)
        if len(rest) < 3:
            break
        title = rest
    return title


def begins_title(part: str, site_name: str | None, host: str) -> bool:
    """Whether the first part of a title is the site's name, or a domain name."""
    return is_site(part, site_name, host) or DOMAIN.fullmatch(part) is not None


def ends_title(part: str, site_name: str | None, host: str) -> bool:
    """Whether the last part of a title is the site's name or a date. A quotation is neither, even
    if it has words of the site's name."""
    if QUOTED.match(part):
        return False
    return bool(names_site(part, site_name, host) or DAY.match(part) or CHINESE_SITE.match(part))
