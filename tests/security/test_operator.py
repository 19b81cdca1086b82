"""The operator has the last word.

Whatever pages declare, and whatever FOLD would decide by itself: what the operator withdrew stays
withdrawn, what was kept apart stays apart, and a replay or a restart gives the same.
"""

from collections.abc import Callable

import pytest

from service.contract.outcome import FailureReason
from tests.fold.articles import text_of
from tests.security.crawl import Crawl, Fetched

HEADLINE = "Ferry fire kills nine off the coast, officials say"
TEXT = "By JANE ROE, Associated Press\n\n" + text_of("ferry-ap")
LATER = TEXT + "\n\nThe search goes on today."
AP = "https://apnews.com/article/ferry-fire-1"
LEDGER = "https://www.ledger.example/ferry-fire"
COURIER = "https://www.courier.example/ferry-fire"


def wire_story() -> tuple[Crawl, dict[str, str], str]:
    """AP's own page and two copies: the crawl, the uris by address, and the story's id."""
    crawl = Crawl()
    fetched = {url: crawl.fetch(url, HEADLINE, TEXT) for url in (AP, LEDGER, COURIER)}
    (story,) = {each.story["id"] for each in fetched.values()}
    return crawl, {url: each.article["uri"] for url, each in fetched.items()}, story


def refused(result: Fetched) -> str:
    """The reason of a refusal, which has no other effect."""
    (letter,) = result.rejected
    assert not result.others
    assert not result.stories
    return str(letter["reason"])


def test_a_story_is_withdrawn_until_the_operator_reinstates_it() -> None:
    crawl, _, story = wire_story()
    result = crawl.control("withdraw", story)
    assert result.taken_down == {"apnews.com", "www.ledger.example", "www.courier.example"}
    for event in result.others:
        assert event["pubStatus"] == "canceled"
        assert event["edNote"] == "The desk checked."
        assert event["copydesk"]["story"]["authority"] == "operator"
    (state,) = result.stories
    assert (state["status"], state["revision"]) == ("withdrawn", 1)
    assert [each["action"] for each in state["decisions"]] == ["withdraw"]

    # Not even the agency's next take makes it active again.
    update = crawl.fetch(AP, HEADLINE, LATER)
    assert (update.status, update.stories[0]["status"]) == ("canceled", "withdrawn")
    assert update.story["authority"] == "operator"
    assert update.article["edNote"] == "The desk checked."

    (state,) = crawl.control("reinstate", story).stories
    assert (state["status"], state["decisions"][0]["ended"]) == ("active", True)
    for url, text in ((AP, LATER), (LEDGER, TEXT)):
        again = crawl.fetch(url, HEADLINE, text)  # unchanged, but taken down before
        assert again.status == "usable"
        assert not crawl.fetch(url, HEADLINE, text).article


def test_one_article_is_withdrawn_until_the_operator_reinstates_it() -> None:
    crawl, uris, story = wire_story()
    result = crawl.control("withdraw", uris[LEDGER])
    assert result.taken_down == {"www.ledger.example"}
    assert result.stories[0]["status"] == "active"
    assert not crawl.fetch(LEDGER, HEADLINE, TEXT).article
    later = crawl.fetch(LEDGER, HEADLINE, LATER)
    assert (later.status, later.story["id"]) == ("canceled", story)
    assert crawl.fetch(COURIER, HEADLINE, LATER).status == "usable"
    crawl.control("reinstate", uris[LEDGER])
    assert crawl.fetch(LEDGER, HEADLINE, LATER).status == "usable"
    assert not crawl.fetch(LEDGER, HEADLINE, LATER).article


def test_a_withdrawn_article_stays_so_with_another_text_in_another_story() -> None:
    crawl, uris, story = wire_story()
    crawl.control("withdraw", uris[LEDGER])
    moved = crawl.fetch(LEDGER, "Dam repairs begin in May", text_of("dam"))
    assert moved.story["id"] != story
    assert moved.status == "canceled"
    crawl.control("reinstate", uris[LEDGER])
    assert crawl.fetch(LEDGER, "Dam repairs begin in May", text_of("dam")).status == "usable"


