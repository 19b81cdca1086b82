"""The operator's decisions on a story's page."""

from service.contract.control import ControlAction
from service.contract.story import OperatorDecision
from service.desk.views.addresses import story_path
from tests.desk.conftest import Client, Ingest
from tests.desk.records import article, state, story_id, uri
from tests.desk.views.test_views import page, words

WIRE, FARM = "https://wire.example/bridge", "https://farm.example/bridge"
BRIDGE = story_path(story_id("bridge"))


def decision(action: str, target: str, other: str | None = None, **more: bool) -> OperatorDecision:
    return OperatorDecision(
        id=f"{len(action):032x}",
        action=ControlAction(action),
        target=target,
        other=other,
        why="<b>The desk</b> checked.",
        at="2026-03-10T08:00:00+00:00",
        ended=more.get("ended", False),
    )


async def test_decisions_are_shown_with_the_commands_that_undo_them(
    client: Client, ingest: Ingest
) -> None:
    decided = (
        decision("withdraw", story_id("bridge"), ended=True),
        decision("original", uri(FARM), uri(WIRE)),
        decision("apart", uri(WIRE), uri(FARM)),
        decision("same", story_id("bridge"), uri(FARM)),
    )
    await ingest(article(WIRE), state(decisions=decided))
    (section,) = (await page(client, BRIDGE)).cssselect("#decisions")
    rows = section.cssselect("li")
    assert [words(row.cssselect("strong")[0]) for row in rows] == [
        "withdraw",
        "original",
        "apart",
        "same",
    ]
    assert all("<b>The desk</b> checked." in words(row) for row in rows)
    assert "No longer in force" in words(rows[0])
    assert [words(each) for each in section.cssselect("code")] == [
        f"copydesk original {uri(WIRE)} --why TEXT",
        f"copydesk same {uri(WIRE)} {uri(FARM)} --why TEXT",
    ]
    await ingest(state(headline="Another"))
    assert not (await page(client, BRIDGE)).cssselect("#decisions")
