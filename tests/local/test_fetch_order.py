"""Times of fetch in all forms of page, and the merge by them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from service.contract.record import InputMessage
from service.local.fetch_order import BEGINNING, MergedFile, fetch_time, first_time, merge_by_time
from tests.contract.messages import message
from tests.read.envelopes.test_warc import record

START = datetime(2026, 10, 1, tzinfo=UTC)
NINE = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)


def page(name: str, minute: float | None) -> InputMessage:
    headers = [("url", f"https://a.example/{name}".encode())]
    if minute is not None:
        headers.append(("fetched-at", (START + timedelta(minutes=minute)).isoformat().encode()))
    return message(b"<p>", key=name.encode(), headers=tuple(headers), timestamp=None)


@pytest.mark.parametrize(
    "value",
    [
        b'{"url": "https://a.example/", "text": "<p>", "fetched_at": "2024-05-14T09:30:00Z"}',
        b'{"url": "https://a.example/", "body_ref": "x", "fetched_at": "2024-05-14T09:30:00Z"}',
        b'{"url": "https://a.example/", "fetched_at": "2024-05-14T11:30:00+02:00"}',
        record(),
    ],
)
def test_forms_that_state_a_time(value: bytes) -> None:
    assert fetch_time(message(value, key=None, timestamp=None)) == NINE


@pytest.mark.parametrize(
    "value", [b"<p>", b"{", b"[1]", b"{}", b'{"fetched_at": 1}', b'{"fetched_at": "yesterday"}']
)
def test_pages_without_a_time(value: bytes) -> None:
    assert fetch_time(message(value, key=None, timestamp=None)) is None


def test_a_bad_header_is_no_time() -> None:
    headers = (("fetched-at", b"\xff"),)
    assert fetch_time(message(b"<p>", headers=headers, timestamp=None)) is None


class Files:
    """Files in memory; `opened` has the names of those that were opened, in order."""

    def __init__(self, **files: list[tuple[str, float | None]]) -> None:
        self._files = {name: [page(*each) for each in pages] for name, pages in files.items()}
        self.opened: list[str] = []
        self.reports: list[str] = []

    def _open(self, name: str) -> Iterator[InputMessage]:
        self.opened.append(name)
        return iter(self._files[name])

    def merged(self) -> Iterator[str]:
        files = [
            (first_time(iter(pages)), MergedFile(name, partial(self._open, name)))
            for name, pages in self._files.items()
        ]
        for each in merge_by_time(files, self.reports.append):
            yield (each.key or b"").decode()


def test_files_are_opened_when_the_merge_reaches_them() -> None:
    files = Files(
        later=[("c", 30), ("d", 50)], early=[("a", 0), ("b", 10)], middle=[("b2", 9), ("e", 60)]
    )
    merged = files.merged()
    assert next(merged) == "a"
    assert files.opened == ["early"]
    assert list(merged) == ["b2", "b", "c", "d", "e"]
    assert files.opened == ["early", "middle", "later"]


def test_the_same_time_is_taken_in_the_order_of_the_files() -> None:
    assert list(Files(x=[("x", 1)], y=[("y", 1)]).merged()) == ["x", "y"]


def test_pages_without_a_time_stay_behind_the_page_before_them() -> None:
    files = Files(x=[("a", 1), ("a2", None), ("c", 9)], y=[("b", 5)], z=[("first", None)])
    assert list(files.merged()) == ["first", "a", "a2", "b", "c"]


def test_a_file_that_is_not_in_order_is_reported_once() -> None:
    files = Files(x=[("a", 100), ("b", 1), ("c", 40), ("d", 200)], y=[("e", 150)])
    assert list(files.merged()) == ["a", "b", "c", "e", "d"]
    assert files.reports == [
        "x is not in order of fetch: 2 of its pages are earlier than one before them, by up to"
        " 1:39:00; they keep the order of the file"
    ]


def test_seconds_of_disorder_are_not_reported() -> None:
    files = Files(x=[("a", 1), ("b", 0.5)])
    assert list(files.merged()) == ["a", "b"]
    assert files.reports == []


def test_the_first_time_is_searched_for_in_the_first_pages_only() -> None:
    assert first_time(iter([page("a", None), page("b", 3)])) == START + timedelta(minutes=3)
    assert first_time(page("a", None) for _ in range(1000)) == BEGINNING
