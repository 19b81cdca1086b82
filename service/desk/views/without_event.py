"""The pages without an event: rejected, with the reason, and failed, with the error and the command
that replays them.
"""

import shlex
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from service.contract.record import Topic
from service.desk.ingest.without_event import FAILED_LIST, REJECTED_LIST
from service.desk.queries.story_filters import page_of
from service.desk.queries.without_event import list_failed, list_rejected
from service.desk.views.page import desk_of, one, render
from service.settings import Settings


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
        parameters = {"reason": reason, "host": host, **changed}
        values = {key: value for key, value in parameters.items() if value}
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
        command=None if desk.reading.from_file else _command(desk.settings, name, reason),
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
