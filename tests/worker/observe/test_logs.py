"""Log lines: JSON for machines, one line each; the same fields for people; no secret in either."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from service.settings import Settings
from service.worker.observe.logs import JsonLines, TextLines, set_up_logging

SECRET = "correct horse"


@pytest.fixture
def _restored() -> Iterator[None]:
    """The root logger as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("aiokafka", "faust", "mode")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, each in levels.items():
        logging.getLogger(name).setLevel(each)


def line(formatter: logging.Formatter, message: str, *args: object, **more: Any) -> str:
    """What a formatter makes of one call."""
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(formatter)
    logger = logging.Logger("copydesk")
    logger.addHandler(handler)
    logger.warning(message, *args, **more)
    return sink.getvalue().removesuffix("\n")


def test_a_json_line_has_time_level_message_and_fields() -> None:
    extra = {"uri": "urn:copydesk:article:1", "trace_id": None, "shard": 3}
    row = json.loads(line(JsonLines(), "placed %d", 5, extra=extra))
    assert row.pop("time").endswith("+00:00")
    assert row == {
        "level": "WARNING",
        "logger": "copydesk",
        "message": "placed 5",
        "uri": "urn:copydesk:article:1",
        "shard": "3",
    }


def test_an_exception_does_not_break_the_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        made = line(JsonLines(), "failed\nbadly", exc_info=True)
    assert "\n" not in made
    row = json.loads(made)
    assert "ValueError: two\nlines" in row["exception"]
    assert row["message"] == "failed\nbadly"


def test_people_see_the_same_fields() -> None:
    made = line(TextLines(), "dead letter", extra={"uri": "u", "reason": "timeout"})
    assert made.endswith("WARNING copydesk: dead letter  uri=u reason=timeout")


@pytest.mark.parametrize("kind", [JsonLines, TextLines])
def test_a_secret_is_masked_wherever_it_turns_up(kind: type[JsonLines] | type[TextLines]) -> None:
    try:
        raise RuntimeError(f"login with {SECRET} refused")
    except RuntimeError:
        made = line(kind([SECRET]), "%s", SECRET, extra={"uri": SECRET}, exc_info=True)
    assert SECRET not in made
    assert "****" in made


def test_a_very_short_secret_does_not_mask_half_of_every_line() -> None:
    assert line(TextLines(["", "a"]), "a page").endswith("a page")


@pytest.mark.usefixtures("_restored")
@pytest.mark.parametrize(("form", "in_json"), [("json", True), ("text", False), ("auto", True)])
def test_the_form_is_as_set(
    form: str, in_json: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPYDESK_LOG_FORMAT", form)
    monkeypatch.setenv("COPYDESK_SASL_PASSWORD", SECRET)
    set_up_logging(Settings())
    logging.getLogger("copydesk").info("hello %s", SECRET)
    logging.getLogger("aiokafka").info("fetched")
    (made,) = capsys.readouterr().err.splitlines()
    assert made.startswith("{") == in_json
    assert "hello ****" in made
