"""Input files to messages, for a folder of mixed files."""

import gzip
import io
from pathlib import Path

import pytest
import zstandard

from service.contract.record import InputMessage
from service.local.read_files import UnreadableInput, read_inputs, total_bytes
from service.read.envelopes import decode
from tests.read.envelopes.test_warc import record

LINE = b'{"url": "https://gazette.example/%d", "text": "<p>%d</p>"}\n'


def urls(messages: list[InputMessage]) -> list[str]:
    return [decode(message).url for message in messages]


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A folder with one file of every supported kind, and some others."""
    folder = tmp_path / "crawl"
    (folder / "b" / ".git").mkdir(parents=True)
    (folder / "a.warc.gz").write_bytes(
        record("warcinfo", gzip=True) + record(url="https://gazette.example/w", gzip=True)
    )
    (folder / "b" / "1.JSONL").write_bytes(LINE % (1, 1))
    (folder / "b" / "2.jsonl.gz").write_bytes(gzip.compress(LINE % (2, 2)))
    (folder / "b" / "3.jsonl.zst").write_bytes(zstandard.compress(LINE % (3, 3)))
    (folder / "b" / "naïve page.html").write_bytes(b"<p>saved</p>")
    (folder / "b" / ".git" / "hook.html").write_bytes(b"<p>hidden</p>")
    (folder / "b" / "._naive page.html").write_bytes(b"\0")
    (folder / "c.txt").write_text("The bridge reopened.")
    (folder / "d.pdf").write_bytes(b"%PDF")
    (folder / "e.warc").write_bytes(record(url="https://gazette.example/e"))
    return folder


def test_a_folder_is_read_in_the_order_of_names(crawl: Path) -> None:
    assert urls(list(read_inputs([crawl]))) == [
        "https://gazette.example/w",
        "https://gazette.example/1",
        "https://gazette.example/2",
        "https://gazette.example/3",
        "file:///crawl/b/na%C3%AFve%20page.html",
        "file:///crawl/c.txt",
        "https://gazette.example/e",
    ]


def test_positions_are_file_names_and_running_numbers(crawl: Path) -> None:
    sources = [message.source for message in read_inputs([crawl / "c.txt", crawl])]
    assert [source.offset for source in sources] == list(range(8))
    assert sources[0].topic == sources[6].topic == "crawl/c.txt"
    assert sources[5].topic == "crawl/b/naïve page.html"
    assert {source.partition for source in sources} == {0}


def test_the_messages_do_not_depend_on_where_the_files_are(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(read_inputs([crawl]))
    moved = tmp_path / "elsewhere" / "crawl"
    moved.parent.mkdir()
    crawl.rename(moved)
    assert list(read_inputs([moved])) == expected
    monkeypatch.chdir(moved.parent)
    assert list(read_inputs([Path("crawl")])) == expected
    monkeypatch.chdir(moved)
    assert list(read_inputs([Path()])) == expected
    single = list(read_inputs([Path("b/naïve page.html")]))
    assert urls(single) == ["file:///b/na%C3%AFve%20page.html"]


def test_progress_adds_up_to_the_size_on_disk(crawl: Path) -> None:
    steps: list[int] = []
    list(read_inputs([crawl], steps.append))
    on_disk = sum(
        path.stat().st_size
        for path in crawl.rglob("*")
        if path.is_file() and not path.name.startswith(("d.", ".", "hook"))
    )
    assert sum(steps) == total_bytes([crawl]) == on_disk


def test_a_large_file_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    path.write_bytes(b"".join(LINE % (n, n) for n in range(60_000)))
    read = 0

    def advance(count: int) -> None:
        nonlocal read
        read += count

    messages = read_inputs([path], advance)
    next(messages)
    assert 0 < read < path.stat().st_size / 4


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl.gz", b"not gzip", "compressed data is broken"),
        ("a.jsonl.gz", gzip.compress(LINE % (1, 1) * 900)[:-12], "in the middle of its compressed"),
        ("a.jsonl.zst", b"not zstandard", "compressed data is broken"),
        ("a.warc.gz", b"not gzip", "compressed data is broken"),
        ("a.warc", b"<html>", "no WARC record"),
        ("a.pdf", b"%PDF", "not a supported file"),
        ("no-suffix", b"", "not a supported file"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=said) as error:
        list(read_inputs([path]))
    assert error.value.path == path
    assert "\n" not in str(error.value)


def test_paths_that_do_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file or folder"):
        total_bytes([tmp_path / "gone.warc"])
    with pytest.raises(UnreadableInput, match="no supported files"):
        list(read_inputs([tmp_path]))


def test_folders_that_lead_back_to_themselves_end(crawl: Path) -> None:
    (crawl / "b" / "loop").symlink_to(crawl)
    assert len(list(read_inputs([crawl]))) == 7


def test_an_error_of_the_caller_is_not_reported_as_the_files(crawl: Path) -> None:
    def read() -> None:
        for _ in read_inputs([crawl]):
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        read()


def test_several_zstandard_frames(tmp_path: Path) -> None:
    path = tmp_path / "frames.jsonl.zst"
    path.write_bytes(zstandard.compress(LINE % (1, 1)) + zstandard.compress(LINE % (2, 2)))
    assert len(list(read_inputs([path]))) == 2


def test_text_of_any_encoding_is_an_article(tmp_path: Path) -> None:
    written = {
        "a.txt": "Čapek’s bridge".encode(),
        "b.txt": "\N{BYTE ORDER MARK}Čapek’s bridge".encode(),
        "c.txt": "Capek’s bridge".encode("cp1252"),
    }
    for name, content in written.items():
        (tmp_path / name).write_bytes(content)
    texts = []
    for message in read_inputs([tmp_path]):
        page = decode(message)
        assert page.article is not None
        assert page.article.title is None
        texts.append(page.article.text)
    assert texts == ["Čapek’s bridge", "Čapek’s bridge", "Capek’s bridge"]


def test_a_saved_page_is_html_without_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.HTM").write_bytes(b"<p>\xe9")
    [message] = read_inputs([tmp_path])
    page = decode(message)
    assert (page.body, page.fetched_at, page.status) == (b"<p>\xe9", None, None)
    assert page.header("content-type") == "text/html"
    assert message.key == page.url.encode()


def test_gzip_over_a_whole_archive(tmp_path: Path) -> None:
    path = tmp_path / "whole.warc.gz"
    out = io.BytesIO()
    out.write(record("warcinfo") + record(url="https://a.example/1"))
    out.write(record(url="https://a.example/2"))
    path.write_bytes(gzip.compress(out.getvalue()))
    assert urls(list(read_inputs([path]))) == ["https://a.example/1", "https://a.example/2"]


def test_files_with_other_endings_are_counted_by_ending(crawl: Path) -> None:
    for name in ("f.pdf", "g.PNG", "Makefile"):
        (crawl / "b" / name).write_bytes(b"")
    lines: list[str] = []
    list(read_inputs([crawl], report=lines.append))
    assert lines == [f"{crawl}: 4 files with other endings not read: 2 .pdf, 1 without one, 1 .png"]
