"""Keys of identifiers."""

from service.contract.wire_id import WireId
from service.fold.candidates.wire_id import state_forms, takes_of, wire_keys, without_take


def wire_id(value: str, take: int | None = None) -> WireId:
    return WireId(agency="dpa", kind="number", value=value, take=take, source="notice", text="")


def test_takes_of_one_story_have_one_key() -> None:
    first, second = (
        state_forms([wire_id("230428-99-1", 1)]),
        state_forms([wire_id("230428-99-1", 2)]),
    )
    assert first == ("dpa.number:230428-99-1/1",)
    assert wire_keys(first).tolist() == wire_keys(second).tolist()
    assert wire_keys(state_forms([wire_id("230428-99-2")])).tolist() != wire_keys(first).tolist()
    assert len(wire_keys(())) == 0
    assert takes_of(second) == {"dpa.number:230428-99-1": 2}
    assert without_take("xinhua.item:a/b") == "xinhua.item:a/b"
