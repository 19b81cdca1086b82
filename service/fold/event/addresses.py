"""Addresses as URIs, which ninjs asks for: pages write them with letters of all scripts, too."""

from urllib.parse import quote

_KEPT = ":/?#[]@!$&'()*+,;=-._~%"
"""What RFC 3986 allows besides letters and digits."""


def as_uri(address: str) -> str:
    """Return an address with whatever a URI may not have percent-encoded, as browsers send it. One
    that is a URI already is not changed.

    Brackets are left to the host, a second `#` and a `%` without two hexadecimal digits are
    encoded.
    """
    head, slashes, rest = address.partition("://")
    host, slash, path = rest.partition("/") if slashes else ("", "", address)
    start = f"{head}{slashes}{host}{slash}" if slashes else ""
    path, mark, fragment = path.partition("#")
    encoded = _encode(path) + mark + _encode(fragment).replace("#", "%23")
    return quote(start, safe=_KEPT) + encoded


def _encode(part: str) -> str:
    first, *others = part.split("%")
    safe = _KEPT.replace("[", "").replace("]", "")
    kept = [quote(first, safe=safe, errors="replace")]
    for other in others:
        digits = len(other) >= 2 and all(each in _HEX for each in other[:2])
        kept.append(("%" if digits else "%25") + quote(other, safe=safe, errors="replace"))
    return "".join(kept)


_HEX = frozenset("0123456789abcdefABCDEF")
