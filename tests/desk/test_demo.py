"""`copydesk demo` with its desk: everything that was crawled is on the pages."""

import urllib.request

from lxml import html

from service.local.sample import sample_crawl
from tests.desk.running_demo import RunningDemo

PAGES = tuple(sample_crawl())


def test_the_whole_crawl_is_on_the_desk() -> None:
    with RunningDemo() as demo:
        health = demo.ask("/healthz")
        articles = {page.url for page in PAGES if page.expect.outcome == "event"}
        assert health["reading"]
        assert health["articles"] == len(articles)
        for name in ("rejected", "failed"):
            with urllib.request.urlopen(f"{demo.address}/{name}", timeout=30) as answer:
                found = html.document_fromstring(answer.read())
            expected = [page for page in PAGES if page.expect.outcome == name]
            assert len(found.cssselect(".turned-away > li")) == len(expected)
