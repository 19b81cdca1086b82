"""`copydesk explain-url`."""

import json

from tests.cli.running import copydesk


def test_each_step_is_shown() -> None:
    url = "https://m.Example.com/News/Ferry-Fire.html?utm_source=feed&id=7#comments"
    done = copydesk("explain-url", url, "--json")
    row = json.loads(done.stdout)
    assert row["canonical_url"].endswith("/News/Ferry-Fire.html?id=7")
    assert row["steps"][-1]["url"] == row["canonical_url"]
    assert row["uri"].startswith("urn:copydesk:article:")
    read = copydesk("explain-url", url)
    assert row["uri"] in read.stdout


def test_an_invalid_url_is_an_error() -> None:
    done = copydesk("explain-url", "http://[broken")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
