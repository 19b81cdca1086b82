"""Renders a row of the plan with the layout of its site to an HTML document."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TypeVar
from zlib import crc32

from jinja2 import Environment, FunctionLoader, StrictUndefined

from service.local.sample.plan import PageRow, Plan
from service.local.sample.sites import Quotes, Site
from service.local.sample.texts import story_text

OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """The first twelve words in lower-case ASCII, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(OTHER.sub(" ", plain).split()[:12])


OPENING = re.compile(r"(?<![^\s(\[—–-])\"")
APOSTROPHE = re.compile(r"(?<=\w)'")
NO_BREAK = "\u00a0"


def typeset(text: str, quotes: Quotes) -> str:
    """Replace straight quotes by `curly` ones or `guillemets`, and guillemets by `low` German
    quotes."""
    if quotes == "curly":
        text = OPENING.sub("“", text).replace('"', "”")
        return APOSTROPHE.sub("’", text)
    if quotes == "guillemets":
        text = OPENING.sub(f"«{NO_BREAK}", text).replace('"', f"{NO_BREAK}»")
        return APOSTROPHE.sub("’", text)
    if quotes == "low":
        return text.replace("«", "„").replace("»", "“")
    return text


LATEST = 5  # links to the site's own earlier pages

T = TypeVar("T")


def render_page(plan: Plan, number: int, site: Site) -> str:
    """The HTML document of one page of the plan.

    Templates have the variables `site`, `page` (the row), `url`, `domain`, `id` (a number derived
    from the URL), `canonical`, `paragraphs` (the first with the dateline), `trailer`, `latest` (the
    site's earlier pages) and `pick(pool, n)`, which chooses from a pool by the page's URL.

    Args:
        number: index of the page in the plan.
    """
    row = plan.pages[number]
    url = row.url or f"https://{site.host}/"
    return (
        environment()
        .get_template(f"{row.template or site.template}.html.j2")
        .render(
            site=site,
            page=row,
            url=url,
            domain=site.host.removeprefix("www."),
            id=crc32(url.encode()) % 10_000_000,
            canonical=row.canonical or url,
            paragraphs=[typeset(paragraph, site.quotes) for paragraph in body_text(plan, row)],
            trailer=trailer(plan, row),
            latest=latest(plan, row),
            pick=lambda pool, count: draw(pool, count, f"{url} {row.shuffle}"),
        )
    )


@cache
def environment() -> Environment:
    """The template environment: output is escaped, and undefined names are errors."""
    made = Environment(
        loader=FunctionLoader(read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["slug"] = slug
    return made


def read_template(name: str) -> str:
    """Source of a template of this package."""
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def body_text(plan: Plan, row: PageRow) -> list[str]:
    """The article's paragraphs, the first with the dateline; none for a page without text."""
    if row.story is None:
        return []
    paragraphs = list(story_text(row.story, row.text))
    dateline = plan.stories[row.story].dateline if row.dateline is None else row.dateline
    if dateline:
        paragraphs[0] = f"{dateline} {paragraphs[0]}"
    return paragraphs


def trailer(plan: Plan, row: PageRow) -> tuple[str, ...]:
    """The closing lines: the page's own, else the story's."""
    if row.trailer is not None:
        return row.trailer
    return plan.stories[row.story].trailer if row.story is not None else ()


def latest(plan: Plan, row: PageRow) -> list[PageRow]:
    """The site's pages that were fetched before the first fetch of this one, newest first.

    Counted from the first fetch, so that a second fetch of a page gives the same bytes.
    """
    first = next(n for n, other in enumerate(plan.pages) if other.url == row.url)
    earlier: dict[str, PageRow] = {}
    for other in plan.pages[:first]:
        if other.site == row.site and other.headline and other.url is not None:
            earlier[other.url] = other
    return list(earlier.values())[: -LATEST - 1 : -1]


def draw(pool: Sequence[T], count: int, seed: str) -> list[T]:
    """`count` items of the pool, in an order that depends only on the seed."""
    return sorted(pool, key=lambda item: sha256(f"{seed} {item}".encode()).digest())[:count]
