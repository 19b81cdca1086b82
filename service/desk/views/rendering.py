"""The templates with their filters and globals: output is escaped, undefined names are errors."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from service.desk.queries.search_text import unspaced
from service.desk.queries.story_list import END, START
from service.desk.views import wording
from service.desk.views.addresses import article_path, external, story_path
from service.desk.views.sparkline import bars, spell_seconds, spell_span

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
        "duration": duration,
    }
    environment.globals |= {
        "asset": asset_path,
        "bars": bars,
        "span": spell_span,
        "relations": wording.RELATIONS,
        "why_original": wording.WHY_ORIGINAL,
        "why_translation": wording.WHY_TRANSLATION,
        "bases": wording.BASES,
        "authorities": wording.AUTHORITIES,
        "withdrawn_by": wording.WITHDRAWN_BY,
        "verifications": wording.VERIFICATIONS,
        "rejections": wording.REJECTIONS,
        "failures": wording.FAILURES,
        "drifts": wording.DRIFTS,
        "measures": wording.MEASURES,
    }
    return environment


@cache
def asset(name: str) -> bytes:
    """A file of `static/`."""
    return files("service.desk").joinpath("static", name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """URL of a file of `static/`; it contains a hash of the content, so that it may be cached."""
    return f"/static/{name}?{hashlib.sha256(asset(name)).hexdigest()[:12]}"


def when(time: str | None) -> Markup:
    """A time (RFC 3339) as day and minute, UTC, in a `<time>` element."""
    at = _parsed(time)
    return _time(at, f"{at:%-d %b %Y, %H:%M}") if at else escape(time or "–")


def clock(time: str | None) -> Markup:
    """Hour and minute, for rows under a heading with the day."""
    at = _parsed(time)
    return _time(at, f"{at:%H:%M}") if at else Markup("–")


def short(time: str | None) -> Markup:
    """Day and minute without the year, where space is short."""
    at = _parsed(time)
    return _time(at, f"{at:%-d %b %H:%M}") if at else Markup("–")


def day(time: str | None) -> str:
    """The day in full, without the time."""
    at = _parsed(time)
    return f"{at:%A, %-d %B %Y}" if at else "No date"


def marked(snippet: str) -> Markup:
    """A snippet from the full-text index, with the matched words in `<mark>`."""
    text = str(escape(unspaced(snippet)))
    return Markup(text.replace(START, "<mark>").replace(END, "</mark>"))  # noqa: S704 - escaped


def percent(share: float | None) -> str:
    """A share (0 to 1) as whole percent."""
    return "–" if share is None else f"{round(share * 100)}\u00a0%"


def size(count: int) -> str:
    """A number of bytes, in bytes, kB or MB."""
    if count < 10_000:
        return f"{count} bytes"
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{count / 1e3:.0f} kB"


def duration(seconds: float | None) -> str:
    """A duration in minutes, hours or days; a dash if it is not known."""
    return "–" if seconds is None else spell_seconds(seconds)


def _parsed(time: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(time or "")
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _time(at: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(f"{at:%Y-%m-%dT%H:%M:%SZ}", text)
