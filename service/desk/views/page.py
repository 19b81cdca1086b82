"""What every page needs: the parts of the desk, and a response rendered from a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from service.desk.change_feed import ChangeFeed
from service.desk.ingest.reader import Reading
from service.desk.queries.facets import FacetCache
from service.desk.read_model import ReadModel
from service.desk.views.rendering import templates
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of a running desk."""

    settings: Settings
    model: ReadModel
    change_feed: ChangeFeed
    reading: Reading
    facets: FacetCache


DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)


def desk_of(request: web.Request) -> Desk:
    """The desk that serves the request."""
    return request.app[DESK]


async def render(
    request: web.Request,
    template: str,
    *,
    watch: str = "",
    status: int = 200,
    **values: Any,
) -> web.Response:
    """Render a template to a response.

    Args:
        watch: ids, separated by spaces, whose changes update this page; empty for every change.
    """
    desk = desk_of(request)
    number = desk.change_feed.number
    counts = await desk.facets.counts()
    text = (
        templates()
        .get_template(template)
        .render(
            counts=counts,
            reading=desk.reading,
            number=number,
            watch=watch,
            path=request.path,
            **values,
        )
    )
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


def one(query: Mapping[str, str], name: str) -> str:
    """A query parameter, stripped and cut to 300 characters; empty if it is missing."""
    return query.get(name, "").strip()[:300]
