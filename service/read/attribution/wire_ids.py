"""Identifiers of wire stories: dpa's line, NewsML URNs, item numbers in agencies' addresses.

A page carries many numbers, and few are the article's: URNs in picture files and links name other
items, and a publisher's own numbers may look like an agency's. So an identifier is read only where
it can only be the article's: in the lines at the text's end, the visible credits and the notices,
in the identifier that the page declares for itself, in its own address and the one that it names as
its original. Forms are those that agencies document (IPTC NewsML-G2
`urn:newsml:provider:date:id:version`) or print.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from service.contract.article import DROPPED, IDENTIFIER, Article, Notice
from service.contract.wire_id import WireId
from service.read.attribution.credits import ADDRESSES, LONGEST_ADDRESS, VISIBLE, agency_of_address
from service.read.attribution.trailer import last_paragraphs

MOST_IDS = 4
LONGEST_LINE = 600
"""Characters of a line that are searched."""

_LINES = frozenset({DROPPED, IDENTIFIER, *VISIBLE})
_LONGEST_ID_LINE = 160
_MOST_OTHER_WORDS = 4
"""Words beside the identifier in a line that is no text: "© dpa-infocom GmbH,"."""

DPA, AP, REUTERS = "dpa", "ap", "reuters"

_DPA_NUMBER = r"(?P<value>\d{6}-\d{2,3}-\d{4,7})"
_DPA_LINE = re.compile(
    rf"(?<![\w-])dpa(?:-[a-z]{{2,12}})?\s?:\s?{_DPA_NUMBER}(?:/(?P<take>\d{{1,3}}))?(?![\w/-])",
    re.I,
)
_NEWSML = re.compile(
    r"(?<![\w:])urn:newsml:(?:www\.)?(?P<provider>[a-z\d-]{1,40}(?:\.[a-z\d-]{1,40}){1,3})"
    r":(?P<date>\d{8}(?:T\d{4,6}(?:Z|[+-]\d{4})?)?):(?P<value>[\w.+-]{3,60})"
    r"(?::(?P<take>\d{1,4})[NUA]?)?(?![\w:.+-])",
    re.I,
)
_AP_URN = re.compile(r"(?<![\w:])urn:publicid:ap\.org:(?P<value>[\da-f]{32})(?![\w-])", re.I)
_REUTERS_TAG = re.compile(
    r"(?<![\w:])(?:tag:(?:www\.)?reuters\.com,\d{4}(?:-\d\d){0,2}:newsml_|urn:newsml:reuters\.com:"
    r"[\dT:Z-]{0,20}?:?)(?:n|id[A-Z]{2})?(?P<value>[A-Z][\dA-Z]{7,11})(?::(?P<take>\d{1,4}))?(?![\w:])"
)

_IN_ADDRESS = {
    AP: re.compile(r"/(?:article/)?(?:[\w-]{1,200}-)?(?P<value>[\da-f]{32})(?=/|$)"),
    REUTERS: re.compile(r"[/-]id[A-Z]{2}n?(?P<value>[A-Z][\dA-Z]{7,11})(?=/|$)"),
    "afp": re.compile(r"(?:/|^)doc\.afp\.com[./](?P<value>[\dA-Z]{5,9})(?=/|$)"),
    "yonhap": re.compile(r"/view/(?P<value>A[A-Z]{2}\d{17})(?=/|$)"),
    "xinhua": re.compile(r"/(?:c_|\d{8}/)(?P<value>\d{9,12}|[\da-f]{32})(?:/c)?\.html?$"),
}
"""Forms in hosts and paths of agencies' own addresses, by the agency that owns the host."""


def find_wire_ids(article: Article, body: str, notices: tuple[Notice, ...]) -> tuple[WireId, ...]:
    """Return the identifiers of the wire story that an article carries, each once; of several takes
    of one the highest. At most `MOST_IDS`.

    Args:
        body: the text.
        notices: taken from it or found beside it.
    """
    found: dict[tuple[str, str, str], WireId] = {}
    for each in _every(article, body, notices):
        key = (each.agency, each.kind, each.value)
        kept = found.get(key)
        if kept is None or (each.take or 0) > (kept.take or 0):
            found[key] = each
    return tuple(found.values())[:MOST_IDS]


def _every(article: Article, body: str, notices: tuple[Notice, ...]) -> Iterator[WireId]:
    for notice in notices:
        yield from ids_in(notice.text, "notice")
    for credit in article.credits:
        if credit.where in _LINES:
            yield from ids_in(credit.text, credit.where)
    for start, end in last_paragraphs(body):
        yield from ids_in(body[start:end], "text")
    addresses = [("url", article.canonical_url), ("canonical", article.declared_canonical or "")]
    addresses += [(each.where, each.text) for each in article.credits if each.where in ADDRESSES]
    for where, address in addresses:
        yield from id_in_address(address, where)


def ids_in(text: str, where: str) -> Iterator[WireId]:
    """Yield the identifiers in a line: of dpa, of AP, of Reuters, and NewsML URNs of any agency."""
    text = text[:LONGEST_LINE]
    if ":" not in text:
        return
    for match in _DPA_LINE.finditer(text):
        yield _wire_id(DPA, "number", match["value"], match, where)
    for match in _AP_URN.finditer(text):
        yield _wire_id(AP, "item", match["value"].lower(), match, where)
    for match in _REUTERS_TAG.finditer(text):
        yield _wire_id(REUTERS, "item", match["value"], match, where)
    for match in _NEWSML.finditer(text):
        provider = agency_of_address(match["provider"].lower())
        if provider is None or provider.key == REUTERS:
            continue
        kind = "number" if provider.key == DPA else "newsml"
        value = match["value"] if kind == "number" else f"{match['date']}:{match['value']}"
        yield _wire_id(provider.key, kind, value, match, where)


def id_in_address(address: str, where: str) -> Iterator[WireId]:
    """Yield the item number in an address on an agency's own host."""
    agency = agency_of_address(address) if 0 < len(address) <= LONGEST_ADDRESS else None
    if agency is None or (form := _IN_ADDRESS.get(agency.key)) is None:
        return
    parts = urlsplit(address)
    match = form.search(f"{parts.hostname}{parts.path}")
    if match is not None:
        yield _wire_id(agency.key, "item", match["value"], match, where)


def id_lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of the last paragraphs that are an identifier and next to nothing else."""
    return [
        (start, end)
        for start, end in last_paragraphs(text)
        if end - start <= _LONGEST_ID_LINE
        and any(
            len(text[start:end].replace(each.text, "").split()) <= _MOST_OTHER_WORDS
            for each in ids_in(text[start:end], "text")
        )
    ]


def _wire_id(agency: str, kind: str, value: str, match: re.Match[str], where: str) -> WireId:
    groups = match.groupdict()
    take = groups.get("take")
    return WireId(
        agency=agency,
        kind=kind,
        value=value,
        take=None if take is None else int(take),
        source=where,
        text=match[0],
    )
