"""What is known of an article and of a story as bytes, for a store, and back.

Lists in JSON, in a fixed order; `ROWS_VERSION` grows when the order changes.
"""

import orjson

from service.events.placement import Relation
from service.events.story_state import OriginalOfStory, StoryStatus
from service.story.known import KnownArticle, KnownStory

ROWS_VERSION = 1


def article_row(article: KnownArticle) -> bytes:
    """Write an article; the story that holds it now is not part of its row."""
    return orjson.dumps(
        (
            article.uri,
            article.url,
            article.number,
            article.filed,
            article.relation,
            article.version,
            article.content_hash,
            article.title,
            article.language,
            article.host,
            article.agency,
            article.own,
            article.names,
            article.published,
            article.first_created,
            article.seen,
            article.source,
            article.exact,
            article.words,
            article.signed,
        )
    )


def read_article(row: bytes, story_id: str | None = None) -> KnownArticle:
    """Read an article; `story_id` is the story that holds it, if not the one it was filed in."""
    fields = orjson.loads(row)
    topic, partition, offset = fields[16]
    return KnownArticle(
        uri=fields[0],
        url=fields[1],
        number=fields[2],
        story_id=fields[3] if story_id is None else story_id,
        filed=fields[3],
        relation=Relation(fields[4]),
        version=fields[5],
        content_hash=fields[6],
        title=fields[7],
        language=fields[8],
        host=fields[9],
        agency=fields[10],
        own=fields[11],
        names=fields[12],
        published=fields[13],
        first_created=fields[14],
        seen=fields[15],
        source=(topic, partition, offset),
        exact=fields[17],
        words=fields[18],
        signed=fields[19],
    )


def story_row(story: KnownStory) -> bytes:
    """Write a story without its members."""
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
            story.stands(),
        )
    )


def read_story(row: bytes) -> KnownStory:
    """Read a story; it is whole once it was given its members, see `KnownStory.fill`."""
    fields = orjson.loads(row)
    uri, host, why = fields[4]
    return KnownStory(
        id=fields[0],
        language=fields[1],
        agency=fields[2],
        headline=fields[3],
        original=OriginalOfStory.model_construct(uri=uri, host=host, why=why),
        first_seen=fields[5],
        last_seen=fields[6],
        latest=fields[7],
        revision=fields[8],
        status=StoryStatus(fields[9]),
        merged_into=fields[10],
        stored=tuple((uri, part_of) for uri, part_of in fields[11]),
    )
