"""Reading a body from where its message says it lies, and from nowhere else."""

import os
from pathlib import Path

import pytest

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.read.envelopes import BodyRefs
from service.sandbox.body_fetch import read_body

LARGEST = 1000


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A folder of bodies, with a secret beside it and links of every kind inside."""
    folder = tmp_path / "crawl"
    (folder / "2024" / "day 1").mkdir(parents=True)
    (folder / "2024" / "day 1" / "a.html").write_bytes(b"<p>kept</p>")
    (folder / "empty.html").touch()
    (folder / "large.html").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / "secret" / "key")
    (folder / "linked").symlink_to(tmp_path / "secret")
    (folder / "inner.html").symlink_to(folder / "2024" / "day 1" / "a.html")
    os.mkfifo(folder / "pipe")
    return folder


def reason(folder: Path, ref: str) -> tuple[FailureReason | RejectionReason, str]:
    try:
        body = read_body(ref, BodyRefs((folder.as_uri(),)), LARGEST)
    except (Failed, Rejected) as outcome:
        return outcome.reason, outcome.detail
    raise AssertionError(f"read {body!r}")


def test_a_file_below_the_prefix(crawl: Path) -> None:
    allowed = BodyRefs((crawl.as_uri(),))
    body = read_body(f"{crawl.as_uri()}/2024/day%201/a.html", allowed, LARGEST)
    assert body == b"<p>kept</p>"


@pytest.mark.parametrize(
    "path",
    [
        "../secret/key",
        "%2e%2e/secret/key",
        "2024/../../secret/key",
        "link.html",
        "inner.html",
        "linked/key",
        "2024/day%201/a.html/b",
        "pipe",
        "2024",
        "",
        "/",
    ],
)
def test_no_way_out_of_the_prefix(crawl: Path, path: str) -> None:
    found, _ = reason(crawl, f"{crawl.as_uri()}/{path}")
    assert found == FailureReason.BODY_REF_REFUSED


def test_a_file_outside_is_refused(crawl: Path) -> None:
    secret = (crawl.parent / "secret" / "key").as_uri()
    assert reason(crawl, secret)[0] == FailureReason.BODY_REF_REFUSED


def test_files_that_cannot_be_taken(crawl: Path) -> None:
    uri = crawl.as_uri()
    assert reason(crawl, f"{uri}/gone.html")[0] == FailureReason.ERROR
    assert reason(crawl, f"{uri}/empty.html")[0] == RejectionReason.NO_BODY
    assert reason(crawl, f"{uri}/large.html")[0] == RejectionReason.TOO_LARGE


def test_s3_is_said_not_to_be_built_in() -> None:
    with pytest.raises(Failed, match="not built in") as refusal:
        read_body("s3://pages/a.html", BodyRefs(("s3://pages",)), LARGEST)
    assert refusal.value.reason == FailureReason.BODY_REF_REFUSED


def test_a_file_on_another_host_is_refused() -> None:
    with pytest.raises(Failed, match="another host"):
        read_body("file://nas/crawl/a.html", BodyRefs(("file://nas/crawl",)), LARGEST)
