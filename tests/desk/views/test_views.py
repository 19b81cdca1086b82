"""The pages, as a browser without scripts gets them."""

import re

import pytest
from aiohttp.test_utils import TestClient, TestServer
from lxml import html

from service.contract.outcome import RejectionReason
from service.contract.story import Relation, StoryStatus
from service.desk.application import make_app
from service.desk.views.addresses import article_path, story_path
from service.desk.views.page import Desk
from service.web.host_names import HostNames
from tests.desk.conftest import Client, Ingest
from tests.desk.records import TEXT, article, failure, rejection, state, story_id, uri

WIRE = "https://wire.example/bridge"
FARM = "https://farm.example/bridge"
BRIDGE = story_path(story_id("bridge"))

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}</textarea>"


async def page(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    answer = await client.get(path)
    text = await answer.text()
    assert answer.status == status, text
    return html.document_fromstring(text)


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


@pytest.fixture
async def bridge(ingest: Ingest) -> None:
    """A story with a trimmed copy."""
    await ingest(
        article(WIRE, agency="ap", notice="(c) Meridian Wire", flags=["truncated"]),
        article(
            FARM,
            title="Bridge open again",
            text=TEXT.split("\n\n")[0] + "\n\nA bakery gave away nine hundred almond biscuits.",
            relation=Relation.TRIMMED,
            parent=WIRE,
            hours=5,
        ),
        state(copies=1, agency="ap", hours=5),
    )


async def test_the_list_leads_to_the_story(client: Client, bridge: None) -> None:
    (link,) = (await page(client, "/")).cssselect("#stories h3 a")
    assert link.get("href") == BRIDGE
    assert words(link) == "Harbour bridge reopens after two years"


async def test_a_story_shows_original_copy_diff_and_evidence(client: Client, bridge: None) -> None:
    found = await page(client, BRIDGE)
    assert "4,000 people crossed it on foot" in words(found.cssselect("#original .text")[0])
    assert "Associated Press" in words(found.cssselect("#evidence")[0])
    assert "(Meridian Wire)" in words(found.cssselect("#evidence")[0])
    assert "(c) Meridian Wire" in words(found.cssselect("#evidence")[0])
    (copy,) = found.cssselect(".copies > li")
    assert "trimmed" in words(copy)
    assert "0.94" in words(copy)
    cut = [words(node) for node in copy.cssselect(".diff .cut del")]
    assert len(cut) == 3
    assert any("312 cables" in sentence for sentence in cut)
    (added,) = copy.cssselect(".diff .added ins")
    assert "bakery" in words(added)
    assert "3 cut, 1 added" in words(copy.cssselect(".copy-change")[0])


async def test_an_article_shows_all_its_fields(client: Client, bridge: None) -> None:
    found = words(await page(client, article_path(uri(FARM))))
    for part in (
        "jsonld.datePublished",
        "articles, partition 0",
        uri(FARM),
        "Bridge open again",
        "wire.example",
        "used",
    ):
        assert part in found


async def test_its_json_is_the_event(client: Client, bridge: None) -> None:
    answer = await client.get(article_path(uri(FARM)) + ".json")
    assert answer.content_type == "application/json"
    value = await answer.json()
    assert value["uri"] == uri(FARM)
    assert "bakery" in value["bodies"][0]["value"]


async def test_two_articles_side_by_side(client: Client, bridge: None) -> None:
    path = f"/compare{article_path(uri(WIRE))[8:]}{article_path(uri(FARM))[8:]}"
    assert (await page(client, path)).cssselect(".diff .cut")


async def test_a_copy_is_compared_with_the_version_it_was_made_from(
    client: Client, ingest: Ingest
) -> None:
    later = TEXT.replace("312 cables", "350 cables").replace("on Tuesday", "at last") + "\n\nMore."
    await ingest(
        article(WIRE),
        article(FARM, relation=Relation.VERBATIM, parent=WIRE, hours=1),
        article(WIRE, text=later, relation=Relation.UPDATE, version=2, hours=2),
        state(copies=1),
    )
    found = await page(client, BRIDGE)
    assert "350 cables" in words(found.cssselect("#original .text")[0])
    (copy,) = found.cssselect(".copies > li")
    assert words(copy.cssselect(".changes")[0]) == "unchanged"
    glance = "100 % of its words as they were, 100 % as long, headline kept"
    assert words(copy.cssselect(".glance")[0]) == glance
    assert "the original, version 1" in words(copy.cssselect(".diff-heads")[0])


async def test_a_withdrawn_story_shows_no_text(
    client: Client, ingest: Ingest, bridge: None
) -> None:
    await ingest(
        article(WIRE, text="", canceled=True, relation=Relation.WITHDRAWAL),
        state(copies=1, agency="ap", hours=6, status=StoryStatus.WITHDRAWN),
    )
    for path in (BRIDGE, article_path(uri(WIRE)), article_path(uri(FARM)), "/?q=bridge", "/"):
        found = words(await page(client, path))
        assert "withdrawn" in found.lower()
        for text in ("4,000 people", "312 cables", "almond", "reopened on Tuesday"):
            assert text not in found
    for url in (WIRE, FARM):
        value = await (await client.get(article_path(uri(url)) + ".json")).json()
        assert value["bodies"] == []


async def test_a_merged_story_leads_to_where_its_articles_are(
    client: Client, ingest: Ingest, bridge: None
) -> None:
    await ingest(
        article("https://b.example/1", "other", title="Another report"),
        state("other", url="https://b.example/1", headline="Another report"),
        state("other", status=StoryStatus.MERGED, merged_into="bridge", headline="Another report"),
    )
    answer = await client.get(story_path(story_id("other")), allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, f"{BRIDGE}#merged")
    found = await page(client, BRIDGE)
    assert "Another report" in words(found.cssselect("#merged + ul")[0])
    assert len(found.cssselect(".copies > li")) == 2


async def test_a_copy_in_another_language_is_not_compared(
    client: Client, ingest: Ingest, bridge: None
) -> None:
    await ingest(
        article("https://s.example/1", text="El puente.", language="es", relation=Relation.SPUN)
    )
    assert "In another language (es)" in words(await page(client, BRIDGE))


async def test_copies_are_paged(client: Client, ingest: Ingest, bridge: None) -> None:
    await ingest(
        *(
            article(
                f"https://h{number}.example/1", relation=Relation.VERBATIM, parent=WIRE, hours=9
            )
            for number in range(30)
        )
    )
    found = [await page(client, f"{BRIDGE}?page={number}") for number in (1, 2, 3)]
    ids = [node.get("id") for each in found for node in each.cssselect(".copies > li")]
    assert len(ids) == len(set(ids)) == 31
    assert [len(each.cssselect("main a[rel=next]")) for each in found] == [1, 1, 0]


async def test_copies_are_filtered_and_sorted(client: Client, ingest: Ingest, bridge: None) -> None:
    await ingest(article("https://a.example/1", relation=Relation.SPUN, parent=WIRE, hours=9))
    found = await page(client, BRIDGE)
    chips = [words(node) for node in found.cssselect(".chips a")]
    assert chips == ["all 2", "spun 1", "trimmed 1"]
    only = await page(client, found.cssselect("#chip-spun")[0].get("href").partition("#")[0])
    assert [node.get("data-key") for node in only.cssselect(".copies > li")] == [
        uri("https://a.example/1")
    ]
    assert only.cssselect("#chip-spun[aria-current]")
    by_site = await page(client, f"{BRIDGE}?sort=site")
    assert [words(node) for node in by_site.cssselect(".copy-text .quiet bdi")] == [
        "a.example",
        "farm.example",
    ]


async def test_a_storys_page_is_found_by_urn_and_by_its_articles(
    client: Client, bridge: None
) -> None:
    for name in (story_id("bridge"), uri(FARM), uri(FARM)[-32:]):
        answer = await client.get(f"/story/{name}", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (302, BRIDGE)
    await page(client, f"/article/{uri(FARM)}")
    await page(client, f"/compare/{uri(WIRE)}/{uri(FARM)}")


async def test_what_is_typed_leads_to_filters(client: Client, bridge: None) -> None:
    answer = await client.get("/?q=farm.example+relation:trimmed+bakery", allow_redirects=False)
    path = "/?q=bakery&relation=trimmed&host=farm.example"
    assert (answer.status, answer.headers["Location"]) == (302, path)
    found = await page(client, path)
    assert words(found.cssselect(".hits span")[0]) == "1 story"
    assert found.cssselect("#authors")


async def test_empty_fields_are_dropped_from_the_url(client: Client) -> None:
    answer = await client.get("/?q=ferry&agency=&host=", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/?q=ferry")


async def test_rejected_pages_with_reasons(client: Client, ingest: Ingest) -> None:
    await ingest(
        rejection("https://a.example/1"),
        rejection("https://a.example/2", RejectionReason.HTTP_ERROR, detail="HTTP status 404"),
        rejection(None, RejectionReason.OTHER_MESSAGE),
    )
    found = await page(client, "/rejected")
    assert len(found.cssselect(".without-event li")) == 3
    one = await page(client, "/rejected?reason=http_error&host=a.example")
    assert "HTTP status 404" in words(one)
    assert len(one.cssselect(".without-event li")) == 1


async def test_failed_pages_with_a_command_to_replay_them(client: Client, ingest: Ingest) -> None:
    await ingest(failure("https://a.example/1"))
    found = await page(client, "/failed?reason=bad_encoding")
    commands = [words(node) for node in found.cssselect(".command code")]
    assert commands[0].endswith("copydesk replay --reason bad_encoding")
    assert re.search(r"copydesk replay --offsets 0:\d+$", commands[1])


async def test_hosts(client: Client, ingest: Ingest, bridge: None) -> None:
    await ingest(rejection("https://farm.example/contact", hours=5))
    assert "farm.example" in words(await page(client, "/hosts"))
    assert "50 %" in words(await page(client, "/hosts/farm.example"))
    await page(client, "/hosts/nobody.example", 404)


@pytest.mark.parametrize("path", ["/", "/rejected", "/failed", "/hosts", "/?q=x", "/?page=7"])
async def test_empty_pages_say_what_would_be_there(client: Client, path: str) -> None:
    found = await page(client, path)
    assert found.cssselect(".empty h2")
    assert found.cssselect(".empty p")


@pytest.mark.parametrize("path", ["/story/abc", "/article/abc", "/compare/a/b", "/nothing"])
async def test_what_is_not_found_is_an_error(client: Client, path: str) -> None:
    assert (await page(client, path, 404)).cssselect(".empty a[href='/']")


async def test_crawled_text_is_never_markup(client: Client, ingest: Ingest) -> None:
    wire, evil = "https://wire.example/evil", "https://evil.example/1"
    await ingest(
        article(
            wire,
            title=HOSTILE,
            text=f"{HOSTILE} {TEXT}",
            agency="ap",
            evidence=HOSTILE,
            notice=HOSTILE,
            flags=[HOSTILE],
        ),
        article(
            evil,
            title=HOSTILE,
            text=f"{TEXT} {HOSTILE}",
            relation=Relation.EDITED,
            parent=wire,
            fetched_from="javascript:alert(3)",
            hours=1,
        ),
        state(url=wire, headline=HOSTILE, copies=1, hours=1),
        rejection(f"https://evil.example/{HOSTILE}", detail=HOSTILE),
        rejection("javascript:alert(4)"),
        failure("javascript:alert(5)", message=HOSTILE, reason="<b>bold</b>"),
    )
    paths = [
        "/", "/?q=script", BRIDGE, article_path(uri(wire)), article_path(uri(evil)),
        f"/compare{article_path(uri(wire))[8:]}{article_path(uri(evil))[8:]}",
        "/rejected", "/failed", "/hosts", f"/?q={HOSTILE}", f"/rejected?host={HOSTILE}",
        "/overview", "/agencies", "/agencies/none", "/hosts/evil.example",
    ]  # fmt: skip
    for path in paths:
        answer = await client.get(path)
        text = await answer.text()
        assert answer.status == 200, text
        found = html.document_fromstring(text)
        (script,) = (node.get("src", "") for node in found.iter("script"))
        assert script.startswith("/static/desk.js?")
        assert not list(found.iter("img", "iframe", "object", "style", "base"))
        for node in found.iter():
            if not isinstance(node.tag, str):
                continue
            names = [str(name) for name in node.attrib]
            assert not [name for name in names if name.startswith("on") or name == "style"]
            target = node.get("href", "") + node.get("action", "")
            assert not target.lower().lstrip().startswith(("javascript", "data", "vbscript"))
        assert "49" not in words(found.cssselect("main h1")[0])


async def test_links_to_other_sites_send_no_referrer(client: Client, bridge: None) -> None:
    for path in (BRIDGE, article_path(uri(FARM))):
        away = (await page(client, path)).cssselect("a[href^='http']")
        assert away
        assert all(link.get("rel") == "noopener noreferrer nofollow" for link in away)


async def test_the_languages_of_texts_are_marked(client: Client, ingest: Ingest) -> None:
    url = "https://x.example/1"
    await ingest(
        article(url, title="إعادة فتح الجسر", text="أعيد فتح الجسر.", language="ar"),
        state(url=url, headline="إعادة فتح الجسر", language="ar"),
    )
    found = await page(client, BRIDGE)
    for node in (*found.cssselect("h1"), *found.cssselect("#original .text")):
        assert (node.get("lang"), node.get("dir")) == ("ar", "auto")


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/rejected", "/healthz", "/static/desk.css", "/static/none"]
)
async def test_every_response_has_the_security_headers(client: Client, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers
    assert "aiohttp" not in headers["Server"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_can_be_changed(client: Client, method: str) -> None:
    answer = await client.request(method, "/")
    assert answer.status == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("127.0.0.1:8067", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8067", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:8067", 421),
        ("", 421),
        ("[::1", 421),
    ],
)
async def test_other_names_for_this_machine_are_refused(
    client: Client, name: str, status: int
) -> None:
    assert (await client.get("/", headers={"Host": name})).status == status
    assert (await client.get("/changes", headers={"Host": name})).status == status


async def test_an_error_page_shows_no_details(desk: Desk) -> None:
    async with TestClient(TestServer(make_app(desk, HostNames("127.0.0.1")))) as client:
        await desk.model.write(lambda db: db.execute("DROP TABLE host_hours"))
        answer = await client.get("/hosts")
        assert answer.status == 500
        assert "host_hours" not in await answer.text()


async def test_healthz_reports_the_status(client: Client, desk: Desk, bridge: None) -> None:
    desk.reading.skipped = {"articles": 7}
    assert await (await client.get("/healthz")).json() == {
        "status": "ok",
        "reading": True,
        "caught_up": True,
        "problem": None,
        "missing_topics": [],
        "skipped_records": {"articles": 7},
        "stories": 1,
        "articles": 2,
    }
    foot = words((await page(client, "/")).cssselect("#foot")[0])
    assert "7 records of articles were deleted before the desk read them" in foot
    desk.reading.connected, desk.reading.problem = False, "no broker"
    assert "cannot be reached" in words((await page(client, "/")).cssselect(".alert")[0])


async def test_every_page_is_built_for_all(client: Client, ingest: Ingest, bridge: None) -> None:
    await ingest(rejection("https://a.example/1"), failure("https://a.example/2"))
    paths = ["/", "/?q=bridge&agency=ap", BRIDGE, article_path(uri(FARM)), "/rejected", "/failed"]
    paths += ["/overview", "/agencies", "/agencies/ap", "/hosts/farm.example"]
    for path in [*paths, "/hosts", "/hosts/a.example", "/nothing"]:
        found = html.document_fromstring(await (await client.get(path)).text())
        assert found.get("lang") == "en"
        assert len(found.cssselect("h1")) == 1
        assert len(found.cssselect("main#main")) == 1
        assert found.cssselect("a.skip[href='#main']")
        assert "copydesk" in words(found.cssselect("title")[0])
        ids = [node.get("id") for node in found.cssselect("[id]")]
        assert len(ids) == len(set(ids))
        for control in found.cssselect("input:not([type=hidden]), select"):
            assert found.cssselect(f"label[for='{control.get('id')}']")
        for node in found.cssselect("button, a, summary"):
            assert words(node) or node.get("aria-label")
        for image in found.cssselect("svg"):
            assert image.get("aria-label") or image.get("aria-hidden")
