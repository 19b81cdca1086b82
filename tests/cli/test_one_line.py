"""A record as printed by `tail`."""

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
