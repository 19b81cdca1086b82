"""Foreign text made safe to print."""

import sys
import unicodedata

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.printable import escaped_json, one_line, several_lines

UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
JOINERS = set("\u200c\u200d")
VISIBLE = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")


def test_exactly_the_unsafe_categories_are_replaced() -> None:
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        unsafe = unicodedata.category(char) in UNSAFE and char not in JOINERS | VISIBLE
        if "\U00013430" <= char <= "\U0001343f":
            continue  # hieroglyph format controls: some are newer than Python's tables
        assert (one_line(char) == " ") == (unsafe or char == " "), f"U+{number:04X}"


@pytest.mark.parametrize(
    "attack",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08\x08", "\u202egnp.exe", "\u2066x\u2069"],
)
def test_escapes_and_overrides_are_gone(attack: str) -> None:
    for safe in (one_line(attack), several_lines(attack)):
        assert not set(safe) & set("\x1b\x07\x9b\x08\u202e\u2066\u2069")


def test_words_of_every_script_and_emoji_stay() -> None:
    text = "می\u200cخواهم 🧑\u200d🚒 क्\u200dष שלום naïve ‘x’ – 1\u00a0000"
    assert one_line(text) == text


def test_newlines_stay_only_where_lines_are_wanted() -> None:
    assert one_line("a\nb\tc\rd") == "a b c d"
    assert several_lines("a\nb\tc\rd") == "a\nb\tc d"


def test_lone_surrogates_can_be_encoded_afterwards() -> None:
    assert one_line("\udcff\ud800").encode() == b"  "


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values, st.booleans())
def test_escaped_json_is_the_same_value_on_one_safe_line(value: object, indented: bool) -> None:
    raw = orjson.dumps(value, option=orjson.OPT_INDENT_2 if indented else 0)
    escaped = escaped_json(raw)
    assert orjson.loads(escaped) == value
    assert one_line(escaped.decode()) == escaped.decode()


def test_escapes_are_those_of_json() -> None:
    assert escaped_json('{"a":"\x7f\x9b\u202e\U000e0041"}'.encode()) == (
        rb'{"a":"\u007f\u009b\u202e\udb40\udc41"}'
    )