def test_articles_apart_are_never_joined_again() -> None:
    crawl, uris, story = wire_story()
    kept, own = crawl.control("apart", uris[AP], uris[COURIER]).stories
    assert (kept["id"], kept["copies"], kept["hosts"]) == (
        story,
        1,
        ["apnews.com", "www.ledger.example"],
    )
    assert (own["copies"], own["hosts"]) == (0, ["www.courier.example"])
    assert own["original"]["uri"] == uris[COURIER]
    # Its readers see it in its new story at the next crawl, although the text is the same.
    again = crawl.fetch(COURIER, HEADLINE, TEXT)
    assert (again.story["id"], again.status) == (own["id"], "usable")
    assert not crawl.fetch(COURIER, HEADLINE, TEXT).article
    # Another copy could belong to both, and bridges them no more.
    bridge = crawl.fetch("https://gazette.example/ferry", HEADLINE, TEXT)
    assert all(each["status"] == "active" for each in bridge.stories)
    assert crawl.fetch(COURIER, HEADLINE, LATER).story["id"] == own["id"]
    assert crawl.fetch(AP, HEADLINE, LATER).story["id"] == story
    together = crawl.control("same", uris[AP], uris[COURIER])
    assert {each["status"] for each in together.stories} == {"active", "merged"}
    assert crawl.fetch(COURIER, HEADLINE, LATER + "\n\nMore of it.").story["id"] == story


def test_the_original_can_leave_its_story() -> None:
    crawl, uris, story = wire_story()
    kept, own = crawl.control("apart", uris[LEDGER], uris[AP]).stories
    assert kept["original"]["host"] == "www.ledger.example"
    assert not kept["agency_verified"]
    assert own["original"]["why"] == "agency_host"
    assert own["id"] != story


def test_two_stories_become_one() -> None:
    crawl, uris, story = wire_story()
    other = crawl.fetch("https://farm.example/dam", "Dam repairs begin in May", text_of("dam"))
    result = crawl.control("same", uris[AP], other.article["uri"])
    kept, absorbed = result.stories
    assert (kept["id"], kept["copies"]) == (story, 3)
    assert (absorbed["status"], absorbed["merged_into"]) == ("merged", story)
    copy = crawl.fetch("https://barn.example/dam", "Dam repairs begin in May", text_of("dam"))
    assert copy.story["id"] == story
    for url, text in (("https://farm.example/dam", text_of("dam")), (AP, TEXT)):
        later = crawl.fetch(url, HEADLINE, text + "\n\nA line was added.")
        assert later.story["id"] == story


def test_the_operators_original_is_final() -> None:
    crawl, uris, _ = wire_story()
    (state,) = crawl.control("original", uris[COURIER]).stories
    assert state["original"] == {
        "uri": uris[COURIER],
        "host": "www.courier.example",
        "why": "operator",
        "basis": "operator",
    }
    assert state["decisions"][0]["other"] == uris[AP]
    assert not state["agency_verified"]
    later = crawl.fetch(AP, HEADLINE, LATER)
    assert later.stories[0]["original"]["uri"] == uris[COURIER]
    (state,) = crawl.control("original", uris[AP]).stories
    assert state["agency_verified"]


@pytest.mark.parametrize(
    "decide",
    [
        lambda crawl, uris, story: crawl.control("reinstate", story),
        lambda crawl, uris, story: crawl.control("reinstate", uris[AP]),
        lambda crawl, uris, story: crawl.control("original", story),
        lambda crawl, uris, story: crawl.control("same", uris[AP], uris[LEDGER]),
        lambda crawl, uris, story: crawl.control("apart", uris[AP], uris[AP]),
        lambda crawl, uris, story: crawl.control("apart", story, uris[AP]),
    ],
)
def test_what_would_change_nothing_is_refused(
    decide: Callable[[Crawl, dict[str, str], str], Fetched],
) -> None:
    assert refused(decide(*wire_story())) == FailureReason.REFUSED


