"""Claim check: reads a page's body from the file that its message refers to."""

import errno
import os
import stat
from contextlib import ExitStack
from urllib.parse import unquote, urlsplit

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.read.envelopes import BodyRefs


def read_body(ref: str, allowed: BodyRefs, largest: int) -> bytes:
    """Read the file that a `file:` reference under an allowed prefix names.

    Below the prefix no symbolic link is followed, so the path cannot lead out of it, even if a
    link is created during the read. Blocks while it reads.

    Args:
        largest: limit in bytes; a longer file is rejected.

    Raises:
        Failed: BODY_REF_REFUSED, or ERROR if the file cannot be read.
        Rejected: TOO_LARGE; NO_BODY for an empty file.
    """
    prefix, rest = allowed.below(allowed.check(ref))
    parts = urlsplit(prefix)
    if parts.scheme != "file":
        raise _refused(f"reading {parts.scheme}: is not built in, only file: is")
    if parts.netloc not in ("", "localhost"):
        raise _refused("a file on another host")
    steps = [step for step in unquote(rest).split("/") if step not in ("", ".")]
    if not steps or ".." in steps:
        raise _refused("names no file below the prefix")
    try:
        body = _read(unquote(parts.path), steps, largest)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.EISDIR):
            raise _refused("a link, or not a file in folders") from error
        why = error.strerror or str(error)
        raise Failed(FailureReason.ERROR, f"body_ref: {why}") from error
    if not body:
        raise Rejected(RejectionReason.NO_BODY, "body_ref: the file is empty")
    return body


def _read(root: str, steps: list[str], largest: int) -> bytes:
    """Read the file at `steps` below `root`: opens one directory at a time (openat), no links."""
    with ExitStack() as opened:
        at = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        opened.callback(os.close, at)
        for step in steps[:-1]:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
            at = os.open(step, flags, dir_fd=at)
            opened.callback(os.close, at)
        # O_NONBLOCK: opening a pipe would otherwise wait for a writer.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(steps[-1], flags, dir_fd=at), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _refused("not a regular file")
            body = file.read(largest + 1)
    if len(body) > largest:
        raise Rejected(RejectionReason.TOO_LARGE, f"body_ref: more than {largest} bytes")
    return body


def _refused(why: str) -> Failed:
    return Failed(FailureReason.BODY_REF_REFUSED, f"body_ref: {why}")
