"""Pages whose publisher asks that no copy be kept."""

import re
from collections.abc import Iterable

from service.events.outcome import Rejected, RejectionReason

AGENT = re.compile(r"^\s*([\w-]+)\s*:\s*(?!\d)")
FORBIDDING = {"noarchive"}  # not `none`, which is short for noindex and nofollow
DIRECTIVES_WITH_VALUE = {
    "max-snippet",
    "max-image-preview",
    "max-video-preview",
    "unavailable_after",
}


def check_robots(headers: Iterable[tuple[str, str]], metas: Iterable[str]) -> None:
    """Respect `noarchive` in `X-Robots-Tag` headers and in robots meta elements.

    A header that names a crawler (`googlebot: noarchive`) is meant for that one only.

    Raises:
        Rejected: ROBOTS_NOARCHIVE.
    """
    for name, value in headers:
        if name == "x-robots-tag" and not addressed_to_another(value):
            check_directives(value, "X-Robots-Tag header")
    for content in metas:
        check_directives(content, "robots meta element")


def addressed_to_another(value: str) -> bool:
    """Whether the header's value begins with the name of a crawler."""
    agent = AGENT.match(value)
    return agent is not None and agent.group(1).lower() not in DIRECTIVES_WITH_VALUE


def check_directives(value: str, where: str) -> None:
    """Look for a directive that forbids keeping the page."""
    for directive in value.lower().split(","):
        if directive.strip() in FORBIDDING:
            raise Rejected(RejectionReason.ROBOTS_NOARCHIVE, f"{directive.strip()} in {where}")
