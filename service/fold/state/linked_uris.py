"""Which articles elsewhere a text links to, known or not: LINK may know them from another shard."""

from itertools import islice

from service.contract.article import Article
from service.contract.domain import domain_of, registrable_domain
from service.contract.identity import article_uri

LINKED_KEPT = 5
"""The first ones of a text: a translation names its original above or below, beside little else."""


def linked_uris(article: Article) -> tuple[str, ...]:
    """Return the uris of what an article links to on other registrable domains, each once."""
    own = registrable_domain(article.host)
    addresses = (link.canonical or link.url for link in article.links)
    elsewhere = (each for each in addresses if domain_of(each) not in (own, ""))
    return tuple(islice(dict.fromkeys(map(article_uri, elsewhere)), LINKED_KEPT))
