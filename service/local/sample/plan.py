"""The plan of the crawl: which site published which text, when it was fetched, what is expected."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from service.contract.story import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A text and the credits that its agency puts on it.

    Attributes:
        agency: key of the agency that wrote it; None for a site's own story.
        dateline: printed before the first paragraph, with its dash.
        trailer: closing lines (credits, notices), each a paragraph.
        translation_of: label of the story that the text is a translation of; None for any other.
    """

    language: str
    agency: str | None = None
    translation_of: str | None = None
    dateline: str = ""
    trailer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One fetch of one page. Only `site` and `fetched_at` are required.

    Attributes:
        story, text: label of the story, and name of the variant under `stories/`.
        outcome: `event`, `failed` or the code of a rejection.
        relation, agency: expected values, see `crawl.Expectation`.
        published, modified: as the site prints them, with its UTC offset.
        dateline, trailer: replace those of the story.
        advisory: an editor's line above the text, such as "(Adds details in paragraph 3)".
        source: text of the site's visible source element.
        canonical: target of the page's canonical link; None for the page itself.
        syndicated_from: URL in the page's syndication metadata.
        photo: caption with credit.
        robots: content of the robots meta element.
        template: replaces the site's.
        body: name of a body that is not a page, see `crawl.raw_body`.
        shuffle: seed of the links around the article; another number gives other links.
    """

    site: str
    fetched_at: str
    url: str | None = None
    story: str | None = None
    text: str = "original"
    outcome: str = "event"
    relation: Relation | None = None
    agency: str | None = None
    headline: str = ""
    deck: str = ""
    author: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    dateline: str | None = None
    trailer: tuple[str, ...] | None = None
    advisory: str = ""
    source: str = ""
    canonical: str | None = None
    syndicated_from: str = ""
    photo: str = ""
    robots: str = ""
    status: int = 200
    content_type: str | None = None
    content_encoding: str | None = None
    template: str | None = None
    body: str | None = None
    shuffle: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Stories by label, and pages in the order of their fetch."""

    stories: Mapping[str, StoryRow]
    pages: tuple[PageRow, ...]


@cache
def load_plan() -> Plan:
    """Read `plan.toml`.

    Raises:
        TypeError: a key is not a field.
    """
    tables = tomllib.loads(files(__package__).joinpath("plan.toml").read_text("utf-8"))
    stories = {label: StoryRow(**frozen(row)) for label, row in tables["story"].items()}
    return Plan(stories, tuple(page_row(row) for row in tables["page"]))


def page_row(row: Mapping[str, Any]) -> PageRow:
    """Convert one `[[page]]` table to a row."""
    fields = frozen(row)
    if "relation" in fields:
        fields["relation"] = Relation(fields["relation"])
    return PageRow(**fields)


def frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """The table with its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
