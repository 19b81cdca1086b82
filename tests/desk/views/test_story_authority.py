"""The pages show authority: who withdrew a story, what was only claimed, what is verified."""

import sqlite3
from functools import partial
from typing import Literal

import orjson
import pytest

from service.contract.story import Authority, Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch
from service.desk.views.addresses import article_path
from tests.desk.conftest import Client, Ingest
from tests.desk.queries.test_decisions import decision
from tests.desk.records import TEXT, article, claim, state, story_id, uri
from tests.desk.views.test_views import BRIDGE, FARM, HOSTILE, WIRE, page, words

EVIL = "https://evil.example/kill"
KILL = "https://wire.example/kill"
WITHDRAWN = Relation.WITHDRAWAL


async def test_a_claim_is_listed_with_its_host_and_changes_nothing_else(
    client: Client, ingest: Ingest
) -> None:
    await ingest(
        article(WIRE, agency="ap"),
        article(
            EVIL,
            title="KILL: Harbour bridge",
            relation=WITHDRAWN,
            authority=Authority.CLAIMED,
            canceled=True,
            hours=2,
        ),
        state(copies=1, agency="ap", hours=2, claims=[claim(EVIL, hours=2)]),
    )
    found = await page(client, BRIDGE)
    assert "1 host declares this story withdrawn" in words(found.cssselect(".note")[0])
    assert "Nothing else was taken down" in words(found.cssselect(".note")[0])
    (shown,) = found.cssselect(".claims > li")
    assert words(shown) == "withdrawal evil.example, 10 Mar 2026, 08:00; had no copy before"
    assert shown.cssselect("a")[0].get("href") == article_path(uri(EVIL))
    assert "no other article was taken down" in words(found.cssselect("#claims + p")[0])
    assert not found.cssselect(".stamp")
    assert "4,000 people crossed it on foot" in words(found.cssselect("#original .text")[0])
    assert "withdrawal, version 1, without authority over the story, evil.example" in words(
        found.cssselect(".history")[0]
    )
    claiming = words(await page(client, article_path(uri(EVIL))))
    assert "This article was withdrawn by its own page" in claiming
    assert "no other article was taken down because of it" in claiming


async def test_a_claim_of_an_article_that_is_not_stored_has_no_link(
    client: Client, ingest: Ingest
) -> None:
    claims = [claim(EVIL, Relation.UPDATE), claim(FARM, Relation.CORRECTION, had_copy=True)]
    await ingest(article(WIRE), state(claims=claims))
    found = await page(client, BRIDGE)
    assert [words(item) for item in found.cssselect(".claims > li")] == [
        "update evil.example, 10 Mar 2026, 06:00; had no copy before",
        "correction farm.example, 10 Mar 2026, 06:00; had a copy before",
    ]
    assert not found.cssselect(".claims a, .note")


@pytest.mark.parametrize(
    ("authority", "by"),
    [
        (Authority.AGENCY, "by its agency, wire.example, 10 Mar 2026, 09:00."),
        (Authority.ORIGINAL, "by the host of the original, wire.example, "),
        (Authority.TRUSTED, "by a host that the operator trusts, wire.example, "),
        (Authority.OPERATOR, "by the operator, wire.example, "),
    ],
)
async def test_a_withdrawn_story_says_by_whom(
    client: Client, ingest: Ingest, authority: Authority, by: str
) -> None:
    await ingest(
        article(WIRE, agency="ap"),
        article(FARM, relation=Relation.VERBATIM, parent=WIRE, agency="ap"),
        article(EVIL, relation=WITHDRAWN, authority=Authority.CLAIMED, canceled=True, hours=1),
        article(KILL, relation=WITHDRAWN, authority=authority, canceled=True, hours=3),
        *(
            article(url, text="", relation=WITHDRAWN, authority=authority, canceled=True, hours=3)
            for url in (WIRE, FARM)
        ),
        state(copies=3, agency="ap", status=StoryStatus.WITHDRAWN, claims=[claim(EVIL)], hours=3),
    )
    found = await page(client, BRIDGE)
    (alert,) = found.cssselect(".alert")
    assert by in words(alert)
    assert alert.cssselect("a")[0].get("href") == article_path(uri(KILL))
    assert "no authority" in words(found.cssselect("#claims + p")[0])
    copy = words((await page(client, article_path(uri(FARM)))).cssselect(".alert")[0])
    assert by.partition(", wire")[0] in copy
    (farm,) = (each for each in found.cssselect(".copies > li") if "farm" in words(each))
    assert "taken down with the story" in words(farm)
    history = words(found.cssselect(".history")[0])
    assert "version 1 was taken down with the story, farm.example" in history


