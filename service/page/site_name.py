"""Recognise a site's own name, as it calls itself or as its host spells it."""

from unicodedata import normalize

from service.page.paragraph import fold_words

LONGEST = 6  # words


def names_site(part: str, site_name: str | None, host: str) -> bool:
    """Whether a name, or a part of a title, is the site's."""
    folded = fold_words(part)
    if not folded or len(folded.split()) > LONGEST:
        return False
    site = fold_words(site_name or "")
    if site and (folded == site or folded in site or site in folded):
        return True
    label = letters(host.removeprefix("www.").split(".")[0])
    return len(label) > 1 and (
        letters(part) == label or (len(label) > 4 and label in letters(part))
    )


def letters(text: str) -> str:
    """Only the letters, plain: `Börsen-Zeitung` and `boersen-zeitung` are the same."""
    text = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(char for char in normalize("NFKD", text) if char.isalnum() and char.isascii())
