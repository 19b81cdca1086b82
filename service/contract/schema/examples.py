"""Examples of every public value: those of a topic have each of its properties at least once."""

from typing import Any

from service.contract.cloud_event import CONTRACT_VERSION
from service.contract.control import ControlAction
from service.contract.identity import article_uri, story_uri
from service.contract.outcome import Rejection, RejectionReason
from service.contract.schema.article_examples import (
    ORIGINAL_URL,
    STORY,
    TITLE,
    URL,
    example_article,
    example_restated,
    example_takedown,
)
from service.contract.schema.page_examples import example_pages
from service.contract.serde import Model, dump, load_json
from service.contract.story import (
    Claim,
    OperatorDecision,
    OriginalOfStory,
    Relation,
    RelationCount,
    StoryEvent,
    StoryStatus,
)
from service.contract.translations import StoryTranslations, Translation, TranslationEvidence


def examples() -> dict[str, list[Any]]:
    """Return the examples of each public schema, keyed by its file name without `.json`."""
    written: dict[str, tuple[Model, ...]] = {
        "article-event": (example_article(), example_takedown(), example_restated()),
        "story-state": (example_story(), example_boilerplate(), example_merged()),
        "story-translations": (example_translations(), example_no_translations()),
        "rejection": (example_rejection(),),
    }
    found = {name: [load_json(dump(each)) for each in shown] for name, shown in written.items()}
    found["page"] = example_pages()
    return {f"{name}.{CONTRACT_VERSION}": shown for name, shown in found.items()}


def example_story() -> StoryEvent:
    """Return the state of the story that the example article belongs to."""
    return StoryEvent(
        id=STORY,
        language="en",
        agency="meridian",
        headline=TITLE,
        original=OriginalOfStory(
            uri=article_uri(ORIGINAL_URL), host="wire.example", why="agency_host", basis="seen"
        ),
        original_uri=article_uri(ORIGINAL_URL),
        original_host="wire.example",
        copies=1,
        hosts=("gazette.example", "wire.example"),
        host_count=2,
        first_seen="2024-05-14T08:00:00+00:00",
        last_seen="2024-05-14T09:30:00+00:00",
        agency_verified=True,
        claims=(
            Claim(
                kind=Relation.UPDATE,
                host="gazette.example",
                uri=article_uri(URL),
                at="2024-05-14T09:30:00+00:00",
                had_copy=True,
            ),
        ),
        decisions=(
            OperatorDecision(
                id="0f5a1c0de0f5a1c0de0f5a1c0de0f5a1",
                action=ControlAction.SAME,
                target=article_uri(ORIGINAL_URL),
                other=article_uri(URL),
                why="one event",
                at="2024-05-14T09:00:00+00:00",
                before=12,
                sequence=41215,
            ),
        ),
        copies_by_relation=(RelationCount(relation=Relation.UPDATE, copies=1),),
        publisher_count=2,
        owner_count=2,
        repeats=0,
        cites=(article_uri("https://trams.example/timetable"),),
    )


def example_boilerplate() -> StoryEvent:
    """Return the state of a story that is most likely no article, but a notice of many sites."""
    first = article_uri("https://gazette.example/notice")
    return StoryEvent(
        id=story_uri(first, "", ""),
        language="en",
        headline="Before you continue",
        original=OriginalOfStory(
            uri=first, host="gazette.example", why="first_arrived", basis="seen"
        ),
        copies=1,
        hosts=("gazette.example", "herald.example"),
        host_count=2,
        boilerplate=True,
    )


def example_merged() -> StoryEvent:
    """Return the last state of a story that was found to be part of the example's."""
    first = article_uri("https://herald.example/bridge")
    return StoryEvent(
        id=story_uri(first, "", ""),
        language="en",
        headline="Bridge open again",
        original=OriginalOfStory(
            uri=first, host="herald.example", why="earliest_published", basis="claimed"
        ),
        copies=0,
        hosts=("herald.example",),
        host_count=1,
        first_seen="2024-05-14T08:40:00+00:00",
        last_seen="2024-05-14T08:40:00+00:00",
        status=StoryStatus.MERGED,
        merged_into=STORY,
    )


def example_translations() -> StoryTranslations:
    """Return the translations of the example's story."""
    first = article_uri("https://kurier.example/bruecke")
    return StoryTranslations(
        story=STORY,
        language="en",
        agency="meridian",
        translations=(
            Translation(
                story=story_uri(first, "", ""),
                language="de",
                score=0.93,
                headline="Brücke wieder offen",
                uri=first,
                url="https://kurier.example/bruecke",
                host="kurier.example",
                evidence=TranslationEvidence(
                    common_numbers=4,
                    common_names=6,
                    common_words=31,
                    numbers=1.0,
                    names=0.82,
                    words=0.47,
                    sentences=0.9,
                    order=0.95,
                    length_ratio=0.88,
                ),
            ),
        ),
        translation_of=story_uri(first, "", ""),
        why="named",
    )


def example_no_translations() -> StoryTranslations:
    """Return what is said when a story's last translation was withdrawn."""
    return StoryTranslations(story=STORY, language="en", translations=())


def example_rejection() -> Rejection:
    """Return the rejection of a page without an article."""
    return Rejection(
        uri=article_uri("https://gazette.example/contact"),
        url="https://gazette.example/contact",
        reason=RejectionReason.NO_ARTICLE,
        detail="no paragraph of running text",
    )
