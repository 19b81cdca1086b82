"""A small compressed file claims to be a crawl and decompresses to more than the disk, or the
memory, can hold."""

import gzip
import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from service.contract.record import InputMessage
from service.local.inputs import compressed
from service.local.inputs.compressed import InputLimits
from service.local.read_files import UnreadableInput, read_inputs
from service.settings import MEBIBYTE, FixedSettings
from tests.cli.running import copydesk
from tests.read.envelopes.test_warc import record

LINE = b'{"url": "https://gazette.example/a", "text": "<p>a</p>"}\n'
PACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstandard.compress}


def zeros(mebibytes: int, before: bytes = b"") -> bytes:
    """A gzip member (RFC 1952) that is `before` and then zeros; a mebibyte is compressed once, and
    is the same each time, as the compressor begins anew after it."""
    packer, mebibyte = zlib.compressobj(wbits=-15), bytes(MEBIBYTE)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.crc32(before)
    for _ in range(mebibytes):
        check = zlib.crc32(mebibyte, check)
    size = (len(before) + mebibytes * MEBIBYTE) % 2**32
    begin = b"\x1f\x8b\x08" + bytes(7)
    return begin + head + mebibytes * block + packer.flush() + struct.pack("<LL", check, size)


@pytest.mark.parametrize("suffix", PACK)
def test_a_file_ends_at_the_total_limit(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bomb.jsonl{suffix}"
    path.write_bytes(PACK[suffix](LINE * 100_000))
    read: list[InputMessage] = []
    with pytest.raises(UnreadableInput, match="more than 1048576 bytes when decompressed"):
        read.extend(read_inputs([path], limits=InputLimits(MEBIBYTE, 0)))
    assert 0 < len(read) < 1.1 * MEBIBYTE / len(LINE)


@pytest.mark.parametrize("suffix", PACK)
def test_a_file_ends_at_the_ratio(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressed, "RATIO_AFTER", MEBIBYTE)
    path = tmp_path / f"bomb.jsonl{suffix}"
    path.write_bytes(PACK[suffix](LINE * 300_000))
    with pytest.raises(UnreadableInput, match="more than 20 decompressed bytes for each"):
        list(read_inputs([path], limits=InputLimits(2**40, 20)))


def test_many_members_count_together(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(LINE * 1000) * 50)
    with pytest.raises(UnreadableInput, match="when decompressed"):
        list(read_inputs([path], limits=InputLimits(MEBIBYTE, 0)))


def test_a_record_of_an_archive_that_is_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressed, "RATIO_AFTER", 8 * MEBIBYTE)
    path = tmp_path / "bomb.warc.gz"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n"
    path.write_bytes(gzip.compress(record()) + zeros(64, head))
    messages = read_inputs([path])
    assert next(messages).value
    with pytest.raises(UnreadableInput, match="for each compressed one"):
        list(messages)


def test_files_within_the_limits_are_read(tmp_path: Path) -> None:
    for suffix, pack in PACK.items():
        path = tmp_path / f"a.jsonl{suffix}"
        path.write_bytes(pack(LINE * 1000))
        assert len(list(read_inputs([path]))) == 1000


def test_a_frame_with_a_huge_window_is_refused(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    out = io.BytesIO()
    packer = zstandard.ZstdCompressor(compression_params=parameters)
    with packer.stream_writer(out, closefd=False) as writer:
        writer.write(LINE)
    path = tmp_path / "window.jsonl.zst"
    path.write_bytes(out.getvalue())
    with pytest.raises(UnreadableInput, match="compressed data is broken"):
        list(read_inputs([path]))


READ = """
import resource, sys
from pathlib import Path
from service.local.read_files import InputLimits, UnreadableInput, read_inputs
resource.setrlimit(resource.RLIMIT_AS, (1100 * 2**20, 1100 * 2**20))
try:
    for message in read_inputs([Path(sys.argv[1])], limits=InputLimits(2**40, int(sys.argv[2]))):
        del message
except UnreadableInput as error:
    print(error)
else:
    print("read")
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("line.jsonl.gz", b'{"url": "'),
        ("header.warc.gz", b"WARC/1.0\r\nX: "),
        ("block.warc.gz", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999999999\r\n\r\n"),
        ("page.warc.gz", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 681574400\r\n\r\n"),
    ],
)
def test_the_memory_stays_bounded_even_without_a_ratio(
    tmp_path: Path, name: str, before: bytes
) -> None:
    """650 MiB of zeros in one line, header or record, in a process of 1,100 MiB."""
    path = tmp_path / name
    path.write_bytes(zeros(650, before))
    for ratio, printed in (("0", "read"), ("250", "for each compressed one")):
        done = subprocess.run(
            [sys.executable, "-c", READ, str(path), ratio],
            capture_output=True,
            text=True,
            check=False,
        )
        assert printed in done.stdout, done.stderr


def test_fold_says_which_setting(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    line = LINE.replace(b"<p>a</p>", b"<p>%s</p>" % (b"a " * 8000))
    path.write_bytes(gzip.compress(line * 200))
    done = copydesk("fold", str(path), settings={"COPYDESK_INPUT_FILE_BYTES": str(MEBIBYTE)})
    assert done.returncode == 1
    assert "bomb.jsonl.gz: has more than 1048576 bytes when decompressed" in done.stderr
    assert "COPYDESK_INPUT_FILE_BYTES" in done.stderr


def test_the_limits_are_those_of_the_settings() -> None:
    settings = FixedSettings()
    assert InputLimits() == InputLimits(settings.input_file_bytes, settings.input_file_ratio)
