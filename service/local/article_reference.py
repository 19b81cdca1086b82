"""Reference to an article, as a person gives it: the URL of its page, its uri or an event id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from service.contract.address_spelling import spellings
from service.contract.identity import ARTICLE_URN, article_uri
from service.read.page import canonicalize

_ID = re.compile(r"[0-9a-f]{32}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class NoSuchArticle(Exception):
    """The reference matches nothing, a page that is not an article, or more than one article; the
    message says which."""


@dataclass(frozen=True)
class ArticleReference:
    """A reference to an article; `given` is the text as the person entered it."""

    given: str

    @property
    def is_name(self) -> bool:
        """True if it has the form of a URL, a uri or an event id."""
        return self._is_id or _ADDRESS.match(self.given) is not None

    def is_page(self, url: str) -> bool:
        """True if it refers to the page with this URL."""
        if url == self.given:
            return True
        canonical = _canonical(url)
        if canonical is None:
            return False
        return canonical == self._address or article_uri(canonical) == self.given

    def is_event(self, uri: str, urls: Sequence[str], event_id: str | None) -> bool:
        """True if it refers to an event: by its article's uri or URL, in any spelling of that (see
        `service.contract.address_spelling`), or by its own id.

        Args:
            uri: the article's.
            urls: the page's, as fetched and canonical.
        """
        if self._is_id:
            return self.given in (uri, event_id, uri.removeprefix(ARTICLE_URN))
        return self.given in urls or not self._spellings.isdisjoint(urls)

    @property
    def _is_id(self) -> bool:
        return self.given.startswith(ARTICLE_URN) or _ID.fullmatch(self.given) is not None

    @cached_property
    def _address(self) -> str | None:
        return _canonical(self.given)

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(spellings(self._address)) if self._address else frozenset()


def _canonical(url: str) -> str | None:
    try:
        return canonicalize(url)[0]
    except ValueError:
        return None
