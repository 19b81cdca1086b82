"""Nobody else's page changes my story.

AP publishes a story, outlets copy it, and then somebody without authority over it declares that it
is withdrawn, updated or corrected. The claim is listed; the story stays as it is.
"""

import pytest

from service.fold.assign.authority import AuthorityPolicy
from tests.fold.articles import text_of
from tests.security.crawl import Crawl, Fetched

HEADLINE = "Ferry fire kills nine off the coast, officials say"
TEXT = "By JANE ROE, Associated Press\n\n" + text_of("ferry-ap")
OWN_TEXT = text_of("obit")
LOCAL = text_of("dam")


def wire_story(policy: AuthorityPolicy | None = None) -> Crawl:
    """AP's own page, and a copy on each of three outlets."""
    crawl = Crawl(policy)
    own = crawl.fetch("https://apnews.com/article/ferry-fire-1", HEADLINE, TEXT)
    assert own.article["copydesk"]["wire"]["verified"] == "own_host"
    for name in ("ledger", "courier", "gazette"):
        copy = crawl.fetch(f"https://www.{name}.example/ferry-fire", HEADLINE, TEXT)
        assert copy.story["id"] == own.story["id"]
        assert copy.article["copydesk"]["wire"]["verified"] == "folded_with_own_host"
    return crawl


def still_stands(crawl: Crawl, fetched: Fetched) -> bool:
    """Whether nothing was taken down, and AP's next take is as usable as ever."""
    if fetched.others or any(each["status"] != "active" for each in fetched.stories):
        return False
    later = crawl.fetch(
        "https://apnews.com/article/ferry-fire-1", HEADLINE, TEXT + "\n\nThe search goes on today."
    )
    return later.status == "usable" and later.stories[0]["status"] == "active"


@pytest.mark.parametrize(
    ("url", "title", "text"),
    [
        ("https://evil.example/kill", f"KILL: {HEADLINE}", "Nothing of it is true. " * 12),
        (
            "https://evil.example/quotes",
            "KILL: a list of stories",
            f'These are false: "{HEADLINE}" and "Another headline of many words here". ' * 5,
        ),
        (
            "https://apnews.com.evil.example/kill",
            f"KILL: {HEADLINE}",
            "By JANE ROE, Associated Press\n\n" + "Nothing of it is true. " * 12,
        ),
        (
            "https://copy.example/ferry",
            HEADLINE,
            TEXT + "\n\nThis article has been withdrawn.",
        ),
        (
            "https://www.ledger.example/ferry-fire",
            HEADLINE,
            "This article has been withdrawn.\n\n" + TEXT,
        ),
    ],
    ids=["kill", "quoted headlines", "look-alike host", "verbatim copy", "outlet retracts its own"],
)
def test_a_notice_of_somebody_else_is_a_claim(url: str, title: str, text: str) -> None:
    crawl = wire_story()
    notice = crawl.fetch(url, title, text)
    assert notice.story["relation"] == "withdrawal"
    assert notice.story["authority"] == "claimed"
    assert notice.status == "canceled"
    (claim,) = notice.stories[0]["claims"]
    assert (claim["kind"], claim["host"]) == ("withdrawal", url.split("/")[2])
    assert claim["uri"] == notice.article["uri"]
    assert claim["at"] == notice.article["copydesk"]["page"]["fetched_at"].replace("Z", "+00:00")
    assert still_stands(crawl, notice)


def test_the_agency_withdraws_its_story_and_takes_it_up_again() -> None:
    crawl = wire_story()
    notice = crawl.fetch(
        "https://apnews.com/article/kill-1", f"KILL: {HEADLINE}", "By The Associated Press. " * 20
    )
    assert notice.story["authority"] == "agency"
    assert notice.stories[0]["status"] == "withdrawn"
    hosts = {"apnews.com", "www.ledger.example", "www.courier.example", "www.gazette.example"}
    assert notice.taken_down == hosts
    again = crawl.fetch(
        "https://apnews.com/article/ferry-fire-1", HEADLINE, TEXT + "\n\nOne more was found alive."
    )
    assert (again.status, again.stories[0]["status"]) == ("usable", "active")
    # A copy that was taken down is text_of anew when it is fetched again, the text being the same.
    copy = crawl.fetch("https://www.ledger.example/ferry-fire", HEADLINE, TEXT)
    assert (copy.status, copy.article["version"]) == ("usable", "2")
    assert not crawl.fetch("https://www.ledger.example/ferry-fire", HEADLINE, TEXT).article


