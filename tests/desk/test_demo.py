"""`copydesk demo` with its desk: all of the crawl is on the pages."""

from tests.desk.running_demo import ARTICLES, WITHOUT_EVENT, RunningDemo, expected


def test_the_whole_crawl_is_on_the_desk() -> None:
    with RunningDemo() as demo:
        health = demo.ask("/healthz")
        assert health["reading"]
        assert health["articles"] == len(ARTICLES)
        for outcome in WITHOUT_EVENT:
            assert demo.without_event(outcome) == expected(outcome)
