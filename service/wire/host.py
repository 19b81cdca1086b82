"""Hosts: the agency's own pages, and addresses by which a page names the agency's."""

from functools import cache
from urllib.parse import urlsplit

from service.wire.agency import Agency, book

LONGEST = 2000
"""Characters: nothing longer is an address."""


def agency_of_host(host: str) -> Agency | None:
    """The agency that runs this host or a parent domain of it."""
    labels = host.lower().rstrip(".").split(".")
    own = _hosts()
    return next(
        (own[name] for name in (".".join(labels[i:]) for i in range(len(labels))) if name in own),
        None,
    )


def agency_of_address(address: str) -> Agency | None:
    """The agency on whose host an address lies, be it a URL or a host alone."""
    if len(address) > LONGEST:
        return None
    address = address.strip()
    try:
        host = urlsplit(address if ":" in address else f"//{address}").hostname
    except ValueError:
        return None
    return agency_of_host(host) if host else None


@cache
def _hosts() -> dict[str, Agency]:
    return {host: agency for agency in book().rows for host in agency.hosts}
