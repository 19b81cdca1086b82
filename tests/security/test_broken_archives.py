"""A crawler that was killed, or a hostile one, writes an archive with a broken record.

The broken record fails with a reason; it neither hides the records after it nor lets a page put a
record of its own into the archive.
"""

import gzip
import io
import re
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service.contract.outcome import FailureReason
from service.contract.record import InputMessage
from service.local.inputs.compressed import GzipMembers
from service.local.read_files import UnreadableInput, read_inputs
from service.read.envelopes import decode
from service.read.envelopes import warc_records as reader
from service.read.envelopes.warc_records import BrokenRecord, WarcRecords, WarcResponse
from tests.cli.running import copydesk
from tests.contract.messages import outcome
from tests.read.envelopes.test_warc import URL, record

BEFORE, AFTER, LAST = f"{URL}/before", f"{URL}/after", f"{URL}/last"


def with_length(data: bytes, length: str) -> bytes:
    """The record with another Content-Length in its WARC header."""
    head, end, block = data.partition(b"\r\n\r\n")
    other = b"Content-Length: " + length.encode()
    return re.sub(rb"Content-Length: \d+", other, head) + end + block


def length_of(data: bytes) -> int:
    """Its right length: without the header and the two line ends after it."""
    return len(data.partition(b"\r\n\r\n")[2]) - 4


GOOD = record(url=f"{URL}/bad", body=b"<p>one</p>\r\n\r\n<p>two</p>\n" * 9)
BAD = {
    "too large by a little": with_length(GOOD, str(length_of(GOOD) + 7)),
    "too large": with_length(GOOD, str(length_of(GOOD) + 300)),
    "beyond the end": with_length(GOOD, "1000000"),
    "huge": with_length(GOOD, "9" * 18),
    "longer than any number": with_length(GOOD, "9" * 400),
    "too small by a little": with_length(GOOD, str(length_of(GOOD) - 7)),
    "too small": with_length(GOOD, "60"),
    "nothing": with_length(GOOD, "0"),
    "negative": with_length(GOOD, "-1"),
    "no number": with_length(GOOD, "many"),
    "empty": with_length(GOOD, ""),
    "two of them": GOOD.replace(b"\r\n", b"\r\nContent-Length: 5\r\n", 1),
    "cut in the block": GOOD[:-80],
    "cut in the header": GOOD[:90],
    "cut after the version": b"WARC/1.0\r\n",
    "garbage": b"\x00\xffgarbage" * 40,
    "garbage of lines": b"some text\r\n\r\n" * 40,
    "a long line": b"x" * 200_000,
}
FORMS: dict[str, Callable[[list[bytes]], bytes]] = {
    ".warc": b"".join,
    ".warc.gz of one member": lambda records: gzip.compress(b"".join(records)),
    ".warc.gz of members": lambda records: b"".join(map(gzip.compress, records)),
}


def read(folder: Path, form: str, records: list[bytes]) -> list[InputMessage]:
    path = folder / f"crawl{form.partition(' ')[0]}"
    path.write_bytes(FORMS[form](records))
    return list(read_inputs([path]))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", BAD)
def test_reading_goes_on_at_the_next_record(tmp_path: Path, form: str, bad: str) -> None:
    good = [record(url=url) for url in (BEFORE, AFTER, LAST)]
    before, broken, *rest = read(tmp_path, form, [good[0], BAD[bad], *good[1:]])
    assert decode(before).url == BEFORE
    assert outcome(broken)[0] == FailureReason.UNDECODABLE
    assert (broken.value or b"").startswith(BAD[bad][:80].rstrip())
    assert [decode(message).url for message in rest] == [AFTER, LAST]


@pytest.mark.parametrize("off", [-1, 1, 2, 4])
def test_a_length_that_is_off_by_a_line_end_loses_nothing(tmp_path: Path, off: int) -> None:
    page = with_length(GOOD, str(length_of(GOOD) + off))
    found = read(tmp_path, ".warc", [record(url=BEFORE), page, record(url=AFTER)])
    assert [decode(message).url for message in found] == [BEFORE, f"{URL}/bad", AFTER]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", ["too large", "too small", "huge", "cut in the block", "garbage"])
def test_the_first_record_may_be_broken(tmp_path: Path, form: str, bad: str) -> None:
    if bad == "garbage":
        with pytest.raises(UnreadableInput, match="not an archive"):
            read(tmp_path, form, [BAD[bad], record(url=AFTER)])
        return
    broken, after = read(tmp_path, form, [BAD[bad], record(url=AFTER)])
    assert outcome(broken)[0] == FailureReason.UNDECODABLE
    assert decode(after).url == AFTER


@pytest.mark.parametrize("bad", ["too large", "cut in the block", "no number"])
def test_a_failed_record_is_named_by_its_address(tmp_path: Path, bad: str) -> None:
    broken = read(tmp_path, ".warc", [record(), BAD[bad], record()])[1]
    assert broken.key == f"{URL}/bad".encode()


