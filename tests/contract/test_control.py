"""The operator's decisions on the wire."""

import orjson
import pytest

from service.contract.control import (
    CONTROL_ID,
    LONGEST_REASON,
    Control,
    ControlAction,
    control_record,
    is_control,
    opposite,
)
from service.contract.identity import ARTICLE_URN, STORY_URN
from service.contract.record import Topic
from service.contract.serde import UndecodableValue, dump, load
from tests.contract.messages import message

A, B, STORY = f"{ARTICLE_URN}a", f"{ARTICLE_URN}b", f"{STORY_URN}s"


def control(**more: str) -> Control:
    given = {
        "id": f"{7:032x}",
        "action": "withdraw",
        "target": A,
        "language": "en",
        "why": "The desk checked.",
        "at": "2026-03-10T08:00:00+00:00",
    }
    return Control.model_validate({**given, **more})


def test_a_control_is_told_from_an_article_by_its_header() -> None:
    record = control_record(control(), partition=3)
    assert (record.topic, record.partition, record.key) == (Topic.EXTRACTED, 3, A.encode())
    assert dict(record.headers)[CONTROL_ID] == f"{7:032x}".encode()
    assert is_control(message(record.value, headers=record.headers))
    assert not is_control(message(record.value))
    assert load(Control, record.value or b"") == control()


@pytest.mark.parametrize(
    "wrong",
    [{"why": ""}, {"why": "x" * (LONGEST_REASON + 1)}, {"id": "1"}, {"action": "delete"}],
)
def test_a_wrong_control_cannot_be_read(wrong: dict[str, str]) -> None:
    value = dump(control())
    with pytest.raises(UndecodableValue):
        load(Control, _with(value, wrong))


@pytest.mark.parametrize(
    ("action", "target", "other", "words"),
    [
        ("withdraw", A, None, ("reinstate", A)),
        ("reinstate", STORY, None, ("withdraw", STORY)),
        ("original", A, B, ("original", B)),
        ("original", A, None, None),
        ("apart", A, B, ("same", A, B)),
        ("same", A, B, ("apart", A, B)),
        ("same", STORY, B, None),
    ],
)
def test_the_command_that_undoes_a_decision(
    action: str, target: str, other: str | None, words: tuple[str, ...] | None
) -> None:
    assert opposite(ControlAction(action), target, other) == words


def _with(value: bytes, changed: dict[str, str]) -> bytes:
    return orjson.dumps(orjson.loads(value) | changed)