async def test_an_article_that_the_operator_withdrew_was_not_taken_down_with_its_story(
    client: Client, ingest: Ingest
) -> None:
    alone, whole = decision("withdraw", uri(FARM)), decision("withdraw", story_id("bridge"))
    by_operator = partial(
        article, text="", relation=WITHDRAWN, authority=Authority.OPERATOR, canceled=True
    )
    await ingest(
        article(WIRE),
        article(FARM, relation=Relation.VERBATIM, parent=WIRE),
        by_operator(FARM, hours=2),
        state(copies=1, decisions=(alone,)),
    )
    found = await page(client, BRIDGE)
    (farm,) = found.cssselect(".copies > li")
    assert "taken down by the operator, by itself" in words(farm)
    history = words(found.cssselect(".history")[0])
    assert "version 1 was taken down by the operator, by itself, farm.example" in history
    shown = words(await page(client, article_path(uri(FARM))))
    assert "Taken down by the operator, by itself." in shown
    assert "with its story" not in shown

    later = whole.model_copy(update={"at": "2026-03-10T11:00:00+00:00"})
    await ingest(
        by_operator(WIRE, hours=5),
        state(copies=1, decisions=(alone, later), status=StoryStatus.WITHDRAWN, hours=5),
    )
    wire = words(await page(client, article_path(uri(WIRE))))
    assert "Taken down with its story." in wire
    assert "by the operator" in words((await page(client, BRIDGE)).cssselect(".alert")[0])


async def test_a_quorum_of_claims_is_named_as_such(client: Client, ingest: Ingest) -> None:
    claimed = Authority.CLAIMED
    await ingest(
        article(WIRE),
        article(FARM, relation=WITHDRAWN, authority=claimed, canceled=True, hours=1),
        article(WIRE, text="", relation=WITHDRAWN, authority=claimed, canceled=True, hours=1),
        state(status=StoryStatus.WITHDRAWN, claims=[claim(FARM, had_copy=True)], hours=1),
    )
    found = await page(client, BRIDGE)
    quorum = "by hosts with copies, as many as the quorum asks for"
    assert quorum in words(found.cssselect(".alert")[0])
    assert "Enough hosts with copies" in words(found.cssselect("#claims + p")[0])
    assert quorum in words((await page(client, article_path(uri(WIRE)))).cssselect(".alert")[0])


async def test_a_withdrawal_whose_notice_is_not_stored_names_nobody(
    client: Client, ingest: Ingest
) -> None:
    await ingest(article(WIRE), state(status=StoryStatus.WITHDRAWN))
    (alert,) = (await page(client, BRIDGE)).cssselect(".alert")
    assert words(alert).startswith("This story was withdrawn. Do not publish it")


