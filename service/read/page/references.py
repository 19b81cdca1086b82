"""Character references that a page shows as code, because its text was encoded twice."""

import re
from html import unescape

# With their end sign: without it, `&copy` is as often a part of an address.
REFERENCE = re.compile(
    r"&(?:amp;)?(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash"
    r"|hellip|laquo|raquo|bdquo|sbquo|euro|[aeiouyncAEIOUYNC](?:acute|grave|circ|uml|tilde|cedil)"
    r"|szlig|shy|middot|bull);"
)


def resolve_references(text: str) -> str:
    """Return a text with the references in it as the characters that they stand for."""
    if "&" not in text or ";" not in text or REFERENCE.search(text) is None:
        return text
    return REFERENCE.sub(_resolve, text).replace("\xa0", " ").replace("\u00ad", "")


def _resolve(reference: re.Match[str]) -> str:
    return unescape(unescape(reference.group()))
