"""Quotation marks as different houses set them."""

import re

from service.local.sample.sites import Quotes

OPENING = re.compile(r"(?<![^\s(\[—–-])\"")
APOSTROPHE = re.compile(r"(?<=\w)'")
NO_BREAK = "\u00a0"


def typeset(text: str, quotes: Quotes) -> str:
    """Set straight quotes as `curly` or `guillemets`, and guillemets as `low` German quotes."""
    if quotes == "curly":
        text = OPENING.sub("“", text).replace('"', "”")
        return APOSTROPHE.sub("’", text)
    if quotes == "guillemets":
        text = OPENING.sub(f"«{NO_BREAK}", text).replace('"', f"{NO_BREAK}»")
        return APOSTROPHE.sub("’", text)
    if quotes == "low":
        return text.replace("«", "„").replace("»", "“")
    return text
