"""`copydesk check`: one page for people."""

import json
from pathlib import Path

from tests.cli.in_process import run
from tests.local.stored import FERRY, ferry_pages, write_pages

HTML = """<html lang="en"><head><title>Ferry runs aground - A Site</title>
<meta property="article:published_time" content="2026-03-10T06:00:00Z">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry runs aground",
"datePublished": "2026-03-10T06:00:00Z", "author": {"@type": "Person", "name": "Olga Reyes"}}
</script></head><body><article><h1>Ferry runs aground</h1>
<p>HARBOR CITY (AP) — The ferry Amber Wind ran aground off Harbor City on Tuesday with 214 people
aboard, and all of them were taken off by fishing boats before dark, the coast guard said.</p>
<p>Captain Olga Reyes said the rudder had jammed 3 miles from the pier, and that nobody was hurt
when the vessel struck the sandbank at low tide in the early evening.</p>
<p>Copyright 2026 The Associated Press. All rights reserved.</p></article></body></html>"""


def test_a_page_in_ten_lines(tmp_path: Path) -> None:
    page = tmp_path / "ferry.html"
    page.write_text(HTML)
    done = run("check", str(page))
    assert done.exit_code == 0, done.stderr
    lines = {line[:10].strip(): line[11:] for line in done.stdout.splitlines()}
    assert lines["title"] == "Ferry runs aground"
    assert lines["authors"] == "Olga Reyes"
    assert lines["published"].startswith("2026-03-10T06:00:00")
    assert "jsonld.datePublished" in lines["published"]
    assert lines["agency"].startswith("ap (")
    assert 'dateline.bracket "' in lines["agency"]
    assert "The Associated Press" in lines["cut off"]
    assert len(done.stdout.splitlines()) == 11


def test_a_page_of_an_archive_is_named_by_its_address(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages.jsonl", ferry_pages())
    done = run("check", f"{pages}#{FERRY}", "--json")
    assert json.loads(done.stdout)["article"]["url"] == FERRY
    several = run("check", str(pages))
    assert several.exit_code == 2
    assert FERRY in several.stderr
    assert run("check", f"{pages}#https://no.example/").exit_code == 2


def test_a_page_without_an_article_says_why(tmp_path: Path) -> None:
    page = tmp_path / "empty.html"
    page.write_text("<html><body><p>Hello.</p></body></html>")
    done = run("check", str(page))
    assert done.exit_code == 1
    assert "no article: " in done.stderr
