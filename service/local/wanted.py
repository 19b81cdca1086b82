"""What a person calls an article by: the address of its page, its uri, or the id of an event."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from service.events.identity import article_uri
from service.page import canonicalize

URI_PREFIX = "urn:copydesk:article:"
_ID = re.compile(r"[0-9a-f]{32}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class NoSuchArticle(Exception):
    """What was asked for is not there, is no article, or is more than one; in a sentence."""


@dataclass(frozen=True)
class Wanted:
    """An article that was asked for, by the words of the one who asked."""

    given: str

    @property
    def is_name(self) -> bool:
        """Whether it can be an address, a uri or an event id at all."""
        return self._is_id or _ADDRESS.match(self.given) is not None

    def is_page(self, url: str) -> bool:
        """Whether a page at this address is meant."""
        if url == self.given:
            return True
        canonical = _canonical(url)
        if canonical is None:
            return False
        return canonical == self._address or article_uri(canonical) == self.given

    def is_event(self, uri: str, urls: Sequence[str], event_id: str | None) -> bool:
        """Whether an event is meant: one of the article's, or the very one.

        Args:
            urls: of the page, as fetched and canonical.
        """
        if self._is_id:
            return self.given in (uri, event_id, uri.removeprefix(URI_PREFIX))
        return self.given in urls or self._address in urls

    @property
    def _is_id(self) -> bool:
        return self.given.startswith(URI_PREFIX) or _ID.fullmatch(self.given) is not None

    @cached_property
    def _address(self) -> str | None:
        return _canonical(self.given)


def _canonical(url: str) -> str | None:
    try:
        return canonicalize(url)[0]
    except ValueError:
        return None
