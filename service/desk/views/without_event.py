"""The pages without an event: rejected, with the reason, and failed, with the error and the command
that replays them.
"""

import shlex
from functools import partial

from aiohttp import web

from service.contract.record import Topic
from service.desk.ingest.without_event import FAILED_LIST, REJECTED_LIST
from service.desk.queries.without_event import PageFilters, list_failed, list_rejected
from service.desk.views.page import desk_of, render
from service.settings import Settings


async def rejected(request: web.Request) -> web.Response:
    """`GET /rejected`."""
    return await _answer(request, REJECTED_LIST)


async def failed(request: web.Request) -> web.Response:
    """`GET /failed`."""
    return await _answer(request, FAILED_LIST)


async def _answer(request: web.Request, name: str) -> web.Response:
    filters = PageFilters.from_query(request.query)
    query = list_rejected if name == REJECTED_LIST else list_failed
    desk = desk_of(request)
    found = await desk.model.read(query, filters)

    def path(**changed: str | int) -> str:
        return filters.path(f"/{name}", **changed)

    return await render(
        request,
        f"{name}.html.j2",
        watch=name,
        found=found,
        filters=filters,
        reason=filters.reason,
        host=filters.host,
        page=filters.page,
        link=path,
        command=None if desk.reading.from_file else _command(desk.settings, name, filters.reason),
        replay=None if desk.reading.from_file else partial(replay_page, desk.settings),
    )


def _command(settings: Settings, name: str, reason: str) -> str:
    if name == FAILED_LIST:
        return replay_reason(settings, reason)
    return look_at(settings, Topic.REJECTED.value)


def command_line(settings: Settings, *words: str) -> str:
    """A `copydesk` command with the variables that it needs to reach the desk's brokers.

    Credentials are never included.
    """
    usual = Settings.model_fields
    variables = [
        f"COPYDESK_{name.upper()}={shlex.quote(value)}"
        for name, value in (("brokers", settings.brokers), ("topic_prefix", settings.topic_prefix))
        if value != usual[name].default
    ]
    return " ".join([*variables, shlex.join(("copydesk", *words))])


def replay_page(settings: Settings, partition: int, offset: int) -> str:
    """Command that replays one failed page."""
    return command_line(settings, "replay", "--offsets", f"{partition}:{offset}")


def replay_reason(settings: Settings, reason: str) -> str:
    """Command that replays all pages that failed for `reason`; all failed pages if it is empty."""
    return command_line(settings, "replay", *(("--reason", reason) if reason else ()))


def look_at(settings: Settings, topic: str) -> str:
    """Command that prints a topic from its beginning."""
    return command_line(settings, "tail", topic, "--from-beginning")
