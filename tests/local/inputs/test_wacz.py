"""WACZ files, and WARC files in Zstandard."""

import struct
import zipfile
from pathlib import Path

import pytest
import zstandard

from service.contract.record import InputMessage
from service.local.inputs.compressed import DICTIONARY_MAGIC, InputLimits
from service.local.read_files import UnreadableInput, read_inputs, total_bytes
from service.read.envelopes import decode
from tests.read.envelopes.test_warc import HTML, record

A, B, C = (f"https://gazette.example/{name}" for name in "abc")


def urls(messages: list[InputMessage]) -> list[str]:
    return [decode(message).url for message in messages]


def wacz(path: Path, **archives: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("datapackage.json", "{}")
        zipped.writestr("pages/pages.jsonl", '{"url": "https://other.example/"}')
        for name, content in archives.items():
            zipped.writestr(f"archive/{name.replace('_', '.')}", content)
    return path


def test_the_archives_in_a_wacz_are_read_in_order(tmp_path: Path) -> None:
    path = wacz(
        tmp_path / "crawl.wacz",
        rec_2_warc=record(url=C),
        rec_1_warc_gz=record("warcinfo", gzip=True) + record(url=A, gzip=True),
        rec_3_warc_zst=zstandard.compress(record(url=B)),
    )
    steps: list[int] = []
    messages = list(read_inputs([path], steps.append))
    assert urls(messages) == [A, C, B]
    assert [decode(message).body for message in messages] == [HTML] * 3
    assert sum(steps) <= total_bytes([path])
    assert urls(list(read_inputs([tmp_path]))) == [A, C, B], "in a folder too"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK no zip", "not a zip"), (b"", "not a zip")],
)
def test_a_wacz_that_is_none(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=said):
        list(read_inputs([path]))


def test_a_wacz_without_archives(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no archive"):
        list(read_inputs([wacz(tmp_path / "a.wacz")]))


def test_a_bomb_in_a_wacz_is_stopped(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", bomb_warc_zst=zstandard.compress(b"\0" * 50_000_000))
    with pytest.raises(UnreadableInput, match="when decompressed"):
        list(read_inputs([path], limits=InputLimits(file_bytes=1_000_000)))


def frames(*records: bytes, dictionary: zstandard.ZstdCompressionDict | None = None) -> bytes:
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    return b"".join(map(compressor.compress, records))


def test_a_frame_for_each_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(frames(record("warcinfo"), record(url=A), record(url=B)))
    assert urls(list(read_inputs([path]))) == [A, B]


@pytest.mark.parametrize("packed", [True, False], ids=["compressed dictionary", "plain dictionary"])
def test_a_dictionary_frame_comes_first(tmp_path: Path, packed: bool) -> None:
    samples: list[bytes | bytearray | memoryview] = [
        record(url=f"{A}{number}", body=HTML * (number + 1)) for number in range(300)
    ]
    dictionary = zstandard.train_dictionary(4096, samples)
    data = dictionary.as_bytes()
    data = zstandard.compress(data) if packed else data
    head = DICTIONARY_MAGIC + struct.pack("<I", len(data)) + data
    path = tmp_path / "a.warc.zst"
    path.write_bytes(head + frames(record(url=A), record(url=B), dictionary=dictionary))
    assert urls(list(read_inputs([path]))) == [A, B]


@pytest.mark.parametrize(
    ("size", "said"), [(100, "its dictionary is cut off"), (1 << 30, "its dictionary has")]
)
def test_a_dictionary_that_cannot_be_read(tmp_path: Path, size: int, said: str) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(DICTIONARY_MAGIC + struct.pack("<I", size) + b"short")
    with pytest.raises(UnreadableInput, match=said):
        list(read_inputs([path]))
