"""Records as lines of JSON."""

import base64

import orjson
from hypothesis import given
from hypothesis import strategies as st

from service.contract.record import Record, Topic
from service.local.json_record import json_line


def test_a_json_value_is_written_unchanged() -> None:
    record = Record(Topic.STORIES, b"key", b'{"id": "x", "n": 18446744073709551615}')
    row = orjson.loads(json_line(record))
    assert row == {
        "topic": "stories",
        "key": "key",
        "headers": {},
        "value": {"id": "x", "n": 18446744073709551615},
    }


def test_repeated_headers_are_all_there() -> None:
    headers = (("a", b"1"), ("b", b"2"), ("a", b"3"), ("a", b"4"))
    row = orjson.loads(json_line(Record(Topic.FAILED, None, None, headers)))
    assert row["headers"] == {"a": ["1", "3", "4"], "b": "2"}
    assert row["key"] is None
    assert row["value"] is None


@given(key=st.none() | st.binary(), value=st.binary())
def test_any_bytes_are_written_as_one_line_and_can_be_read_back(
    key: bytes | None, value: bytes
) -> None:
    line = json_line(Record(Topic.FAILED, key, value))
    assert line.count(b"\n") == 1
    row = orjson.loads(line)
    if row.get("value_encoding") == "base64":
        assert base64.b64decode(row["value"]) == value
    else:
        assert row["value"] == orjson.loads(value)