async def test_a_story_that_is_active_again_shows_what_was_fetched_since(
    client: Client, ingest: Ingest
) -> None:
    await ingest(
        article(WIRE),
        article(FARM, relation=Relation.VERBATIM, parent=WIRE),
        state(copies=1),
        article(KILL, relation=WITHDRAWN, authority=Authority.AGENCY, canceled=True, hours=1),
        *(article(url, text="", relation=WITHDRAWN, canceled=True) for url in (WIRE, FARM)),
        state(status=StoryStatus.WITHDRAWN, hours=1),
        article(WIRE, version=2, text=TEXT + "\n\nMore.", relation=Relation.UPDATE, hours=2),
        state(copies=2, hours=2),
    )
    found = await page(client, BRIDGE)
    assert not found.cssselect(".alert, .note, .stamp")
    assert "4,000 people crossed it on foot" in words(found.cssselect("#original .text")[0])
    assert "The text was withdrawn" in words(found.cssselect(".copies > li")[0])
    history = words(found.cssselect(".history")[0])
    assert history.index("the story became: withdrawn") < history.index("the story became: active")
    assert "withdrawal, version 1, on the agency's own host, wire.example" in history


@pytest.mark.parametrize(
    ("why", "basis", "reason"),
    [
        ("agency_host", "seen", "the agency's own page (the crawl saw this itself)."),
        ("earliest_seen", "seen", "seen first (the crawl saw this itself)."),
        (
            "earliest_published",
            "claimed",
            "published first (pages say so; the crawl did not see it).",
        ),
        ("named_by_copies", None, "named as the original by copies."),
    ],
)
async def test_what_the_choice_of_the_original_rests_on(
    client: Client, ingest: Ingest, why: str, basis: Literal["seen", "claimed"] | None, reason: str
) -> None:
    await ingest(article(WIRE), state(why=why, basis=basis))
    assert f"Chosen as the original: {reason}" in words(
        (await page(client, BRIDGE)).cssselect("#original .meta")[0]
    )


async def test_an_attribution_is_verified_or_claimed(client: Client, ingest: Ingest) -> None:
    own, early, late, odd = (f"https://{n}.example/bridge" for n in ("own", "early", "late", "odd"))
    copy = Relation.VERBATIM
    await ingest(
        article(early, agency="ap", relation=copy),
        article(odd, agency="reuters", relation=copy),
        state(agency="ap", url=early),
    )
    assert "Claimed by pages only" in words((await page(client, BRIDGE)).cssselect("#evidence")[0])
    assert "Claimed by the page only." in words(await page(client, article_path(uri(early))))
    await ingest(
        article(own, agency="ap", verified="own_host"),
        article(late, agency="ap", relation=copy, verified="folded_with_own_host"),
        state(agency="ap", url=own, why="agency_host", agency_verified=True),
    )
    assert "Verified: the original is on the agency's own host." in words(
        (await page(client, BRIDGE)).cssselect("#evidence")[0]
    )
    for url, text in (
        (own, "Verified: the page is on the agency's own host."),
        (late, "Verified: the original of its story is on the agency's own host."),
        (early, "Verified after this event"),
        (odd, "Claimed by the page only."),
    ):
        assert text in words(await page(client, article_path(uri(url))))


async def test_a_hostile_host_name_in_a_claim_is_text(client: Client, ingest: Ingest) -> None:
    hostile = claim(EVIL).model_copy(update={"host": HOSTILE, "at": HOSTILE})
    await ingest(article(WIRE), state(claims=[hostile]))
    found = await page(client, BRIDGE)
    assert HOSTILE.split("'")[0] in words(found.cssselect(".claims > li")[0])
    assert not list(found.iter("img"))


def test_claims_are_those_of_the_last_state(db: sqlite3.Connection) -> None:
    ingest_batch(db, [article(WIRE), state(claims=[claim(EVIL)])], 100)
    ingest_batch(db, [state(claims=[claim(EVIL), claim(FARM, had_copy=True)])], 100)
    (stored,) = db.execute("SELECT claims FROM stories").fetchone()
    assert [(each["kind"], each["host"], each["had_copy"]) for each in orjson.loads(stored)] == [
        ("withdrawal", "evil.example", False),
        ("withdrawal", "farm.example", True),
    ]
