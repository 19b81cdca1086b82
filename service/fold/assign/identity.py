"""Under which address an article is placed: the declared one, or the fetched one after all.

READ takes a declared address for an article's identity if nothing on the page contradicts it. What
contradicts it in other pages shows here: a template that declares one address on all its pages
would make each article a version of the one before. So an article goes under its own address (the
fetched one, in canonical form) if

- there is an article under its own address already: it stays what it was; or
- the declared address is held by an article that was fetched from another address and is another
  one, by title and text.

The page at the declared address itself has no other address. If another page holds it by then, the
two cannot share one uri: the page is placed under a uri derived from the address and `_ITSELF`.

An address stands for all of its spellings (see `service.fold.assign.spelling`). All of it depends
on the article and the state alone, so a replay decides the same.
"""

from urllib.parse import urlsplit

from service.contract.extracted import Extracted
from service.contract.identity import article_uri
from service.fold.assign.another_article import is_another
from service.fold.assign.spelling import as_known, is_at_itself
from service.fold.state.article import ArticleState
from service.fold.state.identities import content_of, own_number
from service.fold.state.window import Window

_ITSELF = "#itself"
"""No canonical address ends so: fragments are dropped."""


def resolve(extracted: Extracted, window: Window) -> tuple[Extracted, ArticleState | None]:
    """Return the article under the address that identifies it, and its version in the window; None
    if it has none there.

    Raises:
        ValueError: the record of its signature is invalid.
    """
    extracted = as_known(extracted, window)
    article = extracted.article
    if article.own_url is None:
        return _resolve_own(extracted, window)
    own_uri = article_uri(article.own_url)
    own = window.article(own_uri)
    if own is not None and is_at_itself(own, article.own_url):
        return _under_own(extracted), own
    holder = window.article(article.uri)
    if holder is None and _was_another(extracted, own_uri, window):
        return _resolve_own(_under_own(extracted), window)
    if holder is None or holder.own_uri == own_uri:
        return extracted, holder
    if is_another(extracted, holder, window):
        return _resolve_own(_under_own(extracted), window)
    return extracted, holder


def _resolve_own(extracted: Extracted, window: Window) -> tuple[Extracted, ArticleState | None]:
    """As `resolve`, of an article that its fetched address identifies."""
    holder = window.article(extracted.article.uri)
    if holder is None:
        return _resolve_remembered(extracted, window)
    if is_at_itself(holder, extracted.article.canonical_url):
        return extracted, holder
    itself = _beside_holder(extracted)
    before = window.article(itself.article.uri)
    if before is not None or is_another(extracted, holder, window):
        return itself, before
    return extracted, holder


def _resolve_remembered(
    extracted: Extracted, window: Window
) -> tuple[Extracted, ArticleState | None]:
    """As `_resolve_own`, if no article in the window has the address: the page is beside an article
    that has left the window if it was before."""
    identity = window.remembered.find(extracted.article.uri)
    if identity is None or not identity.own:
        return extracted, None
    itself = _beside_holder(extracted)
    before = window.article(itself.article.uri)
    if before is None and window.remembered.find(itself.article.uri) is None:
        return extracted, None
    return itself, before


def _was_another(extracted: Extracted, own_uri: str, window: Window) -> bool:
    """Return True if pages that have left the window say that the declared address is another
    article's: this one was at its own, or the other was fetched from a third address. Their texts
    cannot be compared any more."""
    at_own, holder = window.remembered.find(own_uri), window.remembered.find(extracted.article.uri)
    if at_own is not None and not at_own.own:
        return True
    if holder is None or holder.own in (0, own_number(own_uri)):
        return False
    return holder.content != content_of(extracted.article.content_hash)


def _under_own(extracted: Extracted) -> Extracted:
    """Return the article with its own address; the declared one is a claim."""
    article = extracted.article
    url = article.own_url or article.canonical_url
    changed = {
        "uri": article_uri(url),
        "canonical_url": url,
        "host": urlsplit(url).hostname or article.host,
        "own_url": None,
        "declared_canonical": article.canonical_url,
    }
    return extracted.model_copy(update={"article": article.model_copy(update=changed)})


def _beside_holder(extracted: Extracted) -> Extracted:
    """Return the article with the uri of an address that another page holds."""
    article = extracted.article
    uri = article_uri(article.canonical_url + _ITSELF)
    return extracted.model_copy(update={"article": article.model_copy(update={"uri": uri})})
