"""Addresses of copies that an AMP cache or Google's viewer serves for a publisher.

The publisher's address stands inside them, but anyone may write such an address on a host of his
own. So only two hosts are believed: Google's AMP cache, whose subdomain must be the one that the
cache makes of the publisher's host, and the viewer on Google's own search domains.

The format is described in "AMP Cache URL Format and Request Handling",
https://amp.dev/documentation/guides-and-tutorials/learn/amp-caches-and-cors/amp-cache-urls
"""

import re
from base64 import b32encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import urlsplit

import orjson
from ada_url import idna

from service.read.page.url_parsing import parse_url

CACHE = ".cdn.ampproject.org"
# One letter for the kind of document (`c`: content), `s` if the publisher's page is on https.
CACHED = re.compile(r"^/[a-z]/(?:s/)?(?=[^/])")
VIEWED = re.compile(r"^/amp/(?:s/)?(?=[^/])")
LONGEST_LABEL = 63


def unwrap_amp_cache(url: str) -> str:
    """Return the publisher's address inside an address of an AMP cache or of Google's viewer;
    other addresses as they are.

    Args:
        url: as `parse_url` returns it.
    """
    parts = urlsplit(url)
    host = parts.netloc
    in_cache = host.endswith(CACHE)
    if not in_cache and host.removeprefix("www.") not in google_domains():
        return url
    start = (CACHED if in_cache else VIEWED).match(parts.path)
    if start is None:
        return url
    rest = url.partition(host)[2][start.end() :]
    try:
        inner = parse_url("https://" + rest)
    except ValueError:
        return url
    publisher = urlsplit(inner).netloc
    if "." not in publisher:
        return url
    if in_cache and host.removesuffix(CACHE) not in cache_subdomains(publisher):
        return url
    return inner


def cache_subdomains(host: str) -> tuple[str, ...]:
    """Return the subdomains under which the cache may serve a publisher's host.

    The readable one is the host in Unicode with `-` doubled and each `.` replaced by `-`, enclosed
    in `0-` and `-0` if its third and fourth characters are hyphens, back in ASCII. If that is no
    host label, the cache uses SHA-256 of the host in base32; its documentation speaks of the
    host's ASCII form, its own tool hashes the Unicode form. All are of use to nobody but the owner
    of the host, so each is accepted.

    Args:
        host: in ASCII and lower case.
    """
    name = idna.decode(host)
    readable = name.replace("-", "--").replace(".", "-")
    if readable[2:4] == "--":
        readable = f"0-{readable}-0"
    label = idna.encode(readable).decode("ascii")
    hashed = {_hashed(host), _hashed(name)}
    return (*((label,) if 0 < len(label) <= LONGEST_LABEL else ()), *sorted(hashed))


def _hashed(name: str) -> str:
    return b32encode(sha256(name.encode()).digest()).decode("ascii").rstrip("=").lower()


@cache
def google_domains() -> frozenset[str]:
    """Return the registrable domains of Google Search, one a country."""
    data = orjson.loads(files(__package__).joinpath("google_domains.json").read_bytes())
    return frozenset(data["domains"])
