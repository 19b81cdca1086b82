"""The spellings of a page's address: with `www.` and without, with a slash at the end and without.

Sites answer at all of them with the same page, or send from one to another, and links use either.
"""

from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from service.contract.domain import registrable_domain

_WWW = "www."


def spellings(url: str) -> tuple[str, ...]:
    """Return the spellings of an address, itself first: at most four.

    The registrable domain is the same in all of them: `www.github.io` is one user's site, and
    `github.io` is another's. The address of a front page has a slash in every spelling. A spelling
    of a spelling is a spelling of the address.

    Args:
        url: a canonical URL (see `service.read.page.canonical_url`); of another scheme than HTTP,
            it has one spelling.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http"):
        return (url,)
    return tuple(
        urlunsplit(parts._replace(netloc=netloc, path=path))
        for netloc in (parts.netloc, *_other_hosts(parts.netloc))
        for path in (parts.path, *_other_paths(parts.path))
    )


@lru_cache(maxsize=4096)  # pages come from the same hosts again and again
def _other_hosts(netloc: str) -> tuple[str, ...]:
    bare = netloc.removeprefix(_WWW)
    if bare.startswith(_WWW):
        return ()
    other = bare if bare != netloc else _WWW + netloc
    domain, other_domain = (registrable_domain(each.partition(":")[0]) for each in (netloc, other))
    return (other,) if domain == other_domain else ()


def _other_paths(path: str) -> tuple[str, ...]:
    if path in ("", "/") or path.endswith("//"):
        return ()
    return (path[:-1] if path.endswith("/") else path + "/",)
