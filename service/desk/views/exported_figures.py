"""The exports of the overview, of agencies, of one agency and of one site."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiohttp import web

from service.desk.ingest.host_hours import FAILED
from service.desk.queries.drift import ARTICLE
from service.desk.queries.figures import Figures
from service.desk.queries.overview import Overview, load_overview
from service.desk.queries.period import Asked, Period
from service.desk.queries.site import load_site
from service.desk.views.export import answer
from service.desk.views.export_formats import Listing
from service.desk.views.figures import asked_period, counted_agencies, counted_agency, now
from service.desk.views.page import desk_of

FORMATS = "json|csv"
"""Of figures there is no feed: they have no items."""

OVERVIEW_COLUMNS = ("measure", "key", "count", "since", "until")
FIGURES_COLUMNS = (
    *("by", "key", "stories", "originals", "copies", "withdrawn", "hosts", "relations"),
    *("median_seconds", "since", "until"),
)


async def overview_export(request: web.Request) -> web.Response:
    """`GET /overview.FORMAT`: a row a number."""
    desk = desk_of(request)
    found = await desk.model.read(load_overview, now())
    drifting = (await desk.facets.drifting()).hosts
    counts = [*_counts(found), *(("drifts", host, len(kinds)) for host, kinds in drifting.items())]
    rows = [
        dict(
            zip(
                OVERVIEW_COLUMNS,
                (*row, found.period.since, found.period.until),
                strict=True,
            )
        )
        for row in counts
    ]
    return _answer(request, "Overview", OVERVIEW_COLUMNS, rows, "/overview")


async def agencies_export(request: web.Request) -> web.Response:
    """`GET /agencies.FORMAT`: a row an agency."""
    period, found = await counted_agencies(request, Asked.from_query(request.query))
    rows = _rows("agency", ((row.key, row.figures) for row in found), period)
    return _answer(request, "Agencies", FIGURES_COLUMNS, rows, "/agencies")


async def agency_export(request: web.Request) -> web.Response:
    """`GET /agencies/KEY.FORMAT`: a row for all, one a day, and one a site that is listed."""
    _, period = await asked_period(request)
    key = request.match_info["agency"]
    found = await counted_agency(request, period)
    rows = [
        *_rows("all", [(key, found.row.figures)], period),
        *_rows("day", found.row.days, period, hosts=False),
        *_rows("host", found.sites, period, hosts=False),
    ]
    return _answer(request, key, FIGURES_COLUMNS, rows, f"/agencies/{key}")


async def site_export(request: web.Request) -> web.Response:
    """`GET /hosts/NAME.FORMAT`: a row for all, one a day, an agency, a site whose articles it
    copies (`source`), and a site that copies its articles (`carrier`)."""
    _, period = await asked_period(request)
    host = request.match_info["host"].lower()
    found = await desk_of(request).model.read(load_site, host, period)
    rows = [
        *_rows("all", [(host, found.total)], period),
        *_rows("day", found.days, period),
        *_rows("agency", found.agencies, period),
        *_rows("source", found.sources, period),
        *_rows("carrier", found.carriers, period),
    ]
    return _answer(request, host, FIGURES_COLUMNS, rows, f"/hosts/{host}")


def _counts(found: Overview) -> Iterable[tuple[str, str, int]]:
    figures = found.figures
    yield from (
        ("pages", "", found.pages),
        ("articles", "", found.outcomes[ARTICLE]),
        ("rejected", "", sum(count for _, count in found.rejections)),
        ("failed", "", found.outcomes[FAILED]),
        ("stories", "", figures.stories),
        ("originals", "", figures.originals),
        ("copies", "", figures.copies),
        ("withdrawn", "", figures.withdrawn),
        ("hosts", "", figures.hosts),
    )
    yield from (("copies", relation, count) for relation, count in figures.relations)
    yield from (("rejected", reason, count) for reason, count in found.rejections)
    yield from (("failed", reason, count) for reason, count in found.failures)
    yield from (("stories", agency, each.stories) for agency, each in found.agencies)


def _rows(
    by: str, found: Iterable[tuple[str, Figures]], period: Period, *, hosts: bool = True
) -> Iterable[Mapping[str, Any]]:
    """Rows of figures; `hosts`: whether the number of sites was counted."""
    for key, figures in found:
        yield {
            "by": by,
            "key": key,
            "stories": figures.stories,
            "originals": figures.originals,
            "copies": figures.copies,
            "withdrawn": figures.withdrawn,
            "hosts": figures.hosts if hosts else None,
            "relations": dict(figures.relations),
            "median_seconds": figures.delay,
            "since": period.since,
            "until": period.until,
        }


def _answer(
    request: web.Request,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    page: str,
) -> web.Response:
    listed = list(rows)
    return answer(
        request,
        Listing(
            title=title,
            columns=columns,
            rows=listed,
            entries=(),
            total=len(listed),
            page=1,
            pages=1,
            links={"self": request.path_qs, "alternate": page},
        ),
    )
