"""Crawlers as they are: `make test-crawlers` installs and runs them; CI does not."""

from pathlib import Path

import pytest

from tests.crawlers.crawls import CRAWLS, Crawl, warcprox, wget_twice
from tests.crawlers.delivered import Delivered, check_articles, check_rest, deliver
from tests.crawlers.news_site import ARTICLES, news_site

pytestmark = pytest.mark.crawlers


def crawled(crawl: Crawl, tmp_path: Path) -> Delivered:
    folder = tmp_path / "crawl"
    folder.mkdir()
    # warcprox fetches nothing from 127.0.0.1, which may be something private.
    with news_site("127.0.0.2" if crawl is warcprox else "127.0.0.1") as site:
        return deliver(crawl(site, folder))


@pytest.mark.parametrize("crawl", CRAWLS, ids=lambda crawl: crawl.__name__)
def test_every_page_is_delivered(crawl: Crawl, tmp_path: Path) -> None:
    found = crawled(crawl, tmp_path)
    check_articles(found)
    check_rest(found, "", "gone.html")
    if crawl is wget_twice:
        assert all("unchanged" in found.reasons[name] for name in ARTICLES)
