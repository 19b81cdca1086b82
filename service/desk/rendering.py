"""Templates, and what they may call: escaped by default, strict about what is missing."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from service.desk import wording
from service.desk.addresses import article_path, external, story_path
from service.desk.queries.story_list import END, START
from service.desk.search_text import unspaced
from service.desk.sparkline import bars, spell_span

ASSETS = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml; charset=utf-8",
}
"""Files in `static/`, with their types."""


@cache
def templates() -> Environment:
    """The templates of the package."""
    environment = Environment(
        loader=PackageLoader("service.desk"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": when,
        "day": day,
        "short": short,
        "clock": clock,
        "spell": wording.spell,
        "agency": wording.agency_name,
        "external": external,
        "article_path": article_path,
        "story_path": story_path,
        "marked": marked,
        "percent": percent,
        "size": size,
    }
    environment.globals |= {
        "asset": asset_path,
        "bars": bars,
        "span": spell_span,
        "relations": wording.RELATIONS,
        "why_original": wording.WHY_ORIGINAL,
        "rejections": wording.REJECTIONS,
        "failures": wording.FAILURES,
        "measures": wording.MEASURES,
    }
    return environment


@cache
def asset(name: str) -> bytes:
    """A file of `static/`."""
    return files(__package__).joinpath("static", name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Its address, which changes with its content, so that it may be cached."""
    return f"/static/{name}?{hashlib.sha256(asset(name)).hexdigest()[:12]}"


def when(time: str | None) -> Markup:
    """A time (RFC 3339) as day and minute, UTC, for people and for machines."""
    at = _parsed(time)
    return _time(at, f"{at:%-d %b %Y, %H:%M}") if at else escape(time or "–")


def clock(time: str | None) -> Markup:
    """Only the minute: where the day stands above."""
    at = _parsed(time)
    return _time(at, f"{at:%H:%M}") if at else Markup("–")


def short(time: str | None) -> Markup:
    """Day and minute without the year: where there is little room."""
    at = _parsed(time)
    return _time(at, f"{at:%-d %b %H:%M}") if at else Markup("–")


def day(time: str | None) -> str:
    """Only the day, in full."""
    at = _parsed(time)
    return f"{at:%A, %-d %B %Y}" if at else "No date"


def marked(snippet: str) -> Markup:
    """A snippet of the index with the words that were searched for in `<mark>`."""
    text = str(escape(unspaced(snippet)))
    return Markup(text.replace(START, "<mark>").replace(END, "</mark>"))  # noqa: S704 - escaped


def percent(share: float | None) -> str:
    """A share as whole percent."""
    return "–" if share is None else f"{round(share * 100)} %"


def size(count: int) -> str:
    """Bytes in the unit that suits."""
    if count < 10_000:
        return f"{count} bytes"
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{count / 1e3:.0f} kB"


def _parsed(time: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(time or "")
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _time(at: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(f"{at:%Y-%m-%dT%H:%M:%SZ}", text)
