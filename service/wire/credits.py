"""What the page's credits sign: author properties, visible bylines and source elements, addresses.

A page shows credits that are not its own: those of pictures, and of other stories that it
advertises. Where the page's own author stands elsewhere, such a credit is kept as evidence, but
as doubtful.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.events.article import Article, Credit
from service.events.wire import Evidence
from service.wire.byline import LONGEST, CreditFound, is_led, is_picture_credit, read_credit
from service.wire.host import agency_of_address

ADDRESSES = frozenset({"canonical", "jsonld.is_based_on"})
VISIBLE = frozenset({"byline", "source"})
AUTHORS = frozenset({"jsonld.author", "meta.author"})
LINES_READ = 8


@dataclass(slots=True)
class _Own:
    """What is known of the page's own author.

    Attributes:
        people: the page names people as its authors, and no agency.
        named: everything that bylines and author properties say, for looking people up.
        pictures: everything that picture credits say.
        first: the first visible byline that opens with "By" or the like.
    """

    people: bool
    named: str
    pictures: str
    first: str | None


def credit_evidence(article: Article) -> Iterator[Evidence]:
    """What the credits that the page gives sign."""
    read = {
        credit: tuple(_lines(credit, article.language))
        for credit in article.credits
        if credit.where not in ADDRESSES
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
    """Whether a visible credit may be a picture's or another story's."""
    if line.shared or line.shape.startswith("initials"):
        return False
    if own.first is not None and credit.text not in own.first and credit.where == "byline":
        return True
    if line.person is not None:
        elsewhere = own.named.replace(credit.text.casefold(), "", 1)
        known = line.person.casefold().strip() in elsewhere
        return not known and (own.people or credit.where == "source")
    return (own.people and line.lead != "by") or credit.text in own.pictures
