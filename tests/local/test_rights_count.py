"""Whom a policy about the use of texts would hit."""

from collections.abc import Sequence

import orjson

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage
from service.contract.rights import Rights, RightsWord
from service.local.rights_count import CountRow, RightsCount, count_rights
from service.read.rights_policy import read_policy
from service.settings import FixedSettings
from tests.fold.articles import extracted
from tests.read.page.pages import news_page

POLICY = read_policy(["noarchive=reject", "tdm-reservation=reject"])


def add(count: RightsCount, host: str, *words: tuple[str, str | None]) -> None:
    said = tuple(RightsWord(word=word, value=value, source="x") for word, value in words)
    article = extracted("Some text.", url=f"https://{host}/a", offset=0).article
    count.add(article.model_copy(update={"rights": Rights(words=said) if said else None}))


def test_pages_are_counted_by_host_and_word() -> None:
    count = RightsCount(POLICY)
    add(count, "a.example", ("noarchive", None), ("tdm-reservation", "1"))
    add(count, "a.example", ("tdm-reservation", "0"))
    add(count, "b.example", ("noai", None))
    add(count, "b.example")
    add(count, "b.example")
    assert count.rows() == [
        CountRow(None, None, 5, 2, 1),
        CountRow(None, "tdm-reservation", 2, 1, 1),
        CountRow(None, "noai", 1, 1, 0),
        CountRow(None, "noarchive", 1, 1, 1),
        CountRow("a.example", None, 2, 1, 1),
        CountRow("a.example", "tdm-reservation", 2, 1, 1),
        CountRow("a.example", "noarchive", 1, 1, 1),
        CountRow("b.example", None, 3, 1, 0),
        CountRow("b.example", "noai", 1, 1, 0),
    ]


def message(number: int, page: str, headers: Sequence[str] = ()) -> InputMessage:
    value = {
        "url": f"https://gazette.example/2026/page-{number}",
        "fetched_at": "2026-05-07T12:00:00Z",
        "headers": {"x-robots-tag": list(headers)},
        "text": page,
    }
    return InputMessage(
        None, orjson.dumps(value), (), None, SourcePosition(topic="x", partition=0, offset=number)
    )


async def test_no_page_is_rejected_while_it_is_counted() -> None:
    settings = FixedSettings(extractors=1, rights=("noarchive=reject", "noai=ignore"))
    pages = [
        message(1, news_page(), ["noarchive"]),
        message(2, news_page(title="Another storm takes the roofs"), ["noai"]),
        message(3, "<p>No article.</p>", ["noarchive"]),
    ]
    rows = (await count_rights(pages, settings, settings.rights_policy)).rows()
    found = {(row.host, row.word): (row.pages, row.rejected) for row in rows if row.host}
    assert found == {
        ("gazette.example", None): (2, 1),
        ("gazette.example", "x-robots-tag"): (2, 0),
        ("gazette.example", "noarchive"): (1, 1),
        ("gazette.example", "noai"): (1, 0),
    }
