"""Which known articles an article's text links to.

A link is a citation: it says that the text knows the other, not that it is a copy of it. It decides
nothing, and is kept with the story.
"""

from itertools import islice

from service.contract.address_spelling import spellings
from service.contract.article import Article
from service.contract.domain import domain_of, registrable_domain
from service.contract.identity import article_uri
from service.fold.state.story import StoryState
from service.fold.state.window import Window

CITES_KEPT = 20
LINKS_READ = 30
"""Links to other sites that are looked up."""


def cited_by(article: Article, story: StoryState, window: Window) -> tuple[str, ...]:
    """Return the uris of the articles in the window that an article links to, without those on its
    own registrable domain and those of its own story.

    Args:
        story: of the article.
    """
    if not article.links:
        return ()
    own = registrable_domain(article.host)
    addresses = (link.canonical or link.url for link in article.links)
    elsewhere = (each for each in addresses if domain_of(each) not in (own, ""))
    uris = [
        article_uri(spelling)
        for address in islice(elsewhere, LINKS_READ)
        for spelling in spellings(address)
    ]
    if not uris:
        return ()
    known = window.store.existing(uris)
    return tuple(dict.fromkeys(uri for uri in uris if uri in known and not story.holds(uri)))


def with_cited(cites: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Return citations with more of them, each once; at most `CITES_KEPT`, the first ones."""
    return tuple(dict.fromkeys((*cites, *more)))[:CITES_KEPT]
