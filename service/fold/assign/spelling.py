"""Under which spelling of its address an article is known: with `www.` or a slash, or without.

A page that comes under another spelling is a version of the article that is known, whose uri does
not change: it is that of the spelling that came first. So no record has to say which spellings
belong together, and articles of versions that told the spellings apart keep their uris; if two of
them are known, each stays what it was.

A site may have two articles that differ in a slash alone. A page that is another article than the
one in the window, by title and text, is placed under the spelling that it was fetched at. If the
text has left the window they cannot be compared, and the page is the next version; as the two come
again their texts can be, so that two pages make at most two such versions by turns.
"""

from urllib.parse import urlsplit

from service.contract.address_spelling import spellings
from service.contract.extracted import Extracted
from service.contract.identity import article_uri
from service.fold.assign.another_article import is_another
from service.fold.state.article import ArticleState
from service.fold.state.window import Window


def as_known(extracted: Extracted, window: Window) -> Extracted:
    """Return an article with its addresses as they are known; as it is if they are not.

    A declared address that is a spelling of the fetched one is the fetched one.

    Raises:
        ValueError: the record of its signature is invalid.
    """
    article = extracted.article
    declared, own = article.canonical_url, article.own_url
    if own is not None and declared in spellings(own):
        own = None
    if own is None:
        declared = _known(declared, window, fetched=extracted)
    else:
        declared = _known(declared, window)
        own = _known(own, window, fetched=extracted)
    if (declared, own) == (article.canonical_url, article.own_url):
        return extracted
    changed = {
        "uri": article_uri(declared),
        "canonical_url": declared,
        "host": urlsplit(declared).hostname or article.host,
        "own_url": own,
    }
    return extracted.model_copy(update={"article": article.model_copy(update=changed)})


def is_at_itself(holder: ArticleState, url: str) -> bool:
    """Return True if a version of the article that is known under this address was fetched there:
    at any spelling, which versions before this rule told apart."""
    return holder.own_uri is None or holder.own_uri in map(article_uri, spellings(url))


def _known(url: str, window: Window, fetched: Extracted | None = None) -> str:
    """Return the spelling of an address under which an article is known; itself if there is none.

    Args:
        fetched: the article that was fetched at this address: it is not one of another text. None
            if the address is a declared one: whether that is obeyed is decided with the article
            that holds it.
    """
    if window.existing((article_uri(url),)):
        return url
    uris = {article_uri(each): each for each in spellings(url)[1:]}
    known = window.existing(tuple(uris)) if uris else ()
    for uri, spelling in uris.items():
        if uri in known and _may_be_there(fetched, uri, spelling, window):
            return spelling
    return url


def _may_be_there(fetched: Extracted | None, uri: str, spelling: str, window: Window) -> bool:
    holder = window.article(uri)
    if fetched is None or holder is None or not is_at_itself(holder, spelling):
        return True
    return not is_another(fetched, holder, window)
