"""The pages with the questions of a day: the overview, the agencies, and one agency."""

from datetime import UTC, datetime, timedelta

from aiohttp import web

from service.desk.queries.agencies import AgencyPage, AgencyRow, list_agencies, load_agency
from service.desk.queries.overview import load_overview
from service.desk.queries.period import DAYS, Asked, Period, newest_page
from service.desk.queries.story_filters import NO_AGENCY
from service.desk.views.charts import stacked
from service.desk.views.page import desk_of, render
from service.desk.views.wording import agency_name

LATE = timedelta(hours=2)
"""If the newest page is older than this, the overview says how old it is."""


def now() -> datetime:
    """The present, UTC."""
    return datetime.now(UTC)


async def asked_period(request: web.Request) -> tuple[Asked, Period]:
    """What was asked for, and the days that it means."""
    asked = Asked.from_query(request.query)
    return asked, asked.period(await desk_of(request).model.read(newest_page, now()))


async def counted_agency(request: web.Request, period: Period) -> AgencyPage:
    """The agency that was asked for.

    Raises:
        web.HTTPNotFound: no story of it is stored.
    """
    found = await desk_of(request).model.read(load_agency, request.match_info["agency"], period)
    if found is None:
        raise web.HTTPNotFound(text="No story of this agency is stored.")
    return found


async def counted_agencies(request: web.Request, asked: Asked) -> tuple[Period, list[AgencyRow]]:
    """The agencies in the period that was asked for, and that period."""
    desk = desk_of(request)
    if not asked.until:
        return await desk.facets.agencies(asked.days)
    _, period = await asked_period(request)
    return period, await desk.model.read(list_agencies, period)


async def overview(request: web.Request) -> web.Response:
    """`GET /overview`: the last 24 hours up to the newest page."""
    desk, at = desk_of(request), now()
    found = await desk.model.read(load_overview, at)
    return await render(
        request,
        "overview.html.j2",
        found=found,
        late=at - found.newest > LATE,
        chart=stacked([(articles, pages - articles) for _, pages, articles in found.hours]),
        drifting=(await desk.facets.drifting()).hosts,
    )


async def agencies(request: web.Request) -> web.Response:
    """`GET /agencies`: who is carried, in the last days."""
    asked = Asked.from_query(request.query)
    period, rows = await counted_agencies(request, asked)
    return await render(
        request,
        "agencies.html.j2",
        rows=[
            (row, stacked([(each.originals, each.copies) for _, each in row.days])) for row in rows
        ],
        period=period,
        asked=asked,
        lengths=DAYS,
    )


async def agency(request: web.Request) -> web.Response:
    """`GET /agencies/KEY`: one agency, by day and by site."""
    asked, period = await asked_period(request)
    found = await counted_agency(request, period)
    return await render(
        request,
        "agency.html.j2",
        found=found,
        name=agency_name(found.row.key) if found.row.key != NO_AGENCY else "No agency",
        chart=stacked([(each.originals, each.copies) for _, each in found.row.days]),
        period=period,
        asked=asked,
        lengths=DAYS,
    )
