"""What warcio records of a site, which is quick enough for every run of the tests."""

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from warcio.capture_http import capture_http

from tests.crawlers.delivered import check_articles, check_rest, deliver
from tests.crawlers.news_site import PAGES, news_site


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_warcio(name: str, tmp_path: Path) -> None:
    with news_site() as site, capture_http(str(tmp_path / name), warc_version="1.1"):
        for page in PAGES:
            connection = http.client.HTTPConnection(urlsplit(site).netloc)
            connection.request("GET", f"/{page}")
            connection.getresponse().read()
            connection.close()
    found = deliver(tmp_path)
    check_articles(found)
    check_rest(found, "", "gone.html", "moved.html")
