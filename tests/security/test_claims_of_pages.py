"""What a page says of itself, its agency, its date, its address, is not taken for what is true.

The pages here are of hosts that say more than they may. Notices of withdrawal and other takes are
in `test_authority.py`, attacks that succeed in `test_not_defended.py`.
"""

import pytest

from tests.fold.articles import text_of
from tests.security.crawl import Crawl
from tests.security.test_authority import HEADLINE, TEXT

DAM = "Dam repairs begin in May"
LOCAL = text_of("dam")
OWN_PAGE = "https://apnews.com/article/ferry-fire-1"


def published(at: str) -> str:
    """A declared time of publication; the crawl begins at 06:00 on 10 March 2026."""
    return f'<meta property="article:published_time" content="{at}">'


@pytest.mark.parametrize(
    "host",
    ["evil.example", "apnews.com.evil.example", "xn--pnews-3ve.com", "apnews.co", "myapnews.com"],
)
def test_an_agency_that_a_page_credits_is_not_verified(host: str) -> None:
    page = Crawl().fetch(f"https://{host}/ferry", HEADLINE, TEXT)
    wire = page.article["copydesk"]["wire"]
    assert wire["agency"] == "ap"
    assert "verified" not in wire
    assert not page.stories[0]["agency_verified"]
    assert page.stories[0]["original"]["basis"] == "seen"
    assert page.stories[0]["original"]["why"] == "earliest_seen"


def test_the_agencys_own_page_confirms_the_copies_whenever_it_is_fetched() -> None:
    crawl = Crawl()
    crawl.fetch("https://www.ledger.example/ferry", HEADLINE, TEXT)
    own = crawl.fetch(OWN_PAGE, HEADLINE, TEXT)
    assert own.stories[0]["agency_verified"]
    assert own.stories[0]["original"]["host"] == "apnews.com"
    later = crawl.fetch("https://www.courier.example/ferry", HEADLINE, TEXT)
    assert later.article["copydesk"]["wire"]["verified"] == "folded_with_own_host"


def test_another_agency_is_not_verified_by_the_story() -> None:
    crawl = Crawl()
    crawl.fetch(OWN_PAGE, HEADLINE, TEXT)
    copy = TEXT.replace("Associated Press", "Reuters")
    page = crawl.fetch("https://evil.example/ferry", HEADLINE, copy)
    assert page.article["copydesk"]["wire"]["agency"] == "reuters"
    assert "verified" not in page.article["copydesk"]["wire"]


def test_no_date_takes_a_story_from_the_agencys_own_page() -> None:
    crawl = Crawl()
    crawl.fetch(OWN_PAGE, HEADLINE, TEXT, head=published("2026-03-10T05:00:00Z"))
    page = crawl.fetch(
        "https://evil.example/ferry", HEADLINE, TEXT, head=published("2026-03-09T05:00:00Z")
    )
    assert page.stories[0]["original"]["host"] == "apnews.com"
    assert page.story["relation"] == "verbatim"


def test_a_date_makes_no_original_after_the_crawls_delay() -> None:
    crawl = Crawl()
    crawl.fetch("https://www.local.example/dam", DAM, LOCAL, head=published("2026-03-10T05:50:00Z"))
    crawl.minutes += 6 * 60
    page = crawl.fetch(
        "https://evil.example/dam", DAM, LOCAL, head=published("2026-03-10T04:00:00Z")
    )
    assert page.stories[0]["original"]["host"] == "www.local.example"
    assert page.story["relation"] == "verbatim"


def test_a_page_does_not_take_the_address_of_another_site() -> None:
    crawl = Crawl()
    own = crawl.fetch(OWN_PAGE, HEADLINE, TEXT)
    page = crawl.fetch(
        "https://evil.example/ferry",
        HEADLINE,
        TEXT.replace("nine", "ninety"),
        head=f'<link rel="canonical" href="{OWN_PAGE}">',
    )
    assert page.article["uri"] != own.article["uri"]
    assert page.article["copydesk"]["page"]["host"] == "evil.example"
    assert not page.others


