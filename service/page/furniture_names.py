"""Which class and id names mark an element as furniture: what stands around an article."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

# Whole words of a class name, after camelCase and BEM marks are opened up. Not among them, as
# articles' own pieces are named so too, while captions go by where they stand: `image` (a
# paragraph beside its picture), `video` (on the training pages body F1 of aeb .9831 to .9845
# without it), `toc` (fundus .9767 to .9770).
WORDS = r"""
nav(?:bar|igation)? menu breadcrumbs? crumbs? footer sidebar aside widget toolbar tools
comments? commentlist respond disqus discussion
related\w* recommend\w* recirc\w* read-?more more-?(?:on|stories|news|articles|from) also-?read
see-?also most-?(?:read|popular|viewed) popular trending outbrain taboola teasers? teaser-?\w*
promo\w* newsletter\w* sign-?up subscri\w* paywall piano share\w* sharing social\w* addthis follow
ads? advert\w* banner sponsor\w* commercial cookie\w* consent gdpr modal popup overlay tooltip
login register caption\w* credits? copyright gallery-?\w* slideshow
media-?info photo picture bildunterschrift bild foto byline\w* authors? author\w* bio dateline
timestamp published pubdate meta tags? topics? keywords categories pagination pager print-?only
hidden visually-?hidden sr-?only screen-?reader\w* accessib\w* skip rating vote poll survey quiz
donat\w* infobox fact-?box player audio-?\w* podcast\w* disclaimer feedback jump
table-of-contents
"""


def by_first_letter(words: Iterable[str]) -> str:
    """A pattern of words that asks for the first letter once for all that begin with it."""
    rests: dict[str, list[str]] = defaultdict(list)
    for word in words:
        rests[word[0]].append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items())


# All patterns are for names in lower case: matching without regard to case is far slower. This one
# is for a name behind a hyphen, so that every word in it has a mark before it to be found by.
FURNITURE = re.compile(rf"[\s_-](?:{by_first_letter(WORDS.split())})(?=$|[\s_-])")

# Names that an article's own wrapper hardly bears.
SURE = re.compile(
    r"comment|related|recommend|recirc|promo|teaser|outbrain|taboola|newsletter|most-?read"
    r"|most-?popular|trending|footer|nav|menu|cookie|consent|gdpr|modal|popup",
)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

STANDFIRST = re.compile(
    r"summary|summery|standfirst|stand-first|excerpt|lead\b|lead-|-lead|lede|intro|dek\b|deck\b"
    r"|description|sub-?title|vorspann|abstract|sub-?head|subline|chapeau|entradilla|bajada"
    r"|sommario|ingress|manchet|perex|preamble|kicker-?text|teaser-?text|hook|resume|occhiello"
    r"|anrisstext",
)

PICTURE = re.compile(
    r"caption|photo|(?:image|img|media|picture|video)[_-]*(?:credit|source|author|copyright)"
    r"|bild|foto|figure|thumb|gallery",
)


# Verdicts are kept by single name and not by the whole attribute: ids and modifiers make most
# attributes unlike any seen before, but not the names that they are made of. No pattern above
# reaches over a blank, so the parts tell what the whole would.
KEPT = 32_768
KEPT_WHOLE = 8_192  # of whole attributes, since the elements of one page share them
LONGEST = 300  # characters of a name; what is longer is none, and not to be kept


def split_names(names: str) -> list[str]:
    """The single names of a class attribute, or of several joined by spaces."""
    parts = names.split()
    return parts if len(names) <= LONGEST else [part for part in parts if len(part) <= LONGEST]


def is_furniture_name(name: str) -> bool:
    """Whether a single name is one of furniture."""
    return FURNITURE.search(f"-{open_up(name)}") is not None


def is_sure_name(names: str) -> bool:
    """Whether class and id name furniture that no article is wrapped in."""
    return any(map(_is_sure, split_names(names)))


def is_standfirst_name(names: str) -> bool:
    """Whether class and id name the paragraph that introduces an article."""
    return any(map(_is_standfirst, split_names(names)))


def is_picture_name(names: str) -> bool:
    """Whether class and id name a picture, or what is written about one."""
    return any(map(_is_picture, split_names(names)))


@lru_cache(maxsize=KEPT)
def _is_sure(name: str) -> bool:
    return SURE.search(name.lower()) is not None


@lru_cache(maxsize=KEPT)
def _is_standfirst(name: str) -> bool:
    return STANDFIRST.search(open_up(name)) is not None


@lru_cache(maxsize=KEPT)
def _is_picture(name: str) -> bool:
    return PICTURE.search(name.lower()) is not None


def open_up(name: str) -> str:
    """`articleBody__leadText` as `article-body-lead-text`."""
    lowered = name.lower()
    if lowered != name:
        lowered = CAMEL.sub("-", name).lower()
    return lowered.replace("__", "-")
