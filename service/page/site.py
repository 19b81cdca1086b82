"""What a page says of itself besides the text: the site's name, the section, the lead image."""

from urllib.parse import urljoin, urlsplit

from service.page.facts import Facts, values
from service.page.head import Head

LONGEST = 100


def name_site(head: Head, facts: Facts) -> str | None:
    """The site's name: OpenGraph, application name, publisher."""
    for name in (head.meta("og:site_name"), facts.text("publisher"), head.meta("application-name")):
        if name and len(name) <= LONGEST and not name.startswith("http"):
            return name
    return None


def find_section(head: Head, facts: Facts) -> str | None:
    """The section that the article is filed under."""
    for name in (
        facts.text("articleSection"),
        head.meta("article:section", "section", "cxenseparse:section", "parsely-section"),
    ):
        if name and len(name) <= LONGEST and not name.startswith("http"):
            return name
    return None


def find_image(head: Head, facts: Facts, url: str) -> str | None:
    """The lead image's address, absolute."""
    for value in [
        *values(facts.node.get("image")),
        head.meta("og:image:secure_url", "og:image", "twitter:image", "twitter:image:src"),
    ]:
        node = facts.resolve(value)
        found = node.get("url") or node.get("contentUrl") if node else value
        if isinstance(found, list):
            found = found[0] if found else None
        if isinstance(found, str) and found.strip():
            address = join(url, found.strip())
            if address:
                return address
    return None


def join(base: str, address: str) -> str | None:
    """An absolute web address, or none."""
    try:
        joined = urljoin(base, address)
        return joined if urlsplit(joined).scheme in ("http", "https") else None
    except ValueError:
        return None
