"""An event stays below 1 MB, in every script and whatever the page says."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.article import Article, DateCandidate, DateKind, Flag, Notice, OtherTitle
from service.contract.attribution import Dateline, Evidence, Wire
from service.contract.extracted import Extracted
from service.contract.record import Record, Topic
from service.contract.serde import load
from service.fold.shard import Shard
from service.fold.stage import fold
from service.read.bounds import MOST_OF_REST, bound, cut_string, cut_text, json_bytes
from service.read.page import Limits
from service.read.stage import ReadOptions, read
from service.worker.read_agent import size_of
from tests.contract.messages import json_message, message

MEGABYTE = 1_000_000
LIMIT = Limits().text_bytes

PARAGRAPHS = {
    "Latin, with signs that JSON escapes": 'The mayor said "we have {n} days", and wrote'
    ' C:\\bridge\\{n} on the board. "No more," she added. "The council meets in the morning."',
    "Cyrillic": "Мэр города заявила, что до открытия моста осталось {n} дней, и пригласила жителей"
    " на церемонию, которая состоится утром у здания городского совета.",
    "Han": "市长周二表示,距离大桥重新开放还有{n}天,"
    "市议会将在早上再次开会,就预算问题进行表决,欢迎全体市民参加仪式。",
    "Devanagari": "महापौर ने मंगलवार को कहा कि पुल को दोबारा खोलने में {n} दिन शेष हैं और नगर परिषद सुबह"
    " फिर बैठक करेगी, जिसमें बजट पर मतदान होगा।",
}


def text_of(paragraph: str, size: int) -> str:
    """Paragraphs that differ in a number, of at least `size` bytes as JSON."""
    count = size // json_bytes(paragraph) + 1
    return "\n\n".join(paragraph.replace("{n}", str(1000 + n)) for n in range(count))


def event_of(page: dict[str, Any], limits: Limits) -> Record:
    extracted = read(json_message(page), ReadOptions(limits=limits))
    assert extracted.topic is Topic.EXTRACTED, extracted
    made = fold(message(extracted.value), Shard(), 0)
    (event,) = [record for record in made if record.topic is Topic.ARTICLES]
    assert all(size_of(record) < MEGABYTE for record in made)
    return event


def page_of(text: str, **more: Any) -> dict[str, Any]:
    article = {"title": "The bridge", "text": text, **more}
    return {"url": "https://gazette.example/bridge", "article": article}


@pytest.mark.parametrize("script", PARAGRAPHS)
def test_a_text_at_the_limit_is_whole_and_one_past_it_is_cut(script: str) -> None:
    limit = 20_000
    paragraph = PARAGRAPHS[script]
    given_text = text_of(paragraph, 2 * limit)
    whole = cut_text(given_text, limit)
    more = whole + given_text[len(whole) :].partition("\n\n")[0] + given_text[len(whole) :][:200]
    for text, flagged in ((whole, False), (more, True)):
        event = json.loads(event_of(page_of(text), Limits(text_bytes=limit)).value or b"")
        assert event["bodies"][0]["value"] == whole
        assert event["bodies"][0]["charCount"] == len(whole)
        flags = {flag["name"]: flag["evidence"] for flag in event["copydesk"]["quality"]["flags"]}
        assert ("truncated" in flags) is flagged
    assert f"cut to {json_bytes(whole)}: the limit is {limit}" in flags["truncated"]


@pytest.mark.slow
@pytest.mark.parametrize("script", PARAGRAPHS)
def test_the_largest_event_is_below_a_megabyte(script: str) -> None:
    paragraph = PARAGRAPHS[script]
    page = page_of(
        text_of(paragraph, LIMIT + 1000),
        title=paragraph * 2000,
        authors=[f"Jo Marsh {n} {paragraph * 20}" for n in range(300)],
        site_name=paragraph * 2000,
    )
    event = event_of(page, Limits())
    assert size_of(event) < MEGABYTE
    value = json.loads(event.value or b"")
    assert "site_name" not in value["copydesk"]["page"], "a book is no name"
    size = json_bytes(value["bodies"][0]["value"])
    assert LIMIT - 2 * json_bytes(paragraph) < size <= LIMIT
    assert "truncated" in {flag["name"] for flag in value["copydesk"]["quality"]["flags"]}


def test_every_field_can_be_large_at_once() -> None:
    """As no page can make them: at most the text, twice the rest and a little go into an event."""
    plain = read(json_message(page_of(text_of(PARAGRAPHS["Cyrillic"], 1000))))
    extracted = load(Extracted, plain.value or b"")
    long, quoted = "\x01" * 30_000, '"' * 90_000
    article = extracted.article.model_copy(
        update={
            "title": quoted,
            "site_name": quoted,
            "authors": tuple(f"{n}{quoted}" for n in range(50)),
            "lead_image": "https://gazette.example/" + "a" * 300_000,
            "other_titles": tuple(OtherTitle(role="page", text=long) for _ in range(50)),
            "dates": tuple(
                DateCandidate(kind=DateKind.PUBLISHED, source=long, value=long) for _ in range(50)
            ),
            "notices": tuple(Notice(text=long, holder=long, usage_terms=long) for _ in range(50)),
            "flags": tuple(Flag(name="gallery", evidence=long) for _ in range(50)),
        }
    )
    wire = Wire(
        agency="ap",
        agencies=("ap", *(f"{n}{long}" for n in range(50))),
        ed_note=long,
        dateline=Dateline(text=long, place=long),
        evidence=tuple(
            Evidence(agency="ap", rule="byline", where="byline", text=long) for _ in range(50)
        ),
    )
    article, wire = bound(article, wire, LIMIT)
    bounded = extracted.model_copy(update={"article": article, "wire": wire})
    made = fold(message(orjson.dumps(bounded.model_dump(mode="json"))), Shard(), 0)
    (event,) = [record for record in made if record.topic is Topic.ARTICLES]
    rest = size_of(event) - json_bytes(article.text)
    assert rest < 2 * MOST_OF_REST + 5000 < MEGABYTE - LIMIT
    flags = {flag.name for flag in article.flags}
    assert "fields_cut" in flags
    assert "truncated" not in flags
    assert article.lead_image is None
    assert article.url == extracted.article.url
    assert article.text == extracted.article.text
    assert wire.agencies[0] == "ap"


def test_an_ordinary_article_is_as_it_was() -> None:
    record = read(
        json_message(page_of(text_of(PARAGRAPHS["Latin, with signs that JSON escapes"], 3000)))
    )
    extracted = load(Extracted, record.value or b"")
    article, wire = bound(extracted.article, extracted.wire, LIMIT)
    assert article is extracted.article
    assert wire is extracted.wire


def test_a_page_that_is_cut_keeps_the_hash_of_its_whole_text() -> None:
    text = text_of(PARAGRAPHS["Cyrillic"], 40_000)

    def hashed(text: str, limit: int) -> str:
        record = read(json_message(page_of(text)), ReadOptions(limits=Limits(text_bytes=limit)))
        return load(Extracted, record.value or b"").article.content_hash

    assert hashed(text, 20_000) == hashed(text, 100_000)
    assert hashed(text, 20_000) != hashed(text + " Конец.", 20_000)


def article_with(text: str, **more: Any) -> Article:
    record = read(json_message(page_of(text_of(PARAGRAPHS["Cyrillic"], 1000))))
    article = load(Extracted, record.value or b"").article
    return article.model_copy(update={"text": text, **more})


def test_a_flag_that_is_there_gets_the_new_evidence_too() -> None:
    flags = (Flag(name="gallery", evidence="g"), Flag(name="truncated", evidence="ends in ..."))
    article, _ = bound(article_with("word " * 5000, flags=flags), Wire(), 10_000)
    assert [flag.name for flag in article.flags] == ["gallery", "truncated"]
    assert article.flags[1].evidence.startswith("ends in ...; text of 25000 bytes, cut to ")


def test_evidence_in_the_part_that_was_cut_off_has_no_place() -> None:
    found = tuple(
        Evidence(agency="ap", rule="r", where="body", text="AP", span=span)
        for span in ((0, 2), (24_000, 24_002))
    )
    article, wire = bound(article_with("word " * 5000), Wire(evidence=found), 10_000)
    assert [each.span for each in wire.evidence] == [(0, 2), None]
    assert json_bytes(article.text) <= 10_000


@given(st.text(), st.integers(0, 60))
def test_what_is_cut_fits_and_is_a_beginning(text: str, most: int) -> None:
    try:
        size = json_bytes(text)
    except orjson.JSONEncodeError:  # lone surrogates, which READ has none of
        return
    cut = cut_string(text, most)
    assert text.startswith(cut)
    assert json_bytes(cut) <= most
    assert (cut == text) is (size <= most) or cut == text
    whole = cut_text(text, most)
    assert text.startswith(whole)
    assert json_bytes(whole) <= most


def test_a_first_paragraph_that_is_too_long_is_cut_at_a_word() -> None:
    assert cut_text("one two three four\n\nfive", 12) == "one two"
    assert cut_text("a" * 30 + "\n\nb", 12) == "a" * 12
    assert cut_text("", 5) == ""


@pytest.mark.parametrize(
    "page",
    [
        {"url": "https://gazette.example/" + "a" * 9000, "text": "<p>x</p>"},
        {"url": "https://gazette.example/a", "text": "<p>x</p>", "status": 404},
    ],
)
def test_a_long_key_or_trace_makes_no_rejection_large(page: dict[str, Any]) -> None:
    record = read(
        json_message(page, key=b"k" * MEGABYTE, headers=(("traceparent", b"0" * MEGABYTE),))
    )
    if record.topic is Topic.REJECTED:
        assert size_of(record) < 20_000


def test_a_rejection_without_an_address_has_no_huge_key() -> None:
    record = read(message(b"{}", key=b"k" * MEGABYTE, headers=(("content-type", b"text/plain"),)))
    assert record.topic is Topic.FAILED or size_of(record) < 20_000


def test_a_declared_address_that_is_too_long_is_no_address() -> None:
    html = (
        '<html><head><link rel="canonical" href="https://gazette.example/' + "a" * 200_000 + '">'
        "</head><body><article><h1>The bridge opens</h1>"
        + "".join(f"<p>{PARAGRAPHS['Cyrillic'].replace('{n}', str(n))}</p>" for n in range(9))
        + "</article></body></html>"
    )
    record = read(json_message({"url": "https://gazette.example/bridge", "text": html}))
    assert load(Extracted, record.value or b"").article.canonical_url == (
        "https://gazette.example/bridge"
    )
