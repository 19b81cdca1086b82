"""Middleware: security headers and error pages."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from service.desk.views.page import render

log = logging.getLogger(__name__)


HEADERS = {
    # Only our own style sheet, script and icon, as files; no frames, foreign forms, inline code.
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


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers to every response, streams and errors too. Browsers revalidate each page,
    unless its handler sets Cache-Control."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["Server"] = "copydesk"
    response.headers.setdefault("Cache-Control", "no-cache")


@web.middleware
async def explain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Render errors as pages. Unexpected errors are logged, and their details are not shown."""
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
        return await _page(request, 500, "An unexpected error. Its details are in the desk's log.")


async def _page(request: web.Request, status: int, text: str) -> web.Response:
    return await render(
        request, "problem.html.j2", status=status, code=status, text=text, watch="-"
    )
