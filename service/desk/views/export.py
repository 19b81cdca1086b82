"""Answers of the exports: the format, the links to other pages, and the ETag."""

import hashlib
from collections.abc import Callable, Mapping

from aiohttp import web

from service.desk.views.export_formats import Listing, as_atom, as_csv, as_json

TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "atom": "application/atom+xml",
}
"""Formats, by the ending of the path."""

FORMATS = "|".join(TYPES)


def links(path: Callable[[int], str], page: int, more: bool, alternate: str) -> dict[str, str]:
    """The links of a page of an export.

    Args:
        path: URL of the export's page of this number.
        more: whether there is another page.
        alternate: path of the same list for people.
    """
    found = {"self": path(page), "alternate": alternate}
    if more:
        found["next"] = path(page + 1)
    if page > 1:
        found["prev"] = path(page - 1)
    return found


def answer(request: web.Request, listing: Listing) -> web.Response:
    """The page in the format that the path asks for; 304 if the client has it.

    The ETag is a hash of the answer: it changes if and only if the answer does.
    """
    kind = request.match_info["format"]
    if kind == "json":
        body = as_json(listing)
    elif kind == "csv":
        body = as_csv(listing)
    else:
        body = as_atom(listing, str(request.url.origin()))
    etag = hashlib.sha256(body).hexdigest()[:32]
    headers = {
        "Link": ", ".join(
            f'<{path}>; rel="{relation}"'
            for relation, path in listing.links.items()
            if relation in ("next", "prev")
        )
    }
    headers = {name: value for name, value in headers.items() if value}
    held = request.if_none_match or ()
    if any(each.value in (etag, "*") for each in held):
        response = web.Response(status=304, headers=headers)
    else:
        charset = None if kind == "json" else "utf-8"
        response = web.Response(
            body=body, content_type=TYPES[kind], charset=charset, headers=headers
        )
    response.etag = etag
    return response
