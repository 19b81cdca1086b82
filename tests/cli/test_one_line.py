"""A record as printed by `tail`."""

from service.cli.one_line import describe
from service.contract.record import Record, Topic
from service.contract.schema.examples import example_no_translations, example_translations
from service.contract.serde import dump
from service.contract.translations import TRANSLATIONS_PREFIX


def test_text_of_a_page_cannot_control_the_terminal() -> None:
    record = Record(
        Topic.REJECTED,
        b"key",
        b'{"reason": "no_article", "url": "https://a.example/\\u001b[2J", "detail": "x\\ny"}',
    )
    line = describe(record)
    assert "\x1b" not in line
    assert "\n" not in line
    assert "no_article" in line


def test_a_dead_letter_says_why() -> None:
    record = Record(
        Topic.FAILED,
        None,
        b"\xff\x00",
        (
            ("copydesk-reason", b"bad_encoding"),
            ("__connect.errors.stage", b"read"),
            ("__connect.errors.exception.message", b"gzip: no header"),
        ),
    )
    assert "bad_encoding" in describe(record)
    assert "gzip: no header" in describe(record)


def test_an_event_that_was_not_delivered_says_to_whom_and_why() -> None:
    record = Record(
        Topic.NOTIFICATIONS_FAILED,
        b"urn:copydesk:story:1",
        b"{}",
        (
            ("ce_subject", b"urn:copydesk:article:1"),
            ("copydesk-reason", b"gone"),
            ("copydesk-subscription", b"spun-copies"),
            ("__connect.errors.exception.message", b"answered 410"),
        ),
    )
    assert describe(record) == "gone      spun-copies  urn:copydesk:article:1  answered 410"


def test_translations_of_a_story_are_told_with_the_source() -> None:
    said = example_translations()
    key = f"{TRANSLATIONS_PREFIX}{said.story}".encode()
    line = describe(Record(Topic.STORIES, key, dump(said)))
    assert said.story in line
    assert "from de 0.93 kurier.example" in line
    line = describe(Record(Topic.STORIES, key, dump(example_no_translations())))
    assert "no translation any more" in line
