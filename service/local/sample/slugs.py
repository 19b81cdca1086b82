"""Headlines as they appear in addresses."""

import re
import unicodedata

OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most twelve."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(OTHER.sub(" ", plain).split()[:12])
