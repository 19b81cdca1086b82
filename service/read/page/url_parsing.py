"""Web addresses, parsed once and as browsers parse them (the WHATWG URL standard, by Ada).

Two parsers that disagree about where the host ends are how one site passes for another. So an
address is parsed here, before any rule looks at it, and written out in a form that no later split
can read otherwise: https, a host in ASCII and lower case, neither user info nor backslashes.
"""

import re

import ada_url

WEB = ("http:", "https:")
# Browsers drop these anywhere, and blanks and controls around the address.
DROPPED = re.compile(r"[\t\n\r]")
AROUND = "".join(map(chr, range(0x21)))
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d+(?:/|$))", re.I)  # not host:port
AUTHORITY = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//+([^/?#]*)", re.I)
# Slashes too many or too few: browsers read a host there, most libraries none.
ODD_SLASHES = re.compile(r"^https?:(?!//[^/?#])|^///", re.I)
BEFORE_QUERY = re.compile(r"[^?#]*")
LONGEST = 10_000
"""Characters of an address; what crawlers name is shorter (`LONGEST_URL` of the envelopes)."""
DEFAULT_PORTS = ("", "80", "443")


def add_scheme(url: str) -> str:
    """Put `https` before `//host/path` and `host/path`."""
    url = DROPPED.sub("", url.strip(AROUND))
    if url.startswith("//"):
        return "https:" + url
    return url if SCHEME.match(url) else "https://" + url


def parse_url(url: str, base: str | None = None) -> str:
    """Return an address as `https://host[:port]/path[?query][#fragment]`.

    The host is in ASCII and lower case, without its final dot, an IPv6 address in brackets. Dot
    segments of the path are resolved; what may not stand in an address is percent-encoded.

    Args:
        base: address that a relative `url` is resolved against.

    Raises:
        ValueError: `url` is not a web address, is longer than `LONGEST`, or hides its host: it has
            user info (`https://apnews.com@evil.example`), or a backslash before the query, which
            browsers read as a slash and most libraries do not.
    """
    url = DROPPED.sub("", url.strip(AROUND))
    shown = url[:200]
    if len(url) > LONGEST:
        raise ValueError(f"an address of {len(url)} characters: {shown!r}")
    if "\\" in (BEFORE_QUERY.match(url) or [""])[0]:
        raise ValueError(f"a backslash in the address: {shown!r}")
    if (authority := AUTHORITY.match(url)) and "@" in authority[1]:
        raise ValueError(f"user info in the address: {shown!r}")
    if ODD_SLASHES.match(url):
        raise ValueError(f"no web address: {shown!r}")
    try:
        parsed = ada_url.URL(url, base)
    except ValueError as error:
        raise ValueError(f"no web address: {shown!r}") from error
    if parsed.protocol not in WEB:
        raise ValueError(f"not http: {shown!r}")
    if parsed.username or parsed.password:
        raise ValueError(f"user info in the address: {shown!r}")
    host = str(parsed.hostname).rstrip(".")
    if not host:
        raise ValueError(f"no web address: {shown!r}")
    port = "" if parsed.port in DEFAULT_PORTS else f":{parsed.port}"
    return f"https://{host}{port}{parsed.pathname}{parsed.search}{parsed.hash}"


def ascii_host(name: str) -> str:
    """Return a host name as it is in an article's address: in ASCII and lower case.

    Raises:
        ValueError: it is no host name.
    """
    try:
        url = parse_url(f"https://{name}")
    except ValueError:
        url = ""
    host = url.removeprefix("https://").removesuffix("/")
    if not host or "/" in host or ":" in name:
        raise ValueError(f"{name!r} is no host name")
    return host
