"""Articles and stories for the tests of FOLD's state."""

from service.contract.fold_state import ClockRecord
from service.contract.story import Relation
from service.fold.state.article import ArticleState
from service.fold.state.story import StoryState, original_because

CLOCK = ClockRecord(now=0.0)


def story_id(number: int) -> str:
    """Return the id of a story."""
    return f"urn:copydesk:story:{number:032x}"


def article_state(number: int, story: int = 1, uri: str | None = None) -> ArticleState:
    """Return an article in the story with this number."""
    return ArticleState(
        uri=uri or f"urn:{number}",
        url=f"https://a.example/{number}",
        number=number,
        story_id=story_id(story),
        recorded_story_id=story_id(story),
        relation=Relation.ORIGINAL,
        version=1,
        content_hash="hash",
        title="Überschrift \u2028 \x00",
        language="de",
        host="a.example",
        agency=None,
        own=False,
        declared_original=None,
        published=None,
        first_created=None,
        seen=1000.5 + number,
        source=("pages.raw", 0, number),
        exact="exact",
        words=3,
        signature_version=1,
        own_uri=None,
    )


def story_state(number: int, merged_into: str | None = None) -> StoryState:
    """Return a story that is represented by the first two articles, without its members."""
    original = original_because("urn:1", "a.example", "earliest_seen")
    return StoryState(
        id=story_id(number),
        language="de",
        agency="dpa",
        headline="Überschrift",
        original=original,
        first_seen=None,
        last_seen=None,
        latest=7.25,
        merged_into=merged_into,
        stored_representatives=(("urn:1", None), ("urn:2", "urn:1")),
    )
