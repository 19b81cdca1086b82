"""The pages that are no event: rejected, with the reason, and failed, with the error."""

from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from service.desk.commands import look_at, replay_page, replay_reason
from service.desk.enter_turned_away import FAILED_LIST, REJECTED_LIST
from service.desk.queries.turned_away import list_failed, list_rejected
from service.desk.story_filters import page_of
from service.desk.views.page import desk_of, one, render
from service.events.topics import Topic


async def rejected(request: web.Request) -> web.Response:
    """`GET /rejected`."""
    return await _answer(request, REJECTED_LIST)


async def failed(request: web.Request) -> web.Response:
    """`GET /failed`."""
    return await _answer(request, FAILED_LIST)


async def _answer(request: web.Request, name: str) -> web.Response:
    reason, host = one(request.query, "reason"), one(request.query, "host").lower()
    page = page_of(request.query)
    query = list_rejected if name == REJECTED_LIST else list_failed
    desk = desk_of(request)
    found = await desk.model.read(query, reason, host, page)

    def path(**changed: object) -> str:
        said = {"reason": reason, "host": host, **changed}
        values = {key: value for key, value in said.items() if value}
        return f"/{name}?{urlencode(values)}" if values else f"/{name}"

    return await render(
        request,
        f"{name}.html.j2",
        watch=name,
        found=found,
        reason=reason,
        host=host,
        page=page,
        link=path,
        command=replay_reason(desk.settings, reason)
        if name == FAILED_LIST
        else look_at(desk.settings, Topic.REJECTED.value),
        replay=partial(replay_page, desk.settings),
    )
