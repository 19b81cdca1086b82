"""The headline: which of a page's titles to believe, and without the site's name."""

import re

from lxml.html import HtmlElement

from service.page.facts import Facts
from service.page.head import Head
from service.page.paragraph import count_words, fold_words, squeeze

PARTED = re.compile(r"\s+[|\-–—·•»:/]+\s+|\s*[|｜]\s*")
LONGEST = 300


def choose_title(
    tree: HtmlElement, head: Head, facts: Facts, site_name: str | None, repeated: str
) -> str:
    """The title, by source: JSON-LD, the main heading, OpenGraph, `repeated` (a line that the
    text shows to be its title), the `title` element."""
    heading = main_heading(tree, head)
    for candidate in (
        facts.text("headline"),
        heading,
        head.meta("og:title", "twitter:title"),
        repeated,
        head.title,
    ):
        title = strip_site(candidate or "", site_name)
        if 3 <= len(title) <= LONGEST:
            return title
    return ""


def main_heading(tree: HtmlElement, head: Head) -> str | None:
    """The `h1` that the page's title repeats, or its only one."""
    headings = [squeeze(element.text_content()) for element in tree.iter("h1")]
    headings = [text for text in headings if text]
    known = fold_words(f"{head.title or ''} {head.meta('og:title') or ''}")
    for text in headings:
        if count_words(text) >= 3 and fold_words(text) in known:
            return text
    return headings[0] if len(headings) == 1 and count_words(headings[0]) >= 3 else None


def strip_site(title: str, site_name: str | None) -> str:
    """The title without the site's name at its end or beginning."""
    title = squeeze(title)
    site = fold_words(site_name or "")
    parts = PARTED.split(title)
    if len(parts) < 2 or not site:
        return title
    for part in (parts[-1], parts[0]):
        folded = fold_words(part)
        if folded and (folded == site or folded in site or site in folded):
            at_end = part is parts[-1]
            rest = title[: title.rindex(part)] if at_end else title[len(part) :]
            return rest.strip(" |-–—·•»:/｜")
    return title
