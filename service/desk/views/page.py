"""What every page needs: the desk's parts, and an answer from a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from service.desk.bell import Bell
from service.desk.facet_cache import FacetCache
from service.desk.read_model import ReadModel
from service.desk.reading import Reading
from service.desk.rendering import templates
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of a running desk."""

    settings: Settings
    model: ReadModel
    bell: Bell
    reading: Reading
    facets: FacetCache


DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)


def desk_of(request: web.Request) -> Desk:
    """The desk that a request was made to."""
    return request.app[DESK]


async def render(
    request: web.Request,
    template: str,
    *,
    watch: str = "",
    status: int = 200,
    **values: Any,
) -> web.Response:
    """Fill a template.

    Args:
        watch: ids, parted by spaces, whose changes concern this page; empty for every change.
    """
    desk = desk_of(request)
    number = desk.bell.number
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
    """A parameter of an address, not too long to be one."""
    return query.get(name, "").strip()[:300]
