"""A story's page: the original, its copies with what was changed, the evidence, the history."""

from dataclasses import dataclass

from aiohttp import web

from service.desk.addresses import STORY, story_path
from service.desk.comparison import Comparison, compare_texts
from service.desk.history import history, notices
from service.desk.queries.story import Member, Story, load_story, root_of
from service.desk.sparkline import marks
from service.desk.story_filters import page_of
from service.desk.views.page import desk_of, render
from service.desk.views.shown_text import is_withdrawn, shown_text


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy, and what was done to the original's text in the `version` that it is closest to;
    None where there is nothing to compare."""

    member: Member
    comparison: Comparison | None
    version: int | None


async def story(request: web.Request) -> web.Response:
    """`GET /story/ID`. A story that was merged leads to the one that holds its articles now."""
    desk = desk_of(request)
    story_id = STORY + request.match_info["id"]
    root = await desk.model.read(root_of, story_id)
    if root is not None and root != story_id:
        raise web.HTTPFound(f"{story_path(root)}#merged")
    page = page_of(request.query)
    found = await desk.model.read(load_story, story_id, page)
    if found is None:
        raise web.HTTPNotFound(
            text="There is no such story here. It may be older than what is kept."
        )
    copies = [await desk.model.work(compare_copy, found, copy) for copy in found.copies]
    places = marks([row["seen"] for row in found.marks])
    return await render(
        request,
        "story.html.j2",
        watch=" ".join([story_id, *(row["id"] for row in found.merged)]),
        story=found,
        page=page,
        copies=copies,
        text=shown_text(found.original) if found.original else None,
        withdrawn=found.row["status"] == "withdrawn",
        marks=list(zip(found.marks, places, strict=True)),
        height=24 + 10 * max((place.lane for place in places), default=0),
        here={copy.member.row["uri"] for copy in copies},
        history=history(found),
        notices=notices(found),
    )


def compare_copy(story: Story, copy: Member) -> Copy:
    """Compare a copy with each version of the original: it may have been made from an earlier one.

    The version that least was done to is taken, the newest of equals.
    """
    original, text = story.original, shown_text(copy)
    if original is None or text is None or is_withdrawn(original):
        return Copy(copy, None, None)
    if original.event.language != copy.event.language:
        return Copy(copy, None, None)
    found = [
        (version, compare_texts(before, text, copy.event.language))
        for version, before in story.texts
    ]
    version, comparison = min(found, key=lambda each: each[1].changes, default=(None, None))
    return Copy(copy, comparison, version)
