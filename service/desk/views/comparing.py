"""Any two articles side by side, over the full width of a page."""

from aiohttp import web

from service.desk.queries.beside import put_beside
from service.desk.queries.comparison import Comparison, compare_texts
from service.desk.queries.story import Member, load_member
from service.desk.views.addresses import article_uri_of
from service.desk.views.page import desk_of, render
from service.desk.views.shown_text import shown_text
from service.link.explain import TextsBeside
from service.text.language_groups import language_group


async def comparing(request: web.Request) -> web.Response:
    """`GET /compare/A/B`: how B differs from A; in another language, what it has in common."""
    desk = desk_of(request)
    uris = [article_uri_of(request.match_info[name]) for name in ("a", "b")]
    members = [await desk.model.read(load_member, uri) for uri in uris]
    if members[0] is None or members[1] is None:
        raise web.HTTPNotFound(text="One of the two articles is not stored, or not any more.")
    original, copy = members[0], members[1]
    return await render(
        request,
        "compare.html.j2",
        watch=" ".join(uris),
        original=original,
        copy=copy,
        comparison=await desk.model.work(compare, original, copy),
        beside=await desk.model.work(beside, original, copy),
    )


def compare(original: Member, copy: Member) -> Comparison | None:
    """Compare two texts; None if one may not be shown or their languages differ."""
    texts = shown_text(original), shown_text(copy)
    if texts[0] is None or texts[1] is None or original.event.language != copy.event.language:
        return None
    return compare_texts(texts[0], texts[1], copy.event.language)


def beside(original: Member, copy: Member) -> TextsBeside | None:
    """Two texts in two languages, sentence by sentence; None if one may not be shown, or they are
    in one language."""
    texts = shown_text(original), shown_text(copy)
    languages = original.event.language, copy.event.language
    if texts[0] is None or texts[1] is None:
        return None
    if language_group(languages[0]) == language_group(languages[1]):
        return None
    return put_beside(texts[0], texts[1], *languages)
