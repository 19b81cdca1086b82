"""Stories that are no news: a short text on many sites, of which none says when, by whom or from
which agency."""

from collections.abc import Iterable
from itertools import islice

from service.contract.domain import registrable_domain
from service.contract.extracted import Extracted

SITES = 10
"""Registrable domains on which a text stands before it can count as boilerplate."""

MOST_WORDS = 100
"""A text with as many words is no boilerplate."""

_HOSTS_LOOKED_AT = 500
"""Hosts that are looked at, so that a site with thousands of subdomains costs no more."""


def is_bare(extracted: Extracted) -> bool:
    """Return True if an article is short and shows no date, person, agency or dateline: as walls,
    error pages and forms of consent do that READ takes for articles."""
    article, wire = extracted.article, extracted.wire
    shown = (
        *(article.published, article.modified, *article.dates, *article.authors),
        *(wire.agency, *wire.agencies, wire.dateline),
    )
    return extracted.signature.words < MOST_WORDS and not any(shown)


def stands_on_many_sites(hosts: Iterable[str]) -> bool:
    """Return True if hosts belong to `SITES` registrable domains or more."""
    found: set[str] = set()
    for host in islice(hosts, _HOSTS_LOOKED_AT):
        found.add(registrable_domain(host))
        if len(found) >= SITES:
            return True
    return False
