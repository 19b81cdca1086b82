"""The exports of rejected and failed pages, and of hosts."""

import sqlite3
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web

from service.desk.ingest.host_signs import SIGNS
from service.desk.ingest.without_event import FAILED_LIST
from service.desk.queries.hosts import PAGE as HOSTS_PAGE
from service.desk.queries.hosts import HostRow, list_hosts
from service.desk.queries.story_filters import page_of, pages_of
from service.desk.queries.without_event import PAGE, PageFilters, list_failed, list_rejected
from service.desk.views.export import answer, links
from service.desk.views.export_formats import NEVER, Entry, Listing
from service.desk.views.page import desk_of

REJECTED_COLUMNS = (
    *("event_id", "uri", "url", "host", "reason", "detail", "time", "partition", "offset"),
)
FAILED_COLUMNS = (
    *("origin", "url", "host", "stage", "reason", "error", "detail", "attempts", "size", "time"),
    *("partition", "offset"),
)
HOST_COLUMNS = ("host", "pages", "articles", *SIGNS, "outcomes", "drifts", "last_day")


async def without_event_export(request: web.Request) -> web.Response:
    """`GET /rejected.FORMAT` and `GET /failed.FORMAT`, with the filters of the pages."""
    name = request.match_info["name"]
    is_failed = name == FAILED_LIST
    filters = PageFilters.from_query(request.query)
    page = filters.page
    query = list_failed if is_failed else list_rejected
    found = await desk_of(request).model.read(query, filters)
    total = sum(count for code, count in found.reasons if filters.reason in ("", code))
    columns = FAILED_COLUMNS if is_failed else REJECTED_COLUMNS

    def path(number: int, of: str = request.path) -> str:
        return filters.path(of, page=number)

    def row(found: sqlite3.Row) -> Mapping[str, Any]:
        own = {"offset": found["position"]}
        if is_failed:
            own["url"] = found["address"]
        return {key: own[key] if key in own else found[key] for key in columns}

    rows = [row(each) for each in found.rows]
    key = "origin" if is_failed else "event_id"
    return answer(
        request,
        Listing(
            title=f"{name.capitalize()} pages",
            columns=columns,
            rows=rows,
            entries=[
                Entry(
                    id=f"urn:copydesk:{name}:{quote(each[key], safe='')}",
                    title=each["url"] or "no address",
                    updated=each["time"],
                    link=f"/{name}?{urlencode({'host': each['host']})}",
                    summary=f"{each['reason']}: {each['detail']}",
                    author=each["host"],
                )
                for each in rows
            ],
            total=total,
            page=page,
            pages=pages_of(total, PAGE),
            links=links(path, page, found.more, path(page, f"/{name}")),
        ),
    )


async def hosts_export(request: web.Request) -> web.Response:
    """`GET /hosts.FORMAT`: all hosts, those that drift first."""
    desk, page = desk_of(request), page_of(request.query)
    drifting = await desk.facets.drifting()
    found, total = await desk.model.read(list_hosts, page, drifting)

    def path(number: int, of: str = request.path) -> str:
        return f"{of}?page={number}" if number > 1 else of

    rows = [_host(each) for each in found]
    return answer(
        request,
        Listing(
            title="Hosts",
            columns=HOST_COLUMNS,
            rows=rows,
            entries=[_host_entry(each) for each in rows],
            total=total,
            page=page,
            pages=pages_of(total, HOSTS_PAGE),
            links=links(path, page, total > page * HOSTS_PAGE, path(page, "/hosts")),
        ),
    )


def _host(row: HostRow) -> Mapping[str, Any]:
    outcomes = {name: count for name, count in row.all.outcomes.items() if name != "article"}
    return {
        "host": row.host,
        "pages": row.pages,
        "articles": row.all.outcomes["article"],
        **{sign: row.all.signs[sign] for sign in SIGNS},
        "outcomes": dict(sorted(outcomes.items())),
        "drifts": " ".join(row.spans.drifts()),
        "last_day": row.days[-1][0] if row.days else None,
    }


def _host_entry(row: Mapping[str, Any]) -> Entry:
    drifts = f"; drifts: {row['drifts']}" if row["drifts"] else ""
    return Entry(
        id=f"urn:copydesk:host:{quote(row['host'], safe='')}",
        title=row["host"],
        updated=f"{row['last_day']}T00:00:00Z" if row["last_day"] else NEVER,
        link=f"/hosts/{quote(row['host'], safe='')}",
        summary=f"{row['pages']} pages, {row['articles']} articles{drifts}",
        author=row["host"],
    )
