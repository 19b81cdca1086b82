"""The export of the stories in other languages of a story."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from service.desk.queries.story import root_of, story_of
from service.desk.queries.translations import ShownTranslation, load_translations
from service.desk.views.addresses import story_path
from service.desk.views.export import answer, links
from service.desk.views.export_formats import NEVER, Entry, Listing
from service.desk.views.page import desk_of
from service.desk.views.wording import WHY_TRANSLATION

COLUMNS = (
    *("story", "language", "headline", "host", "url", "original_uri", "score", "role", "why"),
    *("common_numbers", "common_names", "common_words", "sentences"),
)


async def languages_export(request: web.Request) -> web.Response:
    """`GET /story/ID/languages.FORMAT`: the stories in other languages, the best score first.

    `role` is what the other story is to this one: its `source` or its `translation`.
    """
    desk = desk_of(request)
    story_id = await desk.model.read(story_of, request.match_info["id"])
    if story_id is None or await desk.model.read(root_of, story_id) is None:
        raise web.HTTPNotFound(text="This story is not stored.")
    found = await desk.model.read(load_translations, story_id)
    alternate = f"{story_path(story_id)}#languages"
    return answer(
        request,
        Listing(
            title="In other languages",
            columns=COLUMNS,
            rows=[_row(each) for each in found],
            entries=[_entry(each) for each in found],
            total=len(found),
            page=1,
            pages=1,
            links=links(lambda page: request.path, 1, more=False, alternate=alternate),
        ),
    )


def _row(found: ShownTranslation) -> Mapping[str, Any]:
    evidence = found.evidence
    return {
        "story": found.story,
        "language": found.language,
        "headline": found.headline,
        "host": found.host,
        "url": found.url,
        "original_uri": found.uri,
        "score": found.score,
        "role": found.role,
        "why": found.why,
        "common_numbers": evidence.common_numbers,
        "common_names": evidence.common_names,
        "common_words": evidence.common_words,
        "sentences": evidence.sentences,
    }


def _entry(found: ShownTranslation) -> Entry:
    why = f" ({WHY_TRANSLATION.get(found.why or '', found.why)})" if found.why else ""
    return Entry(
        id=found.story,
        title=found.headline,
        updated=NEVER,
        link=story_path(found.story),
        summary=f"{found.language}, score {found.score:.2f}"
        f"{f', the {found.role}' if found.role else ''}{why}",
        author=found.host,
    )
