"""Batches as a broker hands them over, with header names of any bytes."""

from typing import Any

import pytest
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from hypothesis import given, settings
from hypothesis import strategies as st

from service.worker.kafka.aiokafka_internals import BatchReader
from tests.worker.odd_names import CODECS, RawName

Headers = list[tuple[bytes, bytes | None]]
Rows = list[tuple[bytes | None, bytes | None, Headers]]

rows = st.lists(
    st.tuples(
        st.none() | st.binary(max_size=10),
        st.none() | st.binary(max_size=50),
        st.lists(st.tuples(st.binary(max_size=8), st.none() | st.binary(max_size=8)), max_size=3),
    ),
    min_size=1,
    max_size=6,
)


def batch(made: Rows, codec: int, base: int) -> bytes:
    """One batch, at an offset, as it lies in a log."""
    builder = _DefaultRecordBatchBuilderPy(
        magic=2,
        compression_type=codec,
        is_transactional=0,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=0,
        batch_size=2**20,
    )
    for number, (key, value, headers) in enumerate(made):
        named = [(RawName(name), each) for name, each in headers]
        builder.append(number, 1_700_000_000_000 + number, key, value, named)
    data = bytearray(builder.build())
    data[:8] = base.to_bytes(8, "big")
    return bytes(data)


@pytest.mark.parametrize("codec", CODECS)
@given(first=rows, second=rows)
@settings(max_examples=60)
def test_every_record_is_read_whatever_its_headers_are_called(
    codec: int, first: Rows, second: Rows
) -> None:
    data = batch(first, codec, 100) + batch(second, codec, 500)
    read: list[Any] = []
    records = BatchReader(data)
    while records.has_next():
        one = records.next_batch()
        assert one.validate_crc()
        read.extend(one)
    offsets = [*range(100, 100 + len(first)), *range(500, 500 + len(second))]
    assert [each.offset for each in read] == offsets
    for got, (key, value, headers) in zip(read, first + second, strict=True):
        assert (got.key, got.value) == (key, value)
        assert got.timestamp == 1_700_000_000_000 + (
            got.offset - (500 if got.offset >= 500 else 100)
        )
        assert list(got.headers) == [
            (name.decode("utf-8", "backslashreplace"), each) for name, each in headers
        ]
