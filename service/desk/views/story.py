"""A story's page: the original, its copies with what was changed, the evidence, the history."""

from dataclasses import dataclass

from aiohttp import web

from service.contract.identity import ARTICLE_URN, STORY_URN
from service.contract.story import Relation
from service.desk.queries.comparison import Comparison, compare_texts
from service.desk.queries.decisions import load_decisions
from service.desk.queries.history import history, notices
from service.desk.queries.spread import load_spread
from service.desk.queries.story import Member, Story, load_story, root_of, story_of
from service.desk.queries.story_copies import SORTS, CopyFilters
from service.desk.queries.translations import load_translations
from service.desk.views.addresses import story_id_of, story_path
from service.desk.views.page import desk_of, render
from service.desk.views.shown_text import is_withdrawn, shown_text
from service.desk.views.sparkline import timeline_points
from service.desk.views.spread import GROUPS, cumulative, growth


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy, compared with the `version` of the original that it is closest to. `comparison` and
    `version` are None if there is nothing to compare.

    `has_headline`: whether its headline is that of the original; None if there is nothing to
    compare.
    """

    member: Member
    comparison: Comparison | None
    version: int | None
    has_headline: bool | None = None


async def story(request: web.Request) -> web.Response:
    """`GET /story/ID`, where ID is a story's or an article's, with or without its prefix.

    A merged story redirects to the one that holds its articles now, an article to its story.
    """
    desk, given = desk_of(request), request.match_info["id"]
    story_id = story_id_of(given)
    root = await desk.model.read(story_of, given)
    if root is not None and root != story_id:
        is_article = given.startswith(ARTICLE_URN) or not await desk.model.read(root_of, story_id)
        raise web.HTTPFound(f"{story_path(root)}{'' if is_article else '#merged'}")
    if given.startswith(STORY_URN) and root is not None:
        raise web.HTTPFound(story_path(root))
    filters = CopyFilters.from_query(request.query)
    found = await desk.model.read(load_story, story_id, filters)
    if found is None:
        raise web.HTTPNotFound(
            text="This story is not stored. It may be older than the stories that are kept."
        )
    translations = await desk.model.read(load_translations, story_id)
    spread = await desk.model.read(load_spread, story_id)
    copies = [await desk.model.work(compare_copy, found, copy) for copy in found.copies]
    points = timeline_points([row["seen"] for row in found.timeline])
    return await render(
        request,
        "story.html.j2",
        watch=" ".join(
            [
                story_id,
                *(row["id"] for row in found.merged),
                *(each.story for each in translations),
            ]
        ),
        story=found,
        translations=translations,
        filters=filters,
        sorts=SORTS,
        copies=copies,
        text=shown_text(found.original) if found.original else None,
        withdrawn=found.row["status"] == "withdrawn",
        authority=found.notice["authority"] if found.notice else None,
        withdrawal_claims=sum(each.claim.kind is Relation.WITHDRAWAL for each in found.claims),
        timeline=list(zip(found.timeline, points, strict=True)),
        height=24 + 10 * max((point.lane for point in points), default=0),
        spread=spread,
        growth=growth(spread.seen),
        spread_chart=cumulative(spread.seen),
        groups=[(name, words) for name, words, _ in GROUPS],
        here={copy.member.row["uri"] for copy in copies},
        history=history(found),
        notices=notices(found),
        decisions=await desk.model.read(load_decisions, story_id),
    )


def compare_copy(story: Story, copy: Member) -> Copy:
    """Compare a copy with each version of the original: it may have been made from an earlier one.

    The version with the fewest changes is chosen; of equals, the newest.
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
    return Copy(copy, comparison, version, _plain(copy) == _plain(original))


def _plain(member: Member) -> str:
    """Letters and digits of the headline: quotes, dashes and case are the house's style."""
    return "".join(filter(str.isalnum, member.row["title"])).casefold()
