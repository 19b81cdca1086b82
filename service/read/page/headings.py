"""The headings that a page shows: which of them are headlines, and which the site's own."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from lxml.html import HtmlElement

from service.read.page.blocks import Block, names_of
from service.read.page.paragraph import WORD, count_words, normalise_words, squeeze
from service.read.page.references import resolve_references
from service.read.page.site import is_site

BANNER_SEPARATORS = "|-–—·•»›«｜"
LONGEST_HEADING = 2_000  # characters that are read of a heading
SHORTEST_HEADING = 3  # words of a heading that may be used as title
HEADING_LEVELS = 3  # innermost elements around a text that may be its heading
AGREEING = 0.34  # share of the words that the visible heading has in common with another title ...
AGREEING_SEVERAL = 0.2  # ... and the same if they are at least two
MOST_PIECES = 40  # pieces of text in a heading that are looked at
FRONT_PAGE = re.compile(r"(?:https?:)?(?://[^/?#]++)?/?(?:index\.\w{2,5}|home|[a-z]{2}/?)?")
BREAK = re.compile(r"<(?:br|/?p|/?div)\b[^<>]{0,100}>", re.I)
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
LAST = re.compile(r"\w[^\W\d_A-ZÀ-Þ]$")  # a word's last letter, not a capital
CRUMB = re.compile(r"bread-?crumb|(?:^|[\s_-])crumbs?\b|brotkrume|ariane|migas", re.I)


def visible_headings(blocks: Sequence[Block], site_name: str | None, host: str) -> list[str]:
    """Return the texts of the `h1` elements that the page shows, without the site's own name: an
    `h1` that links to the front page, or is the name itself.

    Some sites put an `h1` for search engines at the end of the breadcrumb, in small print, and set
    the headline as the first `h2` after it, as ten of the labelled German, Austrian and Swiss pages
    do. Then that `h2` is returned instead.
    """
    crumbs = [index for index, block in enumerate(blocks) if is_in_crumb(block)]
    texts = texts_of(blocks, "h1", {id(blocks[index]) for index in crumbs})
    if crumbs and not texts:
        texts = heading_after(blocks, crumbs[-1]) or texts_of(blocks, "h1")
    return [
        text[:LONGEST_HEADING]
        for element, parts in texts.items()
        if (text := clean_title(part_glued(element, " ".join(parts))))
        and not is_logo(element, text, site_name, host)
    ]


def part_glued(heading: HtmlElement, text: str) -> str:
    """Return a heading's text with a space where its layout parts a kicker from the headline:
    `Migration` and `Chiesa` in elements of their own, with nothing between them."""
    pieces = [piece for piece in islice(heading.itertext(), MOST_PIECES) if WORD.search(piece)]
    for before, after in pairwise(pieces):
        if LAST.search(before) and after[0].isupper():
            last, first = before.split()[-1], after.split()[0]
            text = text.replace(f"{last}{first}", f"{last} {first}", 1)
    return text


def texts_of(
    blocks: Sequence[Block], tag: str, left_out: set[int] | frozenset[int] = frozenset()
) -> dict[HtmlElement, list[str]]:
    """Return the texts in each heading of one level, without those of the blocks `left_out`."""
    texts: dict[HtmlElement, list[str]] = {}
    for block in blocks:
        for element in block.path[-HEADING_LEVELS:]:
            if element.tag == tag and id(block) not in left_out:
                texts.setdefault(element, []).append(block.text)
    return texts


def lower_headings(blocks: Sequence[Block]) -> list[str]:
    """Return the texts of some words in `h2` and `h3`, for pages without an `h1`."""
    found = [*texts_of(blocks, "h2").values(), *texts_of(blocks, "h3").values()]
    texts = [clean_title(" ".join(parts)[:LONGEST_HEADING]) for parts in found]
    return [text for text in texts if count_words(text) >= SHORTEST_HEADING]


def is_in_crumb(block: Block) -> bool:
    """Whether a block is an `h1` in a breadcrumb or menu."""
    return any(element.tag == "h1" for element in block.path[-HEADING_LEVELS:]) and any(
        element.tag == "nav" or CRUMB.search(names_of(element)) for element in block.path
    )


def heading_after(blocks: Sequence[Block], crumb: int) -> dict[HtmlElement, list[str]]:
    """Return the first `h2` of some words between a breadcrumb and the first paragraph, if any."""
    end = next((i for i in range(crumb + 1, len(blocks)) if blocks[i].weight), len(blocks))
    for element, parts in texts_of(blocks[crumb + 1 : end], "h2").items():
        if count_words(" ".join(parts)) >= SHORTEST_HEADING:
            return {element: parts}
    return {}


def is_logo(heading: HtmlElement, text: str, site_name: str | None, host: str) -> bool:
    """Whether a heading is the site's name or logo."""
    if is_site(text, site_name, host):
        return True
    link = next(heading.iter("a"), None)
    if link is None:
        link = next((each for each in islice(heading.iterancestors(), 2) if each.tag == "a"), None)
    return link is not None and FRONT_PAGE.fullmatch(link.get("href") or "") is not None


def seen_heading(headings: Sequence[str], titles: Sequence[str]) -> str:
    """Return the first heading of three words or more that agrees with one of the titles (see
    `agrees`); empty if none does.

    Of several headings the later ones are those of boxes and sections. (On 18 labelled pages with
    several, the first that agrees is the headline of 17.)
    """
    long = dict.fromkeys(text for text in headings if count_words(text) >= SHORTEST_HEADING)
    if len(long) > 1 and not any(titles):
        return ""
    return next((text for text in long if agrees(text, titles)), "")


def agrees(heading: str, titles: Sequence[str]) -> bool:
    """Whether a heading has a fair share of its words in one of the titles, or there are none."""
    words = set(normalise_words(heading).split())
    others = [set(normalise_words(title).split()) for title in titles if title]
    if not heading or not others:
        return bool(heading)
    return any(are_alike(words, other) for other in others)


def are_alike(one: set[str], other: set[str]) -> bool:
    """Whether two titles have a fair share of the shorter one's words in common."""
    shorter, common = min(len(one), len(other)), len(one & other)
    return common >= (AGREEING_SEVERAL if common > 1 else AGREEING) * shorter


def find_banner(headings: Sequence[str], page_title: str) -> str | None:
    """Return the heading that is the site's name, as on many small sites: the part of the page's
    title after its last separator. (After a colon comes the headline itself.)"""
    for text in headings:
        rest = page_title.removesuffix(text).rstrip()
        if rest and rest != page_title and rest[-1] in BANNER_SEPARATORS:
            return text if count_words(text) < count_words(rest) else None
    return None


def clean_title(title: str) -> str:
    """Return a title on one line, without the markup and the doubly encoded references that some
    systems put into it."""
    if "<" in title:
        title = MARKUP.sub("", BREAK.sub(" ", title))
    return squeeze(resolve_references(title))
