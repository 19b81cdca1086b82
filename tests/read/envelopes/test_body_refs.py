"""Claim check: what is allowed, without reading anything."""

import pytest

from service.contract.outcome import Failed, FailureReason
from service.read.envelopes import BodyRefs

ALLOWED = BodyRefs(("file:///crawl/", "s3://pages/2024"))


@pytest.mark.parametrize(
    "ref",
    ["file:///crawl/a.html", "file:///crawl/b/c%20d.html", "s3://pages/2024/05/a.html.gz"],
)
def test_below_a_prefix(ref: str) -> None:
    assert ALLOWED.check(ref) == ref


@pytest.mark.parametrize(
    "ref",
    [
        "file:///etc/passwd",
        "file:///crawling/a.html",
        "s3://pages/2024-private/a.html",
        "file:///crawl/../etc/passwd",
        "file:///crawl/%2e%2e/etc/passwd",
        "file:///crawl/a/%2E%2E%2F..%2fetc",
        "file:///crawl/..\\etc",
        "file:///crawl/a%00.html",
        "file:///crawl/.\n./etc",
        "file:///crawl/%0a",
        "file:///crawl/a.html?version=1",
        "file:///crawl/a.html#b",
        "FILE:///crawl/a.html",
        "http://169.254.169.254/latest",
        "/crawl/a.html",
        "file://[crawl/a.html",
        "",
    ],
)
def test_everything_else_is_refused(ref: str) -> None:
    with pytest.raises(Failed) as refusal:
        ALLOWED.check(ref)
    assert refusal.value.reason == FailureReason.BODY_REF_REFUSED


def test_the_prefix_that_allows_and_the_rest() -> None:
    assert ALLOWED.below("s3://pages/2024/05/a") == ("s3://pages/2024/", "05/a")
