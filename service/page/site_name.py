"""Recognise a site's own name, as it calls itself or as its host spells it."""

from unicodedata import normalize

from service.page.paragraph import fold_words

LONGEST = 6  # words
LONGEST_ARTICLE = 3  # letters: the, die, los


def names_site(part: str, site_name: str | None, host: str) -> bool:
    """Whether a name, or a part of a title, is the site's: its own, some words of it, it with
    other words, or the host's."""
    words, site = (fold_words(text).split() for text in (part, site_name or ""))
    if not words or len(words) > LONGEST:
        return False
    if site and (set(words) <= set(site) or set(site) <= set(words)):
        return True
    label, plain = host_label(host), letters(part)
    return len(label) > 1 and (
        plain in (label, letters(host.removeprefix("www."))) or (len(label) > 4 and label in plain)
    )


def is_site(part: str, site_name: str | None, host: str) -> bool:
    """Whether a part of a title is exactly the site's name, or its host's with an article."""
    label, plain = host_label(host), letters(part)
    if plain == label != "":
        return True
    if len(label) > 4 and plain.endswith(label) and len(plain) - len(label) <= LONGEST_ARTICLE:
        return True
    return bool(site_name) and fold_words(part) == fold_words(site_name or "")


def host_label(host: str) -> str:
    """The host's own word: `courier` of `www.courier.example`."""
    return letters(host.removeprefix("www.").split(".")[0])


def letters(text: str) -> str:
    """Only the letters, plain: `Börsen-Zeitung` and `boersen-zeitung` are the same."""
    text = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(char for char in normalize("NFKD", text) if char.isalnum() and char.isascii())
