"""Whether a page may be read, by its statements about the use of its text and the operator's
policy."""

import re
from collections.abc import Iterable
from datetime import datetime

from service.contract.outcome import Rejected, RejectionReason
from service.contract.rights import (
    CONTENT_SIGNAL,
    CONTENT_USAGE,
    NOARCHIVE,
    RESTRICTIONS,
    ROBOTS_HEADER,
    TDM_RESERVATION,
    UNAVAILABLE_AFTER,
    RightsWord,
)
from service.read.page.expiry_time import read_expiry
from service.read.rights_policy import RightsPolicy

LONGEST_SHOWN = 100  # characters of a value in the detail of a rejection

_DENIED = re.compile(r"=\s*+(?:n|no|\?0)\s*+(?:[,;]|$)", re.I)
_SOURCE_NAMES = {
    f"header.{ROBOTS_HEADER}": "X-Robots-Tag header",
    "meta.robots": "robots meta element",
}


def check_rights(
    words: Iterable[RightsWord], policy: RightsPolicy, fetched_at: datetime | None
) -> None:
    """Check that no word restricts the page that the policy rejects pages for.

    Raises:
        Rejected: ROBOTS_NOARCHIVE or RIGHTS, with the word, its value and its place.
    """
    hits = hits_of(words, policy, fetched_at)
    for hit in hits:
        if hit.word == NOARCHIVE:
            raise Rejected(RejectionReason.ROBOTS_NOARCHIVE, _describe(hit))
    for hit in hits:
        raise Rejected(RejectionReason.RIGHTS, _describe(hit))


def hits_of(
    words: Iterable[RightsWord], policy: RightsPolicy, fetched_at: datetime | None
) -> list[RightsWord]:
    """Return the words for which a policy rejects the page."""
    if not policy.rejected:
        return []
    return [each for each in words if each.word in policy.rejected and restricts(each, fetched_at)]


def restricts(word: RightsWord, fetched_at: datetime | None) -> bool:
    """Return whether a statement restricts the use of the page.

    One that is addressed to a named crawler does not. `tdm-reservation` does if it is 1;
    `content-usage` and `content-signal` if one of their preferences is `n` or `no`;
    `unavailable_after` if the page was fetched later: without a time of fetch that is not known.
    """
    value = word.value or ""
    if word.agent is not None or word.word not in RESTRICTIONS:
        return False
    if word.word == TDM_RESERVATION:
        return value == "1"
    if word.word in (CONTENT_USAGE, CONTENT_SIGNAL):
        return _DENIED.search(value) is not None
    if word.word == UNAVAILABLE_AFTER:
        expiry = read_expiry(value)
        if expiry is None or fetched_at is None:
            return False
        return datetime.fromisoformat(expiry) < fetched_at
    return True


def _describe(hit: RightsWord) -> str:
    said = hit.word if hit.value is None else f"{hit.word}: {hit.value[:LONGEST_SHOWN]}"
    return f"{said} in {_SOURCE_NAMES.get(hit.source, hit.source)}"
