"""The identifiers that a page declares for its article, where they have the form of a URN."""

import re
from collections.abc import Iterator

from service.read.page.head import Head
from service.read.page.structured_data import Facts, values

META = ("dc.identifier", "dcterms.identifier", "identifier", "article:id", "newsml", "urn", "guid",
        "agency-id", "nitf:doc-id", "article:guid")  # fmt: skip
LONGEST = 200
MOST = 8
_URN = re.compile(r"(?:urn|tag):[^\s<>\"]{8,190}|dpa\s?:\s?[\d/-]{10,30}", re.I)


def declared_identifiers(head: Head, facts: Facts) -> tuple[str, ...]:
    """Return the declared identifiers, as printed; at most `MOST`."""
    found = (value for value in _declared(head, facts) if _URN.fullmatch(value.strip()))
    return tuple(dict.fromkeys(value.strip() for value in found))[:MOST]


def _declared(head: Head, facts: Facts) -> Iterator[str]:
    for name in META:
        yield from (value for value in head.metas.get(name, ())[:MOST] if len(value) <= LONGEST)
    for given in list(values(facts.node.get("identifier")))[:MOST]:
        value = given.get("value") if isinstance(given, dict) else given
        if isinstance(value, str) and len(value) <= LONGEST:
            yield value
    own = facts.node.get("@id")
    if isinstance(own, str) and len(own) <= LONGEST:
        yield own
