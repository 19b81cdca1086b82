"""The colours of the style sheet by name and scheme, and their contrast."""

import re

from service.desk.views.rendering import asset

_BLOCK = re.compile(r":root \{(.*?)\}", re.S)
_COLOUR = re.compile(r"--([a-z]+): (#[0-9a-f]{3,6});")


def palettes() -> dict[str, dict[str, str]]:
    """Light, dark and print."""
    blocks = [dict(_COLOUR.findall(block)) for block in _BLOCK.findall(asset("desk.css").decode())]
    return dict(zip(("light", "dark", "print"), blocks, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.1, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
