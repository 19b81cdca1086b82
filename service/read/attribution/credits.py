"""Agencies in the page's credits: author properties, visible bylines, source elements and hosts.

A page also shows credits that are not its own: those of pictures, and of other stories that it
links to. If the page names its own author elsewhere, such a credit is kept as evidence, but as
doubtful.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from service.agencies.table import Agency, book
from service.contract.article import CORRECTION, DROPPED, IDENTIFIER, Article, Credit
from service.contract.attribution import Evidence
from service.read.attribution.byline import (
    LONGEST,
    CreditFound,
    is_led,
    is_picture_credit,
    read_credit,
)

LONGEST_ADDRESS = 2000
"""Characters: nothing longer is treated as a URL."""


def agency_of_host(host: str) -> Agency | None:
    """Return the agency that owns this host or a parent domain of it, or None."""
    labels = host.lower().rstrip(".").split(".")[-_most_labels() :]
    own = _hosts()
    return next(
        (own[name] for name in (".".join(labels[i:]) for i in range(len(labels))) if name in own),
        None,
    )


def agency_of_address(address: str) -> Agency | None:
    """Return the agency that owns the host of an address (a URL or a bare host), or None."""
    if len(address) > LONGEST_ADDRESS:
        return None
    address = address.strip()
    try:
        host = urlsplit(address if ":" in address else f"//{address}").hostname
    except ValueError:
        return None
    return agency_of_host(host) if host else None


@cache
def _hosts() -> dict[str, Agency]:
    return {host: agency for agency in book().rows for host in agency.hosts}


@cache
def _most_labels() -> int:
    """Number of labels of the longest of these hosts."""
    return max(host.count(".") + 1 for host in _hosts())


ADDRESSES = frozenset({"canonical", "jsonld.is_based_on"})
NO_CREDITS = frozenset({DROPPED, CORRECTION, IDENTIFIER})
VISIBLE = frozenset({"byline", "source"})
AUTHORS = frozenset({"jsonld.author", "meta.author"})
LINES_READ = 8


@dataclass(slots=True)
class _Own:
    """The page's own author, as far as its credits name one.

    Attributes:
        people: the page names people as its authors, and no agency.
        named: text of all bylines and author properties, lower-cased, to search for people's names.
        pictures: text of all picture credits.
        first: the first visible byline that opens with "By" or the like.
    """

    people: bool
    named: str
    pictures: str
    first: str | None


def credit_evidence(article: Article) -> Iterator[Evidence]:
    """Yield the evidence from the page's credits."""
    read = {
        credit: tuple(_lines(credit, article.language))
        for credit in article.credits
        if credit.where not in ADDRESSES | NO_CREDITS
    }
    own = _own(article, read)
    for credit, found in read.items():
        for position, line in found:
            doubtful = credit.where in VISIBLE and _doubtful(credit, line, own)
            start, end = position + line.start, position + line.end
            yield Evidence(
                agency=line.agency.key,
                rule=_rule(credit.where, line, doubtful),
                where=credit.where,
                text=credit.text[start:end],
                span=(start, end),
            )
    addresses = [credit for credit in article.credits if credit.where in ADDRESSES]
    if article.declared_canonical is not None:
        addresses.append(Credit(where="canonical", text=article.declared_canonical))
    for credit in addresses:
        agency = agency_of_address(credit.text)
        if agency is not None and agency is not agency_of_address(article.canonical_url):
            yield Evidence(
                agency=agency.key,
                rule=credit.where.removeprefix("jsonld."),
                where=credit.where,
                text=credit.text,
                span=(0, len(credit.text)),
            )


def _rule(where: str, line: CreditFound, doubtful: bool) -> str:
    if doubtful:
        return f"doubtful.{where}"
    if line.shared:
        return f"{where}.shared"
    bare = where == "source" and line.shape == "list" and line.lead is None
    return f"{where}.bare" if bare else f"{where}.{line.shape}"


def _lines(credit: Credit, language: str) -> Iterator[tuple[int, CreditFound]]:
    position = 0
    for line in credit.text.splitlines(keepends=True)[:LINES_READ]:
        for found in read_credit(line, language):
            yield position, found
        position += len(line)


def _own(article: Article, read: dict[Credit, tuple[tuple[int, CreditFound], ...]]) -> _Own:
    bylines = [credit for credit in article.credits if credit.where in {*AUTHORS, "byline"}]
    agency_is_author = any(read[credit] for credit in bylines if credit.where in AUTHORS)
    visible = [credit.text for credit in bylines if credit.where == "byline"]
    return _Own(
        people=bool(article.authors) and not agency_is_author,
        named=" ".join((*article.authors, *(credit.text for credit in bylines))).casefold(),
        pictures=" ".join(
            credit.text
            for credit in article.credits
            if len(credit.text) <= LONGEST and is_picture_credit(credit.text)
        ),
        first=next((text for text in visible if is_led(text)), None),
    )


def _doubtful(credit: Credit, line: CreditFound, own: _Own) -> bool:
    """Whether a visible credit may belong to a picture or to another story."""
    if line.shared or line.shape.startswith("initials"):
        return False
    if own.first is not None and credit.text not in own.first and credit.where == "byline":
        return True
    if line.person is not None:
        elsewhere = own.named.replace(credit.text.casefold(), "", 1)
        named_elsewhere = line.person.casefold().strip() in elsewhere
        return not named_elsewhere and (own.people or credit.where == "source")
    return (own.people and line.lead != "by") or credit.text in own.pictures
