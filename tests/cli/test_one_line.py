"""A record as printed by `tail`."""

import orjson

from service.cli.one_line import describe
from service.contract.record import Record, Topic


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


def test_translations_are_listed_with_their_languages() -> None:
    value = {
        "story": "urn:a",
        "agency": "afp",
        "translations": [
            {"language": "fr", "score": 0.991, "headline": "Les mineurs\nsont libres"},
            {"language": "de", "score": 0.7, "headline": "Frei"},
        ],
        "translation_of": "urn:b",
        "why": "time",
    }
    record = Record(Topic.STORIES, b"translations/urn:a", orjson.dumps(value))
    assert describe(record) == (
        "translated afp             2 in other languages of urn:b (time)"
        "  fr 0.99 Les mineurs sont libres  de 0.70 Frei"
    )
    none = Record(Topic.STORIES, b"translations/urn:a", b'{"story": "urn:a", "translations": []}')
    assert describe(none).startswith("translated -               0 in other languages")
