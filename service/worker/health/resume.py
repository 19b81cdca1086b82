"""Who may end a halt: a program on the worker's own machine, and no page in a browser there."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from service.web.addresses import is_loopback

RESUME_HEADER = "X-Copydesk-Resume"
"""A header that no form and no script of another site can send without asking first, which the
worker does not answer."""


def may_resume(peer: str, own: str, headers: Mapping[str, str]) -> bool:
    """True if a request comes from this machine (in a cluster: this pod), and from no browser.

    A page in a browser on this machine can send requests here too. It cannot add the header; if its
    own name was made to point here (DNS rebinding) it can, but the request has that name as host.

    Args:
        peer, own: addresses of the connection's two ends.
    """
    if RESUME_HEADER not in headers:
        return False
    try:
        host = urlsplit(f"//{headers.get('Host', '')}").hostname or ""
    except ValueError:
        return False
    local = is_loopback(peer) or peer == own
    return local and (host == own or is_loopback(host))
