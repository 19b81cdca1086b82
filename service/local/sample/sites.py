"""The sites of the crawl: names, navigation, and the pools that boilerplate is chosen from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

Quotes = Literal["straight", "curly", "low", "guillemets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One web site.

    Attributes:
        template: name of its layout, `templates/<template>.html.j2`.
        language: BCP 47 tag in the pages' markup.
        quotes: style of its quotation marks (see `render.typeset`).
        charset: encoding of its pages.
        content_type: header of its pages, with or without a charset.
        nav: labels of its sections.
        teasers: (title, standfirst) pairs for lists of stories.
        headlines: titles without standfirsts, for "most read" boxes.
        comments: (name, text) pairs of readers.
        words: labels and texts that only its template uses.
    """

    name: str
    host: str
    template: str
    language: str
    tagline: str
    quotes: Quotes = "straight"
    charset: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    nav: tuple[str, ...] = ()
    teasers: tuple[tuple[str, str], ...] = ()
    headlines: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@cache
def load_site(key: str) -> Site:
    """Read `sites/<key>.toml`.

    Raises:
        TypeError: a key is not a field.
    """
    path = files(__package__).joinpath("sites", f"{key}.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    for pool in ("nav", "headlines"):
        table[pool] = tuple(table.get(pool, ()))
    for pool in ("teasers", "comments"):
        table[pool] = tuple((first, second) for first, second in table.get(pool, ()))
    return Site(**table)
