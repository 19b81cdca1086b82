"""One fetched page as a crawler handed it over, before anything is decoded."""

from dataclasses import dataclass, replace
from datetime import datetime

from service.events.model import Model


class GivenArticle(Model):
    """An article that the feeder has extracted already: READ takes it as it is."""

    title: str | None = None
    text: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    language: str | None = None
    site_name: str | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page and the circumstances of its fetch. Exactly one of `body`, `text`, `article` and
    `body_ref` is set.

    Attributes:
        url: as the crawler asked for it.
        fetched_at: time of the fetch, aware; None where the crawler did not say.
        status: HTTP status; None where the crawler did not say.
        headers: HTTP response headers, names in lower case, in order, repeats kept.
        body: the body as fetched, possibly still content-encoded.
        text: the document already decoded to text.
        article: an article already extracted.
        body_ref: where the body lies, already checked against the allowed prefixes; whoever may
            read files puts `body` in its place (see `with_body`) before anything else is done.
        crawler: who fetched it.
    """

    url: str
    fetched_at: datetime | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    text: str | None = None
    article: GivenArticle | None = None
    body_ref: str | None = None
    crawler: str | None = None

    def header(self, name: str) -> str | None:
        """The first HTTP header of this (lower-case) name."""
        return next((value for key, value in self.headers if key == name), None)

    def with_body(self, body: bytes) -> "RawPage":
        """This page with its body in place of the reference to it."""
        return replace(self, body=body, body_ref=None)
