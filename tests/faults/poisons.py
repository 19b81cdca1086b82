"""Inputs that are no article: those rightly turned away, and those that cannot be processed."""

import random
from collections.abc import Callable

from service.contract.outcome import FailureReason, RejectionReason
from tests.faults.prose import write_text
from tests.worker.feeding import Fed, Headers
from tests.worker.heavy_pages import endless_page

Maker = Callable[[int, random.Random], Fed]


def _url(number: int) -> str:
    return f"https://odd-{number}.example/2026/page-{number}"


def _html(number: int, body: bytes | None, *more: tuple[str, bytes]) -> Fed:
    headers: Headers = (("url", _url(number).encode()), ("content-type", b"text/html"), *more)
    return Fed(_url(number).encode(), body, headers)


def _article(lot: random.Random) -> bytes:
    text = write_text(lot)
    story = "".join(f"<p>{paragraph}</p>" for paragraph in text.paragraphs)
    return f"<html><title>{text.headline}</title><article>{story}</article>".encode()


REJECTS: dict[RejectionReason, Maker] = {
    RejectionReason.HTTP_ERROR: lambda n, lot: _html(n, _article(lot), ("status", b"404")),
    RejectionReason.NOT_HTML: lambda n, lot: _html(n, b"%PDF-1.7 " + lot.randbytes(200)),
    RejectionReason.NO_BODY: lambda n, _: _html(n, b""),
    RejectionReason.TOO_SHORT: lambda n, _: _html(
        n, f"<html><article><p>Picture {n}: a pier at noon.</p></article>".encode()
    ),
    RejectionReason.OTHER_MESSAGE: lambda n, _: Fed(
        f"seeds-{n}".encode(), b'{"type": "add_seeds", "seeds": []}'
    ),
    RejectionReason.TOO_COMPLEX: lambda n, _: _html(n, b"<p>" + b"<b>x</b>" * 21_000),
}
"""Read, and rightly no event."""

POISONS: dict[FailureReason, Maker] = {
    FailureReason.UNDECODABLE: lambda n, _: Fed(
        _url(n).encode(), f'{{"url": "{_url(n)}", "text": '.encode()
    ),
    FailureReason.NULL_VALUE: lambda n, _: _html(n, None),
    FailureReason.NO_URL: lambda n, lot: Fed(b"\xff no address %d" % n, _article(lot)),
    FailureReason.BAD_HEADER: lambda n, lot: Fed(
        _url(n).encode(),
        _article(lot),
        (("url", b"https://\xff.example/"), ("x-twice", b"1"), ("x-twice", b"\xfe")),
    ),
    FailureReason.BAD_ENCODING: lambda n, _: _html(
        n, b"\x1f\x8b\x08 no gzip at all", ("content-encoding", b"gzip")
    ),
    FailureReason.BODY_REF_REFUSED: lambda n, _: Fed(
        _url(n).encode(), f'{{"url": "{_url(n)}", "body_ref": "file:///etc/hostname"}}'.encode()
    ),
}
"""Cannot be processed, and cost next to nothing."""


def _endless(number: int, lot: random.Random) -> Fed:
    """Takes a reader far longer than `poison_between` allows."""
    return _html(number, endless_page())


def _deep(number: int, lot: random.Random) -> Fed:
    """A record larger than producers send by default, that is no message of any form."""
    return Fed(_url(number).encode(), b'{"url": "' + lot.randbytes(500).hex().encode() * 60_000)


HEAVY: dict[FailureReason, Maker] = {
    FailureReason.TIMEOUT: _endless,
    FailureReason.UNDECODABLE: _deep,
}
"""Cannot be processed, and cost much. (A very long article is none: its text is cut.)"""
