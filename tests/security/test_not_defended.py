"""Attacks that succeed, so that deploy/SECURITY.md stays right about them.

If one of these tests fails, the attack is defended now: move the test and the row of the table.
"""

from service.fold.assign.authority import AuthorityPolicy
from tests.security.test_authority import HEADLINE, TEXT, wire_story


def test_domains_of_one_owner_with_copies_are_a_quorum() -> None:
    crawl = wire_story(AuthorityPolicy(quorum=2))
    kill = "This article has been withdrawn.\n\n" + TEXT
    for n in range(2):
        crawl.fetch(f"https://sock{n}.example/ferry", HEADLINE, TEXT)
        notice = crawl.fetch(f"https://sock{n}.example/ferry", HEADLINE, kill)
    assert notice.stories[0]["status"] == "withdrawn"
    assert "apnews.com" in notice.taken_down
