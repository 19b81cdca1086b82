"""Records with one `ce_id` are alike, to the last byte and header."""

import random
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.window import WindowLimits
from service.local.sample import sample_crawl
from service.local.sample.crawl import page_message
from service.read.stage import read
from tests.fold.articles import extracted, text_of
from tests.fold.test_stage import carried


def crawl(rounds: int, seed: int) -> Iterator[InputMessage]:
    """The sample crawl, then re-crawls of it at other times, some with texts that went back."""
    messages = [page_message(page, number) for number, page in enumerate(sample_crawl())]
    yield from messages
    shuffled = random.Random(seed)
    offset = len(messages)
    for again in range(1, rounds + 1):
        for message in shuffled.sample(messages, len(messages) // 2):
            headers = tuple(
                (name, b"2026-03-%02dT0%d:30:00Z" % (10 + again, shuffled.randrange(10)))
                if name == "fetched-at"
                else (name, value)
                for name, value in message.headers
            )
            source = message.source.model_copy(update={"offset": offset})
            yield replace(message, headers=headers, source=source)
            offset += 1


def check(records: Iterator[Record]) -> int:
    seen: dict[bytes, Record] = {}
    for record in records:
        stated = dict(record.headers).get("ce_id")
        if stated is not None:
            assert seen.setdefault(stated, record) == record
    return len(seen)


def folded(messages: Iterator[InputMessage], window: WindowLimits) -> Iterator[Record]:
    shard = Shard(window)
    for message in messages:
        record = read(message)
        yield record
        if record.topic is Topic.EXTRACTED:
            given = InputMessage(record.key, record.value, (), None, message.source)
            yield from fold(given, shard, 0)


def test_the_sample_crawl_and_re_crawls_of_it() -> None:
    assert check(folded(crawl(2, seed=1), WindowLimits())) > 200


def test_with_a_window_that_articles_leave_and_come_back_to() -> None:
    assert check(folded(crawl(2, seed=2), WindowLimits(articles=30))) > 200


@hypothesis_settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["a", "b"]), st.integers(0, 3)),
        min_size=2,
        max_size=12,
    )
)
def test_texts_that_go_and_come_back(visits: list[tuple[int, str, int]]) -> None:
    texts = [text_of("dam"), text_of("dam", "spun"), text_of("furnace")]
    shard = Shard(WindowLimits(articles=2))
    pages = [
        extracted(texts[text], url=f"https://{host}.example/x", offset=offset, minutes=minutes)
        for offset, (text, host, minutes) in enumerate(visits)
    ]
    made = (record for page in pages for record in fold(carried(page), shard, 0))
    check(made)
