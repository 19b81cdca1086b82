"""news-please: the article that it extracted, as it writes it to JSON files and JSON lines.

Recognised by `maintext` and `source_domain`. Times are written without an offset: `date_download`
is UTC, `date_publish` the page's own time. The text is used as an article already extracted:
news-please does not write the page.
"""

from datetime import UTC, datetime
from typing import Any

from service.contract.outcome import Rejected, RejectionReason
from service.contract.page import GivenArticle, RawPage
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import read_url, time_from_millis

NAME = "news_please"


def _recognises(envelope: Envelope) -> bool:
    document = envelope.document
    return document is not None and {"maintext", "source_domain"} <= document.keys()


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    document = envelope.require_document()
    url = read_url(document.get("url"))
    text = _string(document, "maintext") or _string(document, "text")
    if not text:
        raise Rejected(RejectionReason.NO_BODY, "news-please found no maintext", url)
    authors = document.get("authors")
    downloaded = _time(document, "date_download")
    return RawPage(
        url=url,
        fetched_at=time_from_millis(envelope.message.timestamp)
        if downloaded is None
        else downloaded.replace(tzinfo=downloaded.tzinfo or UTC),
        article=GivenArticle(
            title=_string(document, "title"),
            text=text,
            authors=tuple(name for name in authors if isinstance(name, str))
            if isinstance(authors, list)
            else (),
            published=_time(document, "date_publish"),
            language=_string(document, "language"),
            site_name=None,
        ),
    )


def _string(document: dict[str, Any], name: str) -> str | None:
    value = document.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _time(document: dict[str, Any], name: str) -> datetime | None:
    """Return a time as Python prints it; None if it is none."""
    try:
        return datetime.fromisoformat(_string(document, name) or "")
    except ValueError:
        return None


ADAPTER = Adapter(name=NAME, recognises=_recognises, decode=_decode)
