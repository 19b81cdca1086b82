"""URLs: paths of the desk's own pages, hosts of crawled pages, and links that are safe to show."""

from urllib.parse import urlsplit

from service.contract.identity import ARTICLE_URN, STORY_URN

NO_HOST = "(no address)"

_LONGEST = 4000
_WEB = ("http", "https")


def article_path(uri: str) -> str:
    """Path of an article's page."""
    return f"/article/{uri.removeprefix(ARTICLE_URN)}"


def story_path(story_id: str) -> str:
    """Path of a story's page."""
    return f"/story/{story_id.removeprefix(STORY_URN)}"


def article_uri_of(given: str) -> str:
    """The uri of an article by its id or uri."""
    return ARTICLE_URN + given.removeprefix(ARTICLE_URN)


def story_id_of(given: str) -> str:
    """The id of a story by its id, with or without the prefix."""
    return STORY_URN + given.removeprefix(STORY_URN)


def external(address: str | None) -> str | None:
    """Return the URL if it is safe to link to, else None.

    Safe is http or https with a host, without credentials, backslashes or unprintable characters,
    and of at most `_LONGEST` characters.
    """
    if not address or len(address) > _LONGEST or not address.isprintable() or "\\" in address:
        return None
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in _WEB or not host or parts.username or parts.password:
        return None
    return address.strip()


def host_of(address: str | None) -> str:
    """The host of a URL, in lower case; `NO_HOST` if it has none."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        host = None
    return host or NO_HOST
