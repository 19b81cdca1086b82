"""The sample crawl: complete, reproducible, correctly labelled, and valid web pages."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
import trafilatura
from lxml import html

import service.local.sample
from service.contract.outcome import RejectionReason
from service.contract.story import Relation
from service.local.sample import SamplePage, sample_crawl
from service.local.sample.plan import PageRow, load_plan
from service.local.sample.render import body_text, typeset
from service.local.sample.sites import load_site
from service.local.sample.texts import cited_paragraphs, story_text

PLAN = load_plan()
PAGES = tuple(sample_crawl())
FETCHES = tuple(zip(PLAN.pages, PAGES, strict=True))
ARTICLES = tuple((row, page) for row, page in FETCHES if page.expect.outcome == "event")
COPIES = tuple((row, page) for row, page in ARTICLES if page.expect.relation != Relation.ORIGINAL)
AGENCY_HOSTS = {
    "apnews.com",
    "www.reuters.com",
    "www.bloomberg.com",
    "efe.com",
    "en.yna.co.kr",
    "english.kyodonews.net",
    "english.news.cn",
    "www.prnewswire.com",
}


def name(row: PageRow) -> str:
    return f"{row.site}-{row.story}-{row.text}"


def decoded(page: SamplePage) -> bytes:
    if dict(page.headers).get("content-encoding") == "gzip":
        return gzip.decompress(page.body)
    return page.body


def markup(row: PageRow, page: SamplePage) -> str:
    return decoded(page).decode(load_site(row.site).charset)


def json_blocks(text: str) -> list[str]:
    scripts = html.document_fromstring(text).iter("script")
    return [script.text or "" for script in scripts if "json" in script.get("type", "")]


def packaged(folder: str, suffix: str) -> Iterator[str]:
    root = files(service.local.sample).joinpath(folder)
    for entry in root.iterdir():
        if entry.is_dir():
            yield from packaged(f"{folder}/{entry.name}", suffix)
        elif entry.name.endswith(suffix):
            yield f"{folder}/{entry.name}".partition("/")[2].removesuffix(suffix)


def shingles(paragraphs: Sequence[str]) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(paragraphs).lower())
    return [tuple(words[n : n + 5]) for n in range(len(words) - 4)]


def kept(text: Sequence[str], original: Sequence[str]) -> float:
    """Share of the text's 5-grams that are in the original."""
    known = set(shingles(original))
    mine = shingles(text)
    return sum(shingle in known for shingle in mine) / len(mine)


def folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def test_it_is_large_and_varied_enough() -> None:
    layouts = {row.template or load_site(row.site).template for row in PLAN.pages if not row.body}
    wired = {page.expect.story for row, page in ARTICLES if PLAN.stories[str(row.story)].agency}
    assert len(PAGES) >= 55
    assert len(layouts) >= 12
    assert len(wired) >= 12
    assert len({page.expect.agency for page in PAGES} - {None}) >= 10
    languages = {PLAN.stories[str(row.story)].language for row, _ in ARTICLES}
    assert languages == {"en", "de", "es", "fr"}


def test_two_renderings_have_the_same_bytes() -> None:
    assert tuple(sample_crawl()) == PAGES


def test_nothing_in_the_package_is_left_unused() -> None:
    rows = PLAN.pages
    texts = {f"{row.story}/{row.text}" for row in rows if row.story} | {
        f"{row.story}/original" for row in rows if row.story
    }
    layouts = {row.template or load_site(row.site).template for row in rows}
    assert set(packaged("stories", ".txt")) == texts
    assert set(packaged("sites", ".toml")) == {row.site for row in rows}
    assert set(packaged("templates", ".html.j2")) == layouts
    assert set(PLAN.stories) == {row.story for row in rows if row.story}


def test_pages_are_in_the_order_of_their_fetch_within_36_hours() -> None:
    fetched = [datetime.fromisoformat(page.fetched_at) for page in PAGES]
    assert fetched == sorted(set(fetched))
    assert {time.year for time in fetched} == {2026}
    assert fetched[-1] - fetched[0] <= timedelta(hours=36)


@pytest.mark.parametrize(("row", "page"), ARTICLES, ids=[name(row) for row, _ in ARTICLES])
def test_no_page_is_dated_after_its_fetch(row: PageRow, page: SamplePage) -> None:
    assert row.published is not None
    assert (row.modified or row.published) <= datetime.fromisoformat(page.fetched_at)


