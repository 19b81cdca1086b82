"""The sample crawl, from bytes to stories: folded and linked exactly as it is labelled."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from service.contract.article_event import ArticleEvent
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import load
from service.contract.story import Relation
from service.contract.translations import StoryTranslations, is_translations
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.link_files import LinkFiles
from service.local.sample import SamplePage, sample_crawl
from service.local.sample.crawl import page_message
from service.local.sample.plan import load_plan
from service.read.stage import ReadOptions, read
from tests.contract.formats import record_complaints

EXPECTED_OTHERWISE = {
    ("www.marketfloor.example", "furnace", Relation.VERBATIM): "it comes before its original",
    ("www.tidewatertimes.example", "hoard", Relation.VERBATIM): "it comes before its original",
}
"""Pages by host, story and labelled relation that rightly have another relation on arrival."""


@cache
def written() -> tuple[tuple[SamplePage, tuple[Record, ...]], ...]:
    """The pages, each with the records that it gives."""
    return tuple(_folded())


def _folded() -> Iterator[tuple[SamplePage, tuple[Record, ...]]]:
    shard, link = Shard(links=True), LinkFiles(1_000)
    for number, page in enumerate(sample_crawl()):
        message = page_message(page, number)
        record = read(message, ReadOptions(concepts=True))
        if record.topic is Topic.EXTRACTED:
            article = InputMessage(record.key, record.value, (), None, message.source)
            yield page, tuple(link.follow(fold(article, shard, 0)))
        else:
            yield page, (record,)


@cache
def events() -> tuple[tuple[SamplePage, ArticleEvent], ...]:
    """The pages that are labelled as articles, each with its event."""
    return tuple(
        (page, load(ArticleEvent, first.value or b""))
        for page, (first, *_) in written()
        if first.topic is Topic.ARTICLES and page.expect.outcome == "event"
    )


def key(page: SamplePage, event: ArticleEvent) -> tuple[str, str | None, Relation | None]:
    return event.copydesk.page.host, page.expect.story, page.expect.relation


def test_every_article_has_an_event() -> None:
    labelled = [page for page in sample_crawl() if page.expect.outcome == "event"]
    assert [page for page, _ in events()] == labelled


def test_every_story_is_folded_and_none_is_mixed() -> None:
    ids, labels = defaultdict(set), defaultdict(set)
    for page, event in events():
        ids[page.expect.story].add(event.copydesk.story.id)
        labels[event.copydesk.story.id].add(page.expect.story)
    assert {story: len(found) for story, found in ids.items() if len(found) > 1} == {}
    assert [found for found in labels.values() if len(found) > 1] == []


def test_every_page_has_the_labelled_relation() -> None:
    wrong = {
        key(page, event)
        for page, event in events()
        if event.copydesk.story.relation != page.expect.relation
    }
    assert wrong <= set(EXPECTED_OTHERWISE)


def test_stories_are_linked_with_their_translations_and_with_nothing_else() -> None:
    plan = load_plan().stories
    labels: dict[str, str] = {}
    for page, event in events():
        assert page.expect.story is not None
        labels[event.copydesk.story.id] = page.expect.story
    said = {
        labels[each.story]: each
        for _, records in written()
        for each in (
            load(StoryTranslations, one.value or b"") for one in records if is_translations(one)
        )
    }
    found = {
        frozenset((one, labels[other.story]))
        for one, each in said.items()
        for other in each.translations
    }
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for label, row in plan.items():
        if row.translation_of is not None:
            groups[row.translation_of] |= {label, row.translation_of}
    assert found == {
        frozenset(pair) for group in groups.values() for pair in combinations(group, 2)
    }
    of = {one: labels[each.translation_of] for one, each in said.items() if each.translation_of}
    assert set(of) == {label for label, row in plan.items() if row.translation_of}
    for label, source in of.items():
        while source in of:  # of two sources the one that is more alike is named
            source = of[source]
        assert source == plan[label].translation_of


def test_every_record_fits_the_schemas_and_every_event_iptcs() -> None:
    wrong = [each for _, records in written() for one in records for each in record_complaints(one)]
    assert wrong == []
