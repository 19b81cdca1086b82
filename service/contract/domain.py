"""Registrable domains: which hosts belong to one owner."""

from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=10_000)  # pages come from the same hosts again and again
def registrable_domain(host: str) -> str:
    """Return the part of a host name that its owner registered: `bbc.co.uk` of `news.bbc.co.uk`.

    Names under a suffix at which anyone can register (`alice.github.io`) are different owners. An
    IP address, a public suffix and a name without a dot are returned as they are. The suffixes are
    those of the Public Suffix List that the library ships.

    Args:
        host: in lower case, internationalised names in their ASCII form.
    """
    if _is_ip(host):
        return host
    return _suffixes().privatesuffix(host) or host


def domain_of(address: str) -> str:
    """Return the registrable domain of an address; empty if it has no host, or is none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    return registrable_domain(host) if host else ""


def is_public_suffix(host: str) -> bool:
    """Return True if anyone can register names under a host: `co.uk`, `github.io`, `com`."""
    return not _is_ip(host) and _suffixes().privatesuffix(host) is None


def _is_ip(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


VARIANT_PREFIXES = ("www.", "m.", "mobile.", "amp.", "wap.", "touch.", "edition.")


def same_site(one: str, other: str) -> bool:
    """Return True if two hosts differ at most in prefixes such as `www.` or `m.`."""
    return bare_host(one) == bare_host(other)


def bare_host(host: str) -> str:
    """Return the host without prefixes that denote a variant of the site.

    A prefix that is part of the registrable domain is kept: `m.blogspot.com` is somebody's blog.
    """
    begin, end = 0, len(host) - len(registrable_domain(host))
    while prefix := next((each for each in VARIANT_PREFIXES if host.startswith(each, begin)), None):
        if begin + len(prefix) > end:
            break
        begin += len(prefix)
    return host[begin:]