def test_hosts_are_reserved_names_or_the_agencies_own() -> None:
    for row, page in FETCHES:
        if page.url is None:
            continue
        host = urlsplit(page.url).hostname or ""
        assert host.endswith(".example") or host in AGENCY_HOSTS
        if host in AGENCY_HOSTS:
            assert row.agency == PLAN.stories[str(row.story)].agency


def test_every_outcome_and_relation_occurs() -> None:
    expected = [page.expect for page in PAGES]
    assert {each.outcome for each in expected} == {"event", "rejected", "failed"}
    assert {each.reason for each in expected} - {None} == {
        RejectionReason.UNCHANGED,
        RejectionReason.NOT_HTML,
        RejectionReason.NO_ARTICLE,
        RejectionReason.TOO_SHORT,
        RejectionReason.HTTP_ERROR,
        RejectionReason.ROBOTS_NOARCHIVE,
    }
    relations = {page.expect.relation for _, page in ARTICLES}
    assert relations == set(Relation) - {Relation.TRANSLATED}
    assert sum(page.expect.relation == Relation.SPUN for _, page in ARTICLES) >= 8


def test_every_story_has_exactly_one_original() -> None:
    originals = [
        page.expect.story for _, page in ARTICLES if page.expect.relation == Relation.ORIGINAL
    ]
    assert len(originals) == len(set(originals))
    assert set(originals) == {page.expect.story for _, page in ARTICLES}


def test_some_copies_arrive_before_their_original() -> None:
    arrivals: dict[str | None, list[Relation | None]] = {}
    for _, page in ARTICLES:
        arrivals.setdefault(page.expect.story, []).append(page.expect.relation)
    late = [story for story, order in arrivals.items() if order[0] != Relation.ORIGINAL]
    assert len(late) >= 2


def test_stories_are_interleaved() -> None:
    stories = [page.expect.story for _, page in ARTICLES]
    runs = sum(a != b for a, b in pairwise(stories)) + 1
    assert runs > 0.9 * len(stories)


@pytest.mark.parametrize(("row", "page"), COPIES, ids=[name(row) for row, _ in COPIES])
def test_a_copy_is_what_its_label_says(row: PageRow, page: SamplePage) -> None:
    story = str(row.story)
    original = story_text(story, "original")
    text = story_text(story, row.text)
    untouched = sum(paragraph in original for paragraph in text)
    match row.relation:
        case Relation.VERBATIM:
            assert text == original
        case Relation.TRIMMED:
            assert untouched == len(text)
            assert 0.4 <= len(text) / len(original) <= 0.8
        case Relation.EDITED | Relation.UPDATE:
            assert untouched >= len(original) / 2
            assert len(text) > untouched
        case Relation.CORRECTION:
            assert len(text) == len(original) == untouched + 1
        case Relation.SPUN | Relation.REWRITTEN:
            assert untouched == 0
            assert kept(text, original) < 0.15
            figures = set(re.findall(r"\d{2,}", " ".join(original)))
            assert sum(figure in " ".join(text) for figure in figures) >= 0.6 * len(figures)
        case Relation.WITHDRAWAL:
            assert kept(text, original) < 0.15
        case _:
            pytest.fail(f"no rule for {row.relation}")


@pytest.mark.parametrize(
    ("one", "other"), [("ferry-ap", "ferry-reuters"), ("lander-kyodo", "lander-xinhua")]
)
def test_two_agencies_report_one_event_in_different_words(one: str, other: str) -> None:
    assert kept(story_text(one, "original"), story_text(other, "original")) < 0.02


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("results-corvane", "results-pellwright"),
        ("quake-lone-mesa", "quake-port-soledad"),
    ],
)
def test_template_stories_share_wording_and_not_facts(one: str, other: str) -> None:
    first, second = story_text(one, "original"), story_text(other, "original")
    assert kept(first, second) > 0.4
    figures = [set(re.findall(r"\d+\.\d+", " ".join(text))) for text in (first, second)]
    assert not figures[0] & figures[1]


