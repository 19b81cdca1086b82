"""Who caused a dead letter, and from which registrable domain its input came."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from service.contract.domain import registrable_domain
from service.contract.outcome import REASON, REFUSALS, FailureReason
from service.contract.record import Record, Topic


class Cause(StrEnum):
    """Who can cause a failure."""

    PAGE = "page"
    """A host: by what it serves, or by where it redirects to."""
    OURS = "ours"
    """We, or the crawler: the release, the settings, what was written to `pages.raw`."""


_OURS = frozenset(
    {
        # The form of the message is the crawler's.
        FailureReason.NULL_VALUE,
        FailureReason.UNDECODABLE,
        # The crawler's references and our settings do not fit together.
        FailureReason.BODY_REF_REFUSED,
        # A bug of ours.
        FailureReason.ERROR,
    }
)
"""Reasons that a page does not cause on purpose. All others it can: `no_url` and `bad_header` by
redirecting to an address that is none, `crashed` and the limits by what the parser makes of it."""

_STATED_URL = re.compile(
    rb'"url"\s*:\s*"([^"\\]{1,2000})"|^WARC-Target-URI:\s*<?([^>\s]{1,2000})', re.M
)
"""The page's address in a message of JSON or WARC. HTML inside JSON cannot be taken for it, since
its quotes are escaped."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A dead letter about to be written.

    Attributes:
        domain: registrable domain of the input's address; None if it has no address with a host.
    """

    reason: FailureReason
    domain: str | None

    @property
    def cause(self) -> Cause:
        """Who can cause it."""
        return Cause.OURS if self.reason in _OURS else Cause.PAGE


def failure_of(record: Record) -> Failure | None:
    """Return what a dead letter says of its failure; None for any other record.

    A decision of the operator that was refused is kept as a dead letter, but is no failure.
    """
    if record.topic is not Topic.FAILED:
        return None
    headers = dict(record.headers)
    reason = FailureReason(headers[REASON].decode())
    return None if reason in REFUSALS else Failure(reason, _domain(record, headers.get("url")))


def _domain(record: Record, url: bytes | None) -> str | None:
    """Return the registrable domain of the first of header, key and value that names a host."""
    stated = _STATED_URL.search(record.value or b"")
    in_value = stated and (stated[1] or stated[2])
    return next(filter(None, map(_domain_of, (url, record.key, in_value))), None)


def _domain_of(url: bytes | None) -> str | None:
    try:
        parts = urlsplit((url or b"").decode("utf-8", "replace"))
        host = parts.hostname
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    return registrable_domain(host)
