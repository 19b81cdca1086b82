"""What the attributes of an element say of it: that it is hidden, furniture, or a credit.

An element's signs are bits of one number, so that its attributes are asked for and gone through
once, whoever wants to know.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from service.page.credit_places import links_author, place_of
from service.page.furniture_names import KEPT, KEPT_WHOLE, is_furniture_name, split_names

HIDDEN, FURNITURE, BYLINE, SOURCE, AUTHOR_LINK = 1, 2, 4, 8, 16
CREDIT = BYLINE | SOURCE | AUTHOR_LINK
FURNITURE_ROLES = {
    "navigation", "complementary", "banner", "contentinfo", "search", "dialog", "form", "menu",
}  # fmt: skip
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def signs_of(attributes: Iterable[tuple[str, str]]) -> int:
    """The signs of an element with these attributes."""
    signs = 0
    for name, value in attributes:
        read = READ.get(name)
        if read is not None:
            signs |= read(value)
    return signs


@lru_cache(maxsize=KEPT_WHOLE)
def read_names(names: str) -> int:
    """The signs of a class or id as a whole: many elements have the same."""
    signs = 0
    for name in split_names(names):
        signs |= read_name(name)
    return signs


@lru_cache(maxsize=2 * KEPT)  # every name that is printed is asked for here
def read_name(name: str) -> int:
    """The signs of a single name."""
    furniture = FURNITURE if is_furniture_name(name) else 0
    place = place_of(name)
    return furniture if place is None else furniture | (BYLINE if place == "byline" else SOURCE)


def read_other_names(names: str) -> int:
    """The signs of names for machines, which tell of credits only."""
    return read_names(names) & ~FURNITURE


def read_role(role: str) -> int:
    """The sign of a role."""
    return FURNITURE if role in FURNITURE_ROLES else 0


def read_link(address: str) -> int:
    """The sign of where an element links to."""
    return AUTHOR_LINK if links_author(address) else 0


def read_style(style: str) -> int:
    """The sign of an element's own style."""
    return HIDDEN if HIDING_STYLE.search(style) else 0


READ: Mapping[str, Callable[[str], int]] = {
    "class": read_names,
    "id": read_names,
    "itemprop": read_other_names,
    "rel": read_other_names,
    "data-testid": read_other_names,
    "href": read_link,
    "role": read_role,
    "style": read_style,
    "hidden": lambda value: HIDDEN,
    "aria-hidden": lambda value: HIDDEN if value == "true" else 0,
}
"""By attribute, what reads its value."""