def test_a_page_is_fetched_again_unchanged_and_another_one_revised() -> None:
    fetches: dict[str | None, list[SamplePage]] = {}
    for page in PAGES:
        fetches.setdefault(page.url, []).append(page)
    again = [pages for pages in fetches.values() if len(pages) == 2]
    unchanged = [pair for pair in again if pair[1].expect.reason == RejectionReason.UNCHANGED]
    revised = [pair for pair in again if pair[1].expect.outcome == "event"]
    assert any(first.body == second.body for first, second in unchanged)
    assert any(first.body != second.body for first, second in unchanged)
    assert revised
    assert all(first.body != second.body for first, second in revised)


def test_what_must_fail_cannot_be_processed() -> None:
    broken, lost = (page for page in PAGES if page.expect.outcome == "failed")
    assert dict(broken.headers)["content-encoding"] == "gzip"
    with pytest.raises((OSError, EOFError, zlib.error)):
        gzip.decompress(broken.body)
    assert lost.url is None
    assert lost.body


def test_templates_escape() -> None:
    (found,) = [(row, page) for row, page in ARTICLES if "<" in row.headline]
    row, page = found
    text = markup(row, page)
    assert row.headline not in text
    assert "&lt;15 minutes free, &#34;if you can prove it&#34; &amp; no paper tickets" in text
    document = html.document_fromstring(text)
    assert [heading.text for heading in document.iter("h1")] == [row.headline]
    assert json.loads(json_blocks(text)[0])["headline"] == row.headline


def test_structured_data_is_json() -> None:
    blocks = 0
    for row, page in ARTICLES:
        for block in json_blocks(markup(row, page)):
            json.loads(block)
            blocks += 1
    assert blocks >= 20


def test_pages_look_like_pages_of_the_web() -> None:
    for row, page in ARTICLES:
        text = markup(row, page)
        assert 160 <= text.count("\n") <= 600, name(row)
        assert re.search(r"<script", text, re.I)
        assert re.search(r"<style", text, re.I)
        assert re.search(r"<a href=", text, re.I)


def test_some_bytes_are_not_utf_8() -> None:
    bodies = {row.site: decoded(page) for row, page in ARTICLES}
    assert "Brücke".encode("latin-1") in bodies["inselbote"]
    assert b"\x93They are thin" in bodies["tallgrass"]
    # Declared as ISO 8859-1, written on Windows: browsers read the quotes all the same.
    assert b"charset=iso-8859-1" in bodies["gaceta-austral"]
    assert b"\x93El viento" in bodies["gaceta-austral"]


def test_pages_of_one_site_differ_around_the_article() -> None:
    links: dict[str, dict[str, frozenset[str]]] = {}
    for row, page in ARTICLES:
        found = re.findall(r"href=\"([^\"]+)\"", markup(row, page), re.I)
        links.setdefault(row.site, {})[str(page.url)] = frozenset(found) - {page.url}
    for pages in links.values():
        assert len(set(pages.values())) == len(pages)


def test_the_body_of_nearly_every_article_can_be_extracted() -> None:
    complete = 0
    for row, page in ARTICLES:
        text = folded(trafilatura.extract(decoded(page), url=page.url) or "")
        paragraphs = [folded(paragraph) for paragraph in body_text(PLAN, row)]
        complete += paragraphs[0] in text and paragraphs[-1] in text
    assert complete >= 0.9 * len(ARTICLES)


def test_a_citation_stays_inside_the_original() -> None:
    assert len(cited_paragraphs("syrup", 2, 4)) == 3
    with pytest.raises(ValueError, match="no paragraphs 4 to 9"):
        cited_paragraphs("syrup", 4, 9)


@pytest.mark.parametrize(
    ("quotes", "text", "printed"),
    [
        ("straight", '"It\'s here," he said', '"It\'s here," he said'),
        ("curly", '"It\'s here," he said ("so")', "“It’s here,” he said (“so”)"),
        ("guillemets", '"Oui", dit-il', "«\u00a0Oui\u00a0», dit-il"),
        ("low", "«Ja», sagte er", "„Ja“, sagte er"),
    ],
)
def test_houses_set_their_own_quotes(quotes: str, text: str, printed: str) -> None:
    assert typeset(text, quotes) == printed  # type: ignore[arg-type]


def test_packed_pages_are_the_same_bytes_on_every_python() -> None:
    """Their ids are made of these: gzip's own header differs between versions of Python."""
    packed = [page.body for page in PAGES if page.body.startswith(b"\x1f\x8b")]
    assert packed
    assert {body[9] for body in packed} == {3}