def test_the_host_of_an_original_withdraws_its_own_story() -> None:
    crawl = Crawl()
    crawl.fetch("https://www.local.example/dam", "Dam repairs begin in May", LOCAL)
    crawl.fetch("https://copy.example/dam", "Dam repairs begin in May", LOCAL)
    notice = crawl.fetch("https://news.local.example/kill", "KILL: Dam repairs begin in May", LOCAL)
    assert notice.story["authority"] == "original"
    assert notice.taken_down == {"www.local.example", "copy.example"}


def test_an_outlet_that_was_fetched_first_does_not_own_the_story_that_it_credits() -> None:
    crawl = Crawl()
    for name in ("ledger", "courier"):
        crawl.fetch(f"https://www.{name}.example/ferry-fire", HEADLINE, TEXT)
    retracted = crawl.fetch(
        "https://www.ledger.example/ferry-fire",
        HEADLINE,
        "This article has been withdrawn." + "\n\n" + TEXT,
    )
    assert retracted.story["authority"] == "claimed"
    assert not retracted.others


def test_a_trusted_host_has_authority() -> None:
    crawl = wire_story(AuthorityPolicy(trusted=frozenset({"monitor.example"})))
    notice = crawl.fetch(
        "https://desk.monitor.example/1", f"KILL: {HEADLINE}", "It is wrong. " * 30
    )
    assert notice.story["authority"] == "trusted"
    assert notice.stories[0]["status"] == "withdrawn"


def test_a_quorum_of_those_with_copies_withdraws_a_story() -> None:
    crawl = wire_story(AuthorityPolicy(quorum=2))
    kill = "This article has been withdrawn.\n\n" + TEXT
    for n in range(5):  # strangers do not count, and neither do two pages of one host
        crawl.fetch(f"https://evil{n}.example/kill", f"KILL: {HEADLINE}", "It is wrong. " * 30)
    first = crawl.fetch("https://www.ledger.example/ferry-fire", HEADLINE, kill)
    second = crawl.fetch("https://m.ledger.example/ferry-fire-2", HEADLINE, kill)
    assert not first.others
    assert not second.others
    last = crawl.fetch("https://www.courier.example/ferry-fire", HEADLINE, kill)
    assert last.stories[0]["status"] == "withdrawn"
    assert "apnews.com" in last.taken_down


@pytest.mark.parametrize("title", ["UPDATE 2-", "CORRECTED-"])
def test_an_update_of_somebody_else_does_not_move_the_story(title: str) -> None:
    crawl = wire_story()
    changed = TEXT.replace("nine", "ninety") + "\n\nA new paragraph says much more than before."
    update = crawl.fetch("https://evil.example/update", title + HEADLINE + " and more", changed)
    assert update.story["relation"] in ("update", "correction")
    assert update.story["authority"] == "claimed"
    assert update.status == "usable"
    state = update.stories[0]
    assert (state["revision"], state["headline"]) == (0, HEADLINE)
    assert state["original"]["host"] == "apnews.com"
    assert [claim["host"] for claim in state["claims"]] == ["evil.example"]


def test_the_agencys_update_moves_the_story() -> None:
    crawl = wire_story()
    later = crawl.fetch(
        "https://apnews.com/article/ferry-fire-1", HEADLINE, TEXT + "\n\nOne more was found alive."
    )
    assert (later.story["relation"], later.story["authority"]) == ("update", "agency")
    assert later.stories[0]["revision"] == 1


def test_claims_are_bounded_and_one_of_a_kind_for_each_domain() -> None:
    crawl = wire_story()
    no = "Do not use this story, whoever has it. " * 10
    for n in range(60):
        last = crawl.fetch(f"https://a{n}.evil{n % 30}.example/k", f"KILL: {HEADLINE}", no)
    assert len(last.stories[0]["claims"]) == 20


def test_an_honest_story_about_a_report_that_was_withdrawn_is_no_notice() -> None:
    crawl = Crawl()
    text = TEXT + "\n\nThis report has been withdrawn by the panel, the minister said on Tuesday."
    own = crawl.fetch("https://apnews.com/article/ferry-fire-1", HEADLINE, text)
    assert own.story["relation"] == "original"
    assert own.status == "usable"
    assert "withdrawn by the panel" in own.article["bodies"][0]["value"]