def test_what_is_not_in_the_window_is_refused() -> None:
    crawl, uris, _ = wire_story()
    for target in ("urn:copydesk:article:0", "urn:copydesk:story:0", ""):
        assert refused(crawl.control("withdraw", target)) == FailureReason.NOT_IN_WINDOW
    assert refused(crawl.control("same", uris[AP])) == FailureReason.NOT_IN_WINDOW
    crawl.minutes += 60 * 100
    for n in range(6):  # one page alone does not move the clock that far
        crawl.fetch(f"https://farm{n}.example/dam", "Dam repairs begin in May", text_of("dam"))
    assert refused(crawl.control("withdraw", uris[AP])) == FailureReason.NOT_IN_WINDOW


@pytest.mark.parametrize("action", ["withdraw", "original", "apart", "same"])
def test_a_control_is_carried_out_once(action: str) -> None:
    crawl, uris, _ = wire_story()
    other = crawl.fetch("https://farm.example/dam", "Dam repairs begin in May", text_of("dam"))
    second = {"apart": uris[LEDGER], "same": other.article["uri"]}.get(action)
    assert crawl.control(action, uris[AP], second, n=77).stories
    assert crawl.control(action, uris[AP], second, n=77) == Fetched()
    crawl.restart()
    assert crawl.control(action, uris[AP], second, n=77) == Fetched()


def steps(uris: dict[str, str], story: str) -> list[Callable[[Crawl], Fetched]]:
    """A day of decisions, with crawls in between."""
    return [
        lambda crawl: crawl.control("original", uris[LEDGER]),
        lambda crawl: crawl.control("apart", uris[AP], uris[COURIER]),
        lambda crawl: crawl.fetch("https://gazette.example/ferry", HEADLINE, TEXT),
        lambda crawl: crawl.fetch(COURIER, HEADLINE, TEXT),
        lambda crawl: crawl.control("withdraw", story),
        lambda crawl: crawl.fetch(AP, HEADLINE, LATER),
        lambda crawl: crawl.fetch(LEDGER, HEADLINE, TEXT),
        lambda crawl: crawl.control("reinstate", story),
        lambda crawl: crawl.control("withdraw", uris[COURIER]),
        lambda crawl: crawl.fetch(LEDGER, HEADLINE, TEXT),
        lambda crawl: crawl.control("same", uris[COURIER], uris[AP]),
        lambda crawl: crawl.fetch(COURIER, HEADLINE, LATER + "\n\nMore of it."),
        lambda crawl: crawl.control("apart", uris[AP], uris[COURIER]),
        lambda crawl: crawl.control("apart", uris[AP], uris[LEDGER]),
        lambda crawl: crawl.fetch(LEDGER, HEADLINE, TEXT),
        lambda crawl: crawl.fetch(COURIER, HEADLINE, TEXT),
        lambda crawl: crawl.fetch("https://barn.example/ferry", HEADLINE, LATER),
    ]


@pytest.mark.parametrize("restart", [Crawl.restart, Crawl.reopen], ids=["log", "checkpoint"])
def test_a_restart_at_any_step_changes_nothing(restart: Callable[[Crawl], None]) -> None:
    crawl, uris, story = wire_story()
    whole = [step(crawl) for step in steps(uris, story)]
    assert all(not each.rejected for each in whole if each.others or each.stories)
    for cut in range(len(whole)):
        other, *_ = wire_story()
        made = []
        for number, step in enumerate(steps(uris, story)):
            if number == cut:
                restart(other)
            made.append(step(other))
        assert made == whole
        assert other.log == crawl.log
