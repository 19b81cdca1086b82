"""What `tail` prints of a record."""

from service.cli.one_line import describe
from service.events.record import Record
from service.events.topics import Topic


def test_what_a_page_says_cannot_drive_the_terminal() -> None:
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
