"""Rows of the row store: an article or a story as a JSON list of values in a fixed order.

`ROWS_VERSION` grows when the order, the number or the meaning of values changes. Rows of
`EARLIER_ROWS` can be read: they lack values at the end,
which have defaults.
"""

import orjson

from service.contract.serde import dump, load
from service.contract.story import Claim, OperatorDecision, StoryStatus
from service.fold.state.article import ArticleState
from service.fold.state.story import StoryState, original_because

ROWS_VERSION = 6
EARLIER_ROWS = (1, 2, 3, 4, 5)


def article_row(article: ArticleState) -> bytes:
    """Return the row of an article; the story that holds it now is not part of it."""
    return orjson.dumps(article.to_row())


def read_article(row: bytes, story_id: str | None = None) -> ArticleState:
    """Return the article of a row.

    Args:
        story_id: story that holds it now; None if it is the one that its record names.
    """
    return ArticleState.from_row(orjson.loads(row), story_id)


def story_row(story: StoryState) -> bytes:
    """Return the row of a story, without its members."""
    original = story.original
    return orjson.dumps(
        (
            story.id,
            story.language,
            story.agency,
            story.headline,
            (original.uri, original.host, original.why),
            story.first_seen,
            story.last_seen,
            story.latest,
            story.revision,
            story.status,
            story.merged_into,
            story.representative_uris(),
            [dump(claim).decode() for claim in story.claims],
            story.withdrawn_before,
            [dump(decision).decode() for decision in story.decisions],
            story.bare,
            story.cites,
        )
    )


def read_story(row: bytes) -> StoryState:
    """Return the story of a row; `StoryState.load_members` adds its members."""
    fields = orjson.loads(row)
    uri, host, why = fields[4]
    claims, withdrawn_before = fields[12:14] or ((), 0)
    decisions = fields[14] if len(fields) > 14 else ()
    bare = fields[15] if len(fields) > 15 else False
    cites = fields[16] if len(fields) > 16 else ()
    return StoryState(
        id=fields[0],
        language=fields[1],
        agency=fields[2],
        headline=fields[3],
        original=original_because(uri, host, why),
        first_seen=fields[5],
        last_seen=fields[6],
        latest=fields[7],
        revision=fields[8],
        status=StoryStatus(fields[9]),
        merged_into=fields[10],
        stored_representatives=tuple((uri, part_of) for uri, part_of in fields[11]),
        claims=tuple(load(Claim, claim.encode()) for claim in claims),
        withdrawn_before=withdrawn_before,
        decisions=tuple(load(OperatorDecision, each.encode()) for each in decisions),
        bare=bare,
        cites=tuple(cites),
    )
