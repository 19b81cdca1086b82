"""Saved pages: where and when they were saved."""

from pathlib import Path

import pytest

from service.contract.page import RawPage
from service.local.read_files import read_inputs
from service.read.envelopes import decode
from tests.read.page.test_mhtml import URL, mhtml

SINGLE_FILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: {url}
 saved date: {date}
--><head><title>Bridge</title></head><p>Text</p></html>"""
JS_DATE = "Thu Mar 05 2026 14:30:00 GMT+0100 (Central European Standard Time)"


def saved(folder: Path, content: str | bytes, name: str = "a.html") -> RawPage:
    body = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(body)
    [message] = read_inputs([folder / name])
    return decode(message)


def test_single_file_says_where_and_when(tmp_path: Path) -> None:
    page = saved(tmp_path, SINGLE_FILE.format(url="https://a.example/b", date=JS_DATE))
    assert page.url == "https://a.example/b"
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2026-03-05T13:30:00+00:00"


@pytest.mark.parametrize("date", ["some day", "2026-03-05", "Thu Mar 05 2026 14:30:00"])
def test_a_date_without_a_zone_is_no_time_of_the_fetch(tmp_path: Path, date: str) -> None:
    page = saved(tmp_path, SINGLE_FILE.format(url="https://a.example/b", date=date))
    assert (page.url, page.fetched_at) == ("https://a.example/b", None)


def test_browsers_say_where(tmp_path: Path) -> None:
    text = "<!-- saved from url=(0019)https://a.example/b --><html><p>Text</p>"
    assert saved(tmp_path, text).url == "https://a.example/b"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "about:blank"])
def test_other_addresses_are_not_taken(tmp_path: Path, url: str) -> None:
    page = saved(tmp_path, SINGLE_FILE.format(url=url, date=JS_DATE))
    assert page.url.startswith("file:///")
    assert page.url.endswith("/a.html")


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html"])
def test_mhtml_says_where_and_when(tmp_path: Path, name: str) -> None:
    page = saved(tmp_path, mhtml(), name)
    assert page.url == URL
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2026-03-05T13:30:00+00:00"
    assert page.body is not None
    assert b"MIME-Version" not in page.body
    assert page.header("content-type") == 'text/html; charset="utf-8"'
