"""An article's page: the normalised event, where each part comes from, and the JSON."""

import orjson
from aiohttp import web

from service.desk.queries.article import ArticlePage, load_article
from service.desk.queries.story import Member
from service.desk.views.addresses import article_uri_of
from service.desk.views.page import desk_of, render
from service.desk.views.shown_text import is_withdrawn, shown_text


async def article(request: web.Request) -> web.Response:
    """`GET /article/ID`."""
    found = await _find(request)
    member = found.member
    return await render(
        request,
        "article.html.j2",
        watch=member.row["uri"],
        article=found,
        event=member.event,
        row=member.row,
        text=shown_text(member),
        withdrawn=is_withdrawn(member),
        newest=next(row for row in found.versions if row["event_id"] == member.row["event_id"]),
        json=_indented(found),
        verification=_verification(member),
        chosen={member.event.content_created, member.event.version_created},
    )


async def article_json(request: web.Request) -> web.Response:
    """`GET /article/ID.json`: the value of the newest event, without withdrawn text."""
    return web.Response(body=_indented(await _find(request)), content_type="application/json")


def _verification(member: Member) -> str | None:
    """What confirms the attribution, as a code of `wording`; None if no agency is credited."""
    wire = member.event.copydesk.wire
    if wire.agency is None:
        return None
    return wire.verified or ("later" if member.row["agency_verified"] else "claimed")


async def _find(request: web.Request) -> ArticlePage:
    uri = article_uri_of(request.match_info["id"])
    found = await desk_of(request).model.read(load_article, uri)
    if found is None:
        raise web.HTTPNotFound(
            text="This article is not stored. It may be older than the articles that are kept."
        )
    return found


def _indented(found: ArticlePage) -> bytes:
    value = orjson.loads(found.member.row["value"])
    if found.member.row["placement"] is not None:
        value["copydesk"]["story"] = orjson.loads(found.member.row["placement"])["copydesk"][
            "story"
        ]
    if is_withdrawn(found.member):
        value["bodies"] = []
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)