def test_one_domain_does_not_name_the_original_however_many_hosts_it_has() -> None:
    crawl = Crawl()
    crawl.fetch("https://www.local.example/dam", DAM, LOCAL)
    crawl.fetch("https://evil.example/dam", DAM, LOCAL)
    named = '<link rel="canonical" href="https://evil.example/dam">'
    for n in range(4):
        page = crawl.fetch(f"https://a{n}.sock.example/dam", DAM, LOCAL, head=named)
    assert page.stories[0]["original"]["host"] == "www.local.example"


def test_a_copy_without_the_credit_has_no_authority_once_the_agencys_page_is_fetched() -> None:
    crawl = Crawl()
    crawl.fetch("https://evil.example/ferry", HEADLINE, TEXT.split("\n\n", 1)[1])
    crawl.fetch(OWN_PAGE, HEADLINE, TEXT)
    notice = crawl.fetch("https://evil.example/kill", f"KILL: {HEADLINE}", "It is wrong. " * 30)
    assert notice.story["authority"] == "claimed"
    assert not notice.others


def test_a_false_date_makes_an_original_and_gives_no_authority() -> None:
    crawl = Crawl()
    crawl.fetch("https://www.local.example/dam", DAM, LOCAL, head=published("2026-03-10T05:50:00Z"))
    page = crawl.fetch(
        "https://evil.example/dam", DAM, LOCAL, head=published("2026-03-10T04:00:00Z")
    )
    original = page.stories[0]["original"]
    assert (original["host"], original["basis"]) == ("evil.example", "claimed")
    notice = crawl.fetch("https://evil.example/kill", f"KILL: {DAM}", LOCAL)
    assert notice.story["authority"] == "claimed"
    assert not notice.taken_down


def test_two_domains_name_an_original_and_give_it_no_authority() -> None:
    crawl = Crawl()
    crawl.fetch("https://www.local.example/dam", DAM, LOCAL)
    crawl.fetch("https://evil.example/dam", DAM, LOCAL)
    named = '<link rel="canonical" href="https://evil.example/dam">'
    for n in range(2):
        page = crawl.fetch(f"https://sock{n}.example/dam", DAM, LOCAL, head=named)
    original = page.stories[0]["original"]
    assert (original["host"], original["basis"]) == ("evil.example", "claimed")
    notice = crawl.fetch("https://evil.example/kill", f"KILL: {DAM}", LOCAL)
    assert not notice.taken_down


def test_a_copy_that_lacks_the_credit_does_not_own_a_story_that_others_credit() -> None:
    crawl = Crawl()
    crawl.fetch("https://evil.example/ferry", HEADLINE, TEXT.split("\n\n", 1)[1])
    copy = crawl.fetch("https://www.ledger.example/ferry", HEADLINE, TEXT)
    assert copy.stories[0]["original"]["host"] == "evil.example"
    notice = crawl.fetch("https://evil.example/kill", f"KILL: {HEADLINE}", "It is wrong. " * 30)
    assert notice.story["authority"] == "claimed"
    assert not notice.taken_down


def test_each_withdrawal_of_an_article_has_an_id_of_its_own() -> None:
    """Withdrawn, taken up again, fetched again, withdrawn again: a reader by `ce_id` sees both."""
    crawl = Crawl()
    crawl.fetch(OWN_PAGE, HEADLINE, TEXT)
    crawl.fetch("https://www.ledger.example/ferry", HEADLINE, TEXT)
    ids: list[str] = []
    for n in (1, 2):
        text = "It is wrong. " * 30
        kill = crawl.fetch(f"https://apnews.com/article/kill-{n}", f"KILL: {HEADLINE}", text)
        ids += [each for each, event in kill.ids.items() if "ledger" in event]
        crawl.fetch(OWN_PAGE, HEADLINE, TEXT + f"\n\nMore was said on day {n}.")
        crawl.fetch("https://www.ledger.example/ferry", HEADLINE, TEXT)
    assert len(ids) == len(set(ids)) == 2
