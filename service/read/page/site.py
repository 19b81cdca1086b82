"""The site's name, as it calls itself or as its host spells it, section and lead image."""

from unicodedata import normalize
from urllib.parse import urljoin, urlsplit

from service.read.page.head import Head
from service.read.page.paragraph import normalise_words
from service.read.page.structured_data import Facts, values

LONGEST_ADDRESS = 2_000  # characters of an address of a link or a picture
MOST_NAME_WORDS = 6  # words
LONGEST_ARTICLE = 3  # letters of a grammatical article: the, die, los


def names_site(part: str, site_name: str | None, host: str) -> bool:
    """Whether a name, or a part of a title, is the site's: its declared name, some words of that
    name, that name with other words, or the host's name."""
    words, site = (normalise_words(text).split() for text in (part, site_name or ""))
    if not words or len(words) > MOST_NAME_WORDS:
        return False
    if site and (set(words) <= set(site) or set(site) <= set(words)):
        return True
    label, plain = host_label(host), letters(part)
    return len(label) > 1 and (
        plain in (label, letters(host.removeprefix("www."))) or (len(label) > 4 and label in plain)
    )


def is_site(part: str, site_name: str | None, host: str) -> bool:
    """Whether a part of a title is exactly the site's name, or its host's, perhaps with "the"."""
    label, plain = host_label(host), letters(part)
    if plain == label != "":
        return True
    if len(label) > 4 and plain.endswith(label) and len(plain) - len(label) <= LONGEST_ARTICLE:
        return True
    return bool(site_name) and normalise_words(part) == normalise_words(site_name or "")


def host_label(host: str) -> str:
    """Return the host's first label without `www.`: `courier` of `www.courier.example`."""
    return letters(host.removeprefix("www.").split(".")[0])


def letters(text: str) -> str:
    """Only ASCII letters and digits: `Börsen-Zeitung` and `boersen-zeitung` become the same."""
    text = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(char for char in normalize("NFKD", text) if char.isalnum() and char.isascii())


LONGEST_NAME = 100


def name_site(head: Head, facts: Facts) -> str | None:
    """Return the site's name: from OpenGraph, the publisher or the application name."""
    return _first_name(
        head.meta("og:site_name"), facts.text("publisher"), head.meta("application-name")
    )


def find_section(head: Head, facts: Facts) -> str | None:
    """Return the section that the article belongs to."""
    return _first_name(
        facts.text("articleSection"),
        head.meta("article:section", "section", "cxenseparse:section", "parsely-section"),
    )


def folders_of(url: str) -> list[str]:
    """Return the folders of an address, which sites name after their sections."""
    return [part for part in urlsplit(url).path.split("/")[1:-1] if part]


def _first_name(*texts: str | None) -> str | None:
    """The first text that can be a name: not too long, and no address."""
    for text in texts:
        if text and len(text) <= LONGEST_NAME and not text.startswith("http"):
            return text
    return None


def find_image(head: Head, facts: Facts, url: str) -> str | None:
    """Return the lead image's absolute URL."""
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


def absolute(base: str, address: str) -> str | None:
    """Return the HTTP or HTTPS URL that a link or a picture of a page names; None if it names none,
    a place in the page itself, or one of more than `LONGEST_ADDRESS` characters."""
    address = address.strip()
    if not address or len(address) > LONGEST_ADDRESS or address.startswith(("data:", "#")):
        return None
    url = address if address.startswith(("https://", "http://")) else join(base, address)
    return None if url is None or len(url) > LONGEST_ADDRESS else url


def join(base: str, address: str) -> str | None:
    """Return an absolute HTTP or HTTPS URL, or None."""
    try:
        joined = urljoin(base, address)
        return joined if urlsplit(joined).scheme in ("http", "https") else None
    except ValueError:
        return None
