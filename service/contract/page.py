"""One fetched page as the crawler delivered it, before its body is decoded."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import Field

from service.contract.hints import Hints
from service.contract.serde import Model


class GivenArticle(Model):
    """An article that was extracted before it reached copydesk. READ uses it without extraction."""

    title: str | None = Field(
        default=None,
        description="Headline. Absent if it is not known: it is then looked for in the text.",
    )
    text: str = Field(description="The text; paragraphs are separated by a blank line.")
    authors: tuple[str, ...] = Field(
        default=(), description="Names of people. Absent if none is known."
    )
    published: datetime | None = Field(
        default=None,
        description="Date of publication, with an offset if it is known. Absent if it is not"
        " known.",
    )
    language: str | None = Field(
        default=None,
        description="Not used: the language is identified from the text. Absent if it is not"
        " known.",
    )
    site_name: str | None = Field(
        default=None, description="Name of the site. Absent if it is not known."
    )


BODY_FIELDS = ("body", "text", "article", "body_ref")
"""Fields of the native form, JSON mode, that hold a page's body: each message has exactly one."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page and the metadata of its fetch. Exactly one of `body`, `text`, `article` and
    `body_ref` is set.

    Attributes:
        url: URL as requested by the crawler.
        fetched_at: time of the fetch, timezone-aware; None if the crawler did not give it.
        status: HTTP status; None if the crawler did not give it.
        headers: HTTP response headers in order, with repeated names; names in lower case.
        body: the body as fetched, possibly still content-encoded.
        text: the document, already decoded to text.
        article: an article already extracted.
        body_ref: URL of the body, already checked against the allowed prefixes. The caller, which
            may read files, replaces it by `body` (see `with_body`) before any other step.
        hints: what the crawler knew of the page before it fetched it.
        cut: how the crawler says that it cut the page off, for people; None if it does not.
    """

    url: str
    fetched_at: datetime | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    text: str | None = None
    article: GivenArticle | None = None
    body_ref: str | None = None
    cut: str | None = None
    hints: Hints | None = None

    def header(self, name: str) -> str | None:
        """Return the first HTTP header with this (lower-case) name; None if there is none."""
        return next((value for key, value in self.headers if key == name), None)

    def with_body(self, body: bytes) -> "RawPage":
        """Return a copy of the page with the body instead of the reference to it."""
        return replace(self, body=body, body_ref=None)
