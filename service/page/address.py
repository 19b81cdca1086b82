"""Which address stands for a page: its own, or the one that it declares for its own site."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from service.events.outcome import Failed, FailureReason
from service.page.canonical import canonicalize

PREFIXES = ("www.", "m.", "mobile.", "amp.", "wap.", "touch.", "edition.")


@dataclass(frozen=True, slots=True)
class Address:
    """The canonical address, its host, and what the page declares on another site."""

    url: str
    host: str
    declared_elsewhere: str | None


def find_address(url: str, declared: str | None) -> Address:
    """The page's canonical address.

    A declared canonical is believed only within the site, and only if it does not lead to the
    front page: many templates declare their front page on every page. One that leads to another
    site is evidence of where a text came from, never identity. A local file is its own address.

    Raises:
        Failed: NO_URL, where `url` is no web address.
    """
    if url.startswith("file:"):
        return Address(url, urlsplit(url).hostname or "localhost", None)
    try:
        own, _ = canonicalize(url)
    except ValueError as error:
        raise Failed(FailureReason.NO_URL, str(error)) from error
    host = urlsplit(own).hostname or ""
    if not declared:
        return Address(own, host, None)
    try:
        joined = urljoin(url, declared)
        other = own if joined == url else canonicalize(joined)[0]
    except ValueError:
        return Address(own, host, None)
    other_host = urlsplit(other).hostname or ""
    if not same_site(host, other_host):
        return Address(own, host, other)
    if urlsplit(other).path in ("", "/") and urlsplit(other).query == "":
        return Address(own, host, None)
    return Address(other, other_host, None)


def same_site(one: str, other: str) -> bool:
    """Whether two hosts differ at most in a prefix such as `www.` or `m.`."""
    return bare_host(one) == bare_host(other)


def bare_host(host: str) -> str:
    """The host without prefixes that name a variant of the site."""
    for prefix in PREFIXES:
        if host.startswith(prefix) and host.count(".") >= 2:
            return bare_host(host[len(prefix) :])
    return host
