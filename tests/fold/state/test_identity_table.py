"""The table of identities: as a dictionary would do it, and in how many bytes."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import service.fold.state.identity_table as table_module
from service.fold.state.identity_table import ENTRY, KEY, IdentityTable
from service.fold.state.row_integrity import StoreDamaged

KEYS = st.integers(0, 40).map(lambda number: (number * 0x0661_1711).to_bytes(4, "big") * 3)


def opened(path: str | Path = ":memory:") -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def entry(key: bytes, value: int = 0) -> bytes:
    return key[:KEY] + value.to_bytes(ENTRY - KEY, "big")


@settings(max_examples=150)
@given(st.lists(st.tuples(KEYS, st.integers(-3, 5)), max_size=120))
def test_it_holds_what_was_put(steps: list[tuple[bytes, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_module, "FULL", 6)
        patch.setattr(table_module, "_ROOMY", 4)
        patch.setattr(table_module, "_LOW", 4)
        database, held = opened(), dict[bytes, bytes]()
        table = IdentityTable(database, 0, 0)
        for key, value in steps:
            if value < 0:
                table.drop(key[:KEY])
                held.pop(key[:KEY], None)
            else:
                table.put(entry(key, value))
                held[key[:KEY]] = entry(key, value)
        assert table.count == len(held)
        for key, _ in steps:
            assert table.find(key[:KEY]) == held.get(key[:KEY])
        assert table.between(0, 2**64) == [held[key] for key in sorted(held)]
        table.verify()
        IdentityTable(database, table.count, table.checksum).verify()


def test_an_article_takes_less_than_64_bytes(tmp_path: Path) -> None:
    database, count = opened(tmp_path / "identities.sqlite"), 20_000
    table = IdentityTable(database, 0, 0)
    database.execute("BEGIN")
    for number in range(count):
        scattered = (number * 0x9E37_79B9_7F4A_7C15) % 2**64
        table.put(entry(scattered.to_bytes(8, "big") + b"00"))
    database.execute("COMMIT")
    assert (tmp_path / "identities.sqlite").stat().st_size < 64 * count


@pytest.mark.parametrize(
    "damage", ["DELETE FROM identities WHERE first > 0", "UPDATE identities SET entries = x'00'"]
)
def test_damage_is_noticed(damage: str) -> None:
    database = opened()
    table = IdentityTable(database, 0, 0)
    for number in range(300):
        table.put(entry(bytes([number % 256]) * 12, number))
    database.execute(damage)
    with pytest.raises(StoreDamaged):
        table.verify()
