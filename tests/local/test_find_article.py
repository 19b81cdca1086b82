"""Finding articles for `copydesk explain`."""

import gzip
import json
from pathlib import Path

import pytest

from service.contract.story import Relation
from service.fold.explain import SignedText
from service.local.article_reference import ArticleReference, NoSuchArticle
from service.local.find_article import InFile, find_in_events, find_in_file
from service.local.read_files import InputLimits, UnreadableInput
from service.read.stage import DEFAULT_OPTIONS
from service.text.signature import sign
from tests.fold.articles import text_of
from tests.local.stored import FERRY, SPUN, STEEL, ferry_pages, page, write_events, write_pages
from tests.read.envelopes.test_warc import record


def find(argument: str | Path) -> SignedText:
    file = InFile.parse(str(argument))
    assert file is not None
    return find_in_file(file, DEFAULT_OPTIONS, InputLimits())


def html(text: str) -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return f"<html><title>Ferry</title><body><article>{paragraphs}</article></body></html>"


def test_a_saved_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(html(text_of("ferry-ap")))
    found = find(tmp_path / "ferry.html")
    assert found.text.startswith(text_of("ferry-ap")[:40])
    assert found.stored is None


def test_what_is_shown_is_what_was_signed(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages.jsonl", ferry_pages())
    found = find(f"{pages}#{FERRY}")
    assert found.extracted.wire.agency == "ap"
    assert "(AP)" in found.extracted.article.text
    assert "(AP)" not in found.text
    assert found.extracted.signature == sign(found.text, "en")


def test_an_archive_and_a_packed_file_are_searched_by_address(tmp_path: Path) -> None:
    body = html(text_of("ferry-ap")).encode()
    archive = tmp_path / "crawl.warc"
    archive.write_bytes(b"".join(record(url=url, body=body) for url in (FERRY, SPUN)))
    assert find(f"{archive}#{SPUN}?utm_source=feed").extracted.article.url == SPUN
    packed = tmp_path / "pages.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(map(json.dumps, ferry_pages())).encode()))
    assert find(f"{packed}#{STEEL}").extracted.article.url == STEEL


def test_of_several_captures_the_last_is_used(tmp_path: Path) -> None:
    pages = [page(FERRY, text_of("ferry-ap", "trimmed")), page(FERRY, text_of("ferry-ap"))]
    found = find(f"{write_pages(tmp_path / 'pages.jsonl', pages)}#{FERRY}")
    assert found.extracted.article.text == text_of("ferry-ap")


def test_a_stored_event_is_as_good_as_its_page(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages.jsonl", ferry_pages())
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    for url in (FERRY, SPUN, STEEL):
        from_page, from_event = find(f"{pages}#{url}"), find(f"{events}#{url}")
        assert from_event.extracted.signature == from_page.extracted.signature
        assert from_event.text == from_page.text
        assert from_event.extracted.wire == from_page.extracted.wire
        assert from_event.stored is not None


def test_an_event_is_found_by_address_uri_and_id(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    row = next(r for r in rows if r["topic"] == "articles" and SPUN in json.dumps(r["value"]))
    names = [SPUN, row["value"]["uri"], row["headers"]["ce_id"]]
    search = find_in_events(events, [ArticleReference(name) for name in names], InputLimits())
    found = [search.result(number) for number in range(3)]
    assert {each.extracted.article.uri for each in found} == {row["value"]["uri"]}
    stored = found[0].stored
    assert stored is not None
    assert stored.relation == "spun"
    assert stored.story_id == row["value"]["copydesk"]["story"]["id"]


def test_the_newest_version_is_used(tmp_path: Path) -> None:
    pages = [
        page(FERRY, text_of("ferry-ap", "trimmed")),
        page(FERRY, text_of("ferry-ap"), "2026-03-10T12:00:00Z"),
    ]
    events = write_events(tmp_path / "events.jsonl", pages)
    assert find(events).text == text_of("ferry-ap")


def test_a_merged_story_is_replaced_by_the_one_it_was_merged_into(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    before = find(f"{events}#{FERRY}").stored
    assert before is not None
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    state = next(r for r in rows if r["topic"] == "stories" and r["value"]["id"] == before.story_id)
    state["value"] |= {"status": "merged", "merged_into": "urn:copydesk:story:other"}
    with events.open("a") as file:
        file.write(json.dumps(state) + "\n")
    after = find(f"{events}#{FERRY}").stored
    assert after is not None
    assert after.story_id == "urn:copydesk:story:other"


def test_what_is_not_found_is_an_error(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages.jsonl", ferry_pages())
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    with pytest.raises(NoSuchArticle, match=r"x\.example/: not among the 3 pages"):
        find(f"{pages}#https://x.example/")
    with pytest.raises(NoSuchArticle, match=r"x\.example/: not among the 3 article events"):
        find(f"{events}#https://x.example/")


def test_where_there_are_more_than_one_they_are_named(tmp_path: Path) -> None:
    for path in (
        write_pages(tmp_path / "pages.jsonl", ferry_pages()),
        write_events(tmp_path / "events.jsonl", ferry_pages()),
    ):
        with pytest.raises(NoSuchArticle, match="more than one article") as raised:
            find(path)
        assert FERRY in str(raised.value)
        assert SPUN in str(raised.value)


def test_a_page_without_an_article_says_why(tmp_path: Path) -> None:
    short = tmp_path / "short.html"
    short.write_text("<html><body><p>Too little.</p></body></html>")
    with pytest.raises(NoSuchArticle, match="no article in it: too_short"):
        find(short)
    gone = write_pages(tmp_path / "gone.jsonl", [{"url": FERRY, "status": 404, "text": "gone"}])
    with pytest.raises(NoSuchArticle, match="no article: http_error"):
        find(f"{gone}#{FERRY}")
    empty = write_pages(tmp_path / "empty.jsonl", [])
    with pytest.raises(NoSuchArticle, match="it is empty"):
        find(empty)


def test_an_article_that_was_taken_down_has_no_text(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    for row in rows:
        if row["topic"] == "articles":
            row["value"]["bodies"] = []
    events.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(NoSuchArticle, match="taken down"):
        find(f"{events}#{FERRY}")


def test_an_article_that_is_stated_again_has_its_text_and_its_last_relation(
    tmp_path: Path,
) -> None:
    late = page(FERRY, f"HARBOR CITY (AP) — {text_of('ferry-ap')}", "2026-03-10T09:30:00Z")
    first = page(SPUN, text_of("ferry-ap", "spun"), published="2026-03-10T05:00:00Z")
    late["article"]["published"] = "2026-03-10T01:00:00Z"
    late["fetched_at"] = "2026-03-10T05:30:00Z"
    events = write_events(tmp_path / "events.jsonl", [first, late])
    found = find(f"{events}#{SPUN}")
    assert found.text.startswith(text_of("ferry-ap", "spun")[:40])
    assert found.stored is not None
    assert found.stored.relation is Relation.SPUN
    original = find(f"{events}#{FERRY}").stored
    assert original is not None
    assert original.relation is Relation.ORIGINAL
    assert original.story_id == found.stored.story_id


def test_records_of_other_programs_are_ignored(tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    odd = [
        {"topic": "articles", "value": None},
        {"topic": "articles", "value": {"uri": 3}},
        {"topic": "articles", "value": {"uri": "u", "copydesk": [], "bodies": 1}},
        {"topic": "stories", "value": {"id": 1}, "headers": []},
    ]
    with events.open("a") as file:
        file.writelines(json.dumps(row) + "\n" for row in odd)
    assert find(f"{events}#{SPUN}").extracted.article.url == SPUN


def test_a_file_may_have_a_hash_in_its_name(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a#b.jsonl", ferry_pages())
    assert find(f"{path}#{STEEL}#top").extracted.article.url == STEEL
    assert InFile.parse(str(tmp_path / "nothing.jsonl#x")) is None


def test_a_broken_file_and_one_without_the_article_are_different_errors(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(gzip.compress(json.dumps(ferry_pages()[0]).encode())[:60])
    with pytest.raises(UnreadableInput):
        find(f"{broken}#{SPUN}")
