"""What every answer carries and every request must have: the desk's defence in a browser."""

import logging
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from service.desk.views.page import render

log = logging.getLogger(__name__)


HEADERS = {
    # Only our own style, script and mark, as files; no frame, no form elsewhere, nothing inline.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On every answer, streams and errors too; a page is not kept unless it says so itself."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["Server"] = "copydesk"
    response.headers.setdefault("Cache-Control", "no-cache")


def check_host(names: frozenset[str]) -> Middleware:
    """Refuse requests that were made to another name: a page elsewhere may have its own name point
    here, and would then be taken for ours (DNS rebinding). No names: all are taken."""

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        if names and _name(request.headers.get("Host", "")) not in names:
            raise web.HTTPMisdirectedRequest(
                text="The desk is not known by this name. Use 127.0.0.1 or localhost, or start it"
                " with --name."
            )
        return await handler(request)

    return checked


@web.middleware
async def explain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors as a page that helps; nothing of the inside is told."""
    try:
        return await handler(request)
    except web.HTTPException as answer:
        if answer.status < 400:
            raise
        page = await _page(request, answer.status, answer.text or answer.reason)
        if "Allow" in answer.headers:
            page.headers["Allow"] = answer.headers["Allow"]
        return page
    except ConnectionError:
        raise
    except Exception:
        log.exception("%s %s", request.method, request.path)
        return await _page(request, 500, "Something went wrong here. The desk's log says what.")


async def _page(request: web.Request, status: int, text: str) -> web.Response:
    return await render(
        request, "problem.html.j2", status=status, code=status, text=text, watch="-"
    )


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
