"""A row of the plan and the site's layout become one HTML document."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TypeVar
from zlib import crc32

from jinja2 import Environment, FunctionLoader, StrictUndefined

from service.local.sample.plan import PageRow, Plan
from service.local.sample.sites import Site
from service.local.sample.slugs import slug
from service.local.sample.texts import story_text
from service.local.sample.typography import typeset

LATEST = 5  # links to the site's own earlier pages

T = TypeVar("T")


def render_page(plan: Plan, number: int, site: Site) -> str:
    """The document of the plan's page of this number.

    A template sees `site`, `page` (its row), `url`, `domain`, `id` (a number of its own),
    `canonical`, `paragraphs` (dateline in the first), `trailer`, `latest` (the site's earlier
    pages) and `pick(pool, n)`, which draws from a pool by the page's URL.
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
    """Autoescaping, and strict: a name that a template misspells is an error."""
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
    """The source of a template in this package."""
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def body_text(plan: Plan, row: PageRow) -> list[str]:
    """The article's paragraphs, the dateline joined to the first; none for a page without text."""
    if row.story is None:
        return []
    paragraphs = list(story_text(row.story, row.text))
    dateline = plan.stories[row.story].dateline if row.dateline is None else row.dateline
    if dateline:
        paragraphs[0] = f"{dateline} {paragraphs[0]}"
    return paragraphs


def trailer(plan: Plan, row: PageRow) -> tuple[str, ...]:
    """The closing lines: the page's own, or else the story's."""
    if row.trailer is not None:
        return row.trailer
    return plan.stories[row.story].trailer if row.story is not None else ()


def latest(plan: Plan, row: PageRow) -> list[PageRow]:
    """The site's pages fetched before this one was first fetched, newest first.

    Counted from the first fetch, so that fetching a page again brings the same bytes.
    """
    first = next(n for n, other in enumerate(plan.pages) if other.url == row.url)
    earlier: dict[str, PageRow] = {}
    for other in plan.pages[:first]:
        if other.site == row.site and other.headline and other.url is not None:
            earlier[other.url] = other
    return list(earlier.values())[: -LATEST - 1 : -1]


def draw(pool: Sequence[T], count: int, seed: str) -> list[T]:
    """`count` items of the pool, chosen and ordered by the seed alone."""
    return sorted(pool, key=lambda item: sha256(f"{seed} {item}".encode()).digest())[:count]