FORGED = record(url="https://agency.example/forged", body=b"<p>Forged.</p>")


@pytest.mark.parametrize("bad", ["huge", "60", "no number"])
def test_a_page_cannot_place_a_record_of_its_own(tmp_path: Path, bad: str) -> None:
    """The page's body contains a whole record; the length of the record around it is broken."""
    page = record(url=f"{URL}/evil", body=b"<p>evil</p>\r\n\r\n" + FORGED + b"</p>")
    evil = with_length(page, "9" * 18 if bad == "huge" else bad)
    records = [record("warcinfo"), record(url=BEFORE), evil, record(url=AFTER)]
    before, broken, after = read(tmp_path, ".warc.gz of members", records)
    assert (decode(before).url, decode(after).url) == (BEFORE, AFTER)
    assert outcome(broken)[0] == FailureReason.UNDECODABLE


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_is_an_archive_is_one_page(tmp_path: Path, form: str) -> None:
    pages = [record(url=BEFORE, body=FORGED + FORGED), record(url=AFTER)]
    assert [decode(page).url for page in read(tmp_path, form, pages)] == [BEFORE, AFTER]


def test_compressed_data_that_is_cut_loses_only_the_last_record(tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.gz"
    data = b"".join(gzip.compress(record(url=url)) for url in (BEFORE, AFTER, LAST))
    path.write_bytes(data[:-40])
    found: list[InputMessage] = []
    with pytest.raises(UnreadableInput, match="in the middle of its compressed data"):
        found.extend(read_inputs([path]))
    assert [decode(message).url for message in found[:2]] == [BEFORE, AFTER]
    assert [outcome(message)[0] for message in found[2:]] == [FailureReason.UNDECODABLE]


def test_records_that_are_larger_than_what_is_held_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "LARGEST_BODY", 1000)
    monkeypatch.setattr(reader, "_LARGEST_BLOCK", 2000)
    large = record(url=BEFORE, body=b"x" * 500_000)
    longer = with_length(large, str(length_of(large) + 5))
    records = WarcRecords(io.BytesIO(large + record(url=AFTER) + longer + record() + record()))
    first, second, broken, last = (records.next() for _ in range(4))
    assert isinstance(first, WarcResponse)
    assert first.body == b"x" * 1000
    assert isinstance(second, WarcResponse)
    assert isinstance(broken, BrokenRecord)
    assert isinstance(last, WarcResponse)
    assert records.next() is None


def test_a_header_without_end_does_not_fill_the_memory() -> None:
    head = b"WARC/1.0\r\n" + b"X-Fill: " + b"x" * 5_000_000 + b"\r\n\r\n"
    records = WarcRecords(io.BytesIO(head + record(url=AFTER)))
    broken, after = records.next(), records.next()
    assert isinstance(broken, BrokenRecord)
    assert "longer than" in broken.why
    assert len(broken.raw) == reader.LARGEST_HEAD
    assert isinstance(after, WarcResponse)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2000), st.integers(0, 2000), st.booleans())
def test_any_damage_leaves_the_records_around_it(
    noise: bytes, begin: int, length: int, members: bool
) -> None:
    """A piece of the middle record is replaced by noise."""
    middle = record(url=f"{URL}/middle", body=b"<p>page</p>" * 90)
    begin %= len(middle)
    damaged = middle[:begin] + noise + middle[begin + length :]
    parts = [record(url=BEFORE), damaged, record(url=AFTER), record(url=LAST)]
    # A record that lost as many bytes as the next ones have looks like a page with archives in it.
    lost = len(middle) - len(damaged)
    assume(b"WARC/" not in noise)
    assume(members or min(abs(lost - len(parts[2])), abs(lost - 2 * len(parts[2]))) > 16)
    data = b"".join(map(gzip.compress, parts)) if members else b"".join(parts)
    starts, plain = deque[int](), io.BytesIO(data)
    stream = io.BufferedReader(GzipMembers(plain, starts)) if members else plain
    records = WarcRecords(stream, starts if members else None, None if members else len(data))
    found: list[WarcResponse | BrokenRecord | str] = []
    while (each := records.next()) is not None:
        found.append(each)
    urls = [each.url for each in found if isinstance(each, WarcResponse)]
    assert urls[0] == BEFORE
    assert urls[-1] == LAST
    if members or damaged.endswith(b"\r\n"):
        assert AFTER in urls


def test_fold_writes_a_dead_letter_and_the_other_pages(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(record(url=BEFORE) + BAD["too large"] + record(url=AFTER))
    done = copydesk("fold", str(path))
    assert done.returncode == 1, "no page is long enough for an article"
    assert done.stdout.count('"topic":"pages.failed"') + done.stdout.count('"topic":"failed"') == 1
    assert "undecodable" in done.stdout
    assert "1 failed" in done.stderr
    assert "2 rejected" in done.stderr
