"""`copydesk demo --once`: the main job, from nothing to the table."""

import re

import pytest

from service.local.sample import sample_crawl
from tests.cli.running import copydesk


@pytest.mark.stream
def test_the_demo_runs_to_its_table() -> None:
    done = copydesk("demo", "--once", timeout=240.0)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    pages = list(sample_crawl())
    away = [page for page in pages if page.expect.outcome != "event"]
    (sums,) = re.findall(r"^(\d+) pages: (\d+) articles in (\d+) stories", done.stdout, re.M)
    assert int(sums[0]) == len(pages)
    assert int(sums[1]) < len(pages) - len(away) + 1
    for word in ("original", "verbatim", "trimmed", "edited", "spun", "update", "correction"):
        assert re.search(rf"^ +{word} ", done.stdout, re.M), word
    for reason in ("http_error", "not_html", "unchanged", "robots_noarchive", "bad_encoding"):
        assert re.search(rf"^(rejected|failed) +{reason} ", done.stdout, re.M), reason
