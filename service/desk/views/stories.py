"""The front page: stories, newest or most copied first, filtered and searched."""

from itertools import groupby

from aiohttp import web

from service.desk.queries.search_box import apply_typed
from service.desk.queries.story_filters import NEWEST, StoryFilters
from service.desk.queries.story_list import StoryRow, list_stories, most_copied
from service.desk.views.page import desk_of, render


async def stories(request: web.Request) -> web.Response:
    """`GET /`."""
    desk = desk_of(request)
    filters = StoryFilters.from_query(request.query)
    meant = await desk.model.read(apply_typed, filters)
    if meant != filters or "" in request.query.values():
        raise web.HTTPFound(meant.path(page=meant.page))  # also drops a form's empty fields
    page = await desk.model.read(list_stories, filters)
    is_front = filters == StoryFilters()
    days = [(day, list(rows)) for day, rows in groupby(page.rows, key=_day)]
    return await render(
        request,
        "stories.html.j2",
        filters=filters,
        page=page,
        days=days if filters.sort == NEWEST else [("", page.rows)],
        facets=await desk.facets.facets(),
        most=await desk.model.read(most_copied) if is_front else [],
    )


def _day(row: StoryRow) -> str:
    return (row.last_seen or "")[:10]
