"""Typed queries and the texts that they find."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.desk.queries.search_text import match_of, spaced, unspaced

TEXTS = (
    "The harbour bridge at Port Alder reopened on Tuesday.",
    "Él cruzó el puente de Valparaíso.",
    "東京の月面探査機が着陸した。",
    'He said "no" (twice) - AND left.',
    "นายกรัฐมนตรีเปิดสะพาน",
    "हिन्दी में पुल खुला",
    "𠮷野家が開店",
    "ｶﾅ新聞",
)


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize="
        "\"unicode61 remove_diacritics 2 categories 'L* N* Co M*'\")"
    )
    db.executemany("INSERT INTO texts VALUES (?)", [(spaced(text),) for text in TEXTS])
    return db


def found(index: sqlite3.Connection, query: str) -> list[int]:
    match = match_of(query)
    rows = index.execute("SELECT rowid - 1 FROM texts WHERE texts MATCH ? ORDER BY 1", (match,))
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bridge", [0]),
        ("BRIDGE harbour", [0]),
        ("bridge puente", []),
        ("valparaiso", [1]),
        ("reopen*", [0]),
        ("reopen", []),
        ('"Port Alder"', [0]),
        ('"Alder Port"', []),
        ("月面", [2]),
        ("面月", []),
        ("AND", [3]),
        ("สะพาน", [4]),
        ("สะพ่าน", []),
        ("पुल", [5]),
        ("पल", []),
        ("野家", [6]),
        ("𠮷野", [6]),
        ("ｶﾅ", [7]),
        ('"', None),
        ("-- ()", None),
        ("", None),
    ],
)
def test_queries(index: sqlite3.Connection, query: str, expected: list[int] | None) -> None:
    if expected is None:
        assert match_of(query) is None
    else:
        assert found(index, query) == expected


@given(query=st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error(query: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE texts USING fts5 (text)")
    match = match_of(query)
    if match is not None:
        db.execute("SELECT 1 FROM texts WHERE texts MATCH ?", (match,)).fetchall()
    db.close()


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_shown_as_it_was(text: str) -> None:
    assert unspaced(spaced(text)).strip() == text
