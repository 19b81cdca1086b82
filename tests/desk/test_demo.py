"""`copydesk demo` with its desk: everything that was crawled is on the pages."""

from tests.desk.running_demo import ARTICLES, TURNED_AWAY, RunningDemo, expected


def test_the_whole_crawl_is_on_the_desk() -> None:
    with RunningDemo() as demo:
        health = demo.ask("/healthz")
        assert health["reading"]
        assert health["articles"] == len(ARTICLES)
        for outcome in TURNED_AWAY:
            assert demo.turned_away(outcome) == expected(outcome)
