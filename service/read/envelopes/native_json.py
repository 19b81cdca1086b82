"""Native form, JSON mode: the value is an object that contains the page and its metadata.

`{"url", "fetched_at": RFC 3339, "status", "headers": {name: value or [values]}, "crawler",
"truncated": how the crawler cut the page off, "hints": what it knew before (see
`service.contract.hints`)}` and exactly one of

- `body`: the bytes as fetched, in base64, possibly still content-encoded as stated in `headers`;
- `text`: the document already decoded;
- `article`: an extracted article: `{"title", "text", "authors", "published", "language",
  "site_name"}`;
- `body_ref`: URL of the body, below a prefix that the configuration allows.

`url` falls back to the key, `fetched_at` to the record's timestamp. The form is recognised by a
value that begins with `{` or by a Kafka header `content-type: application/json`. A message with a
Kafka header `url` never has this form: its value is the page's own bytes (see `native_binary`).
"""

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.page import BODY_FIELDS, GivenArticle, RawPage
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import (
    BadField,
    read_base64,
    read_http_headers,
    read_status,
    read_time,
    read_url,
    time_from_millis,
)
from service.read.envelopes.hints import read_hints
from service.read.envelopes.native_binary import url_in_key


def _recognises(envelope: Envelope) -> bool:
    if envelope.names_its_url:
        return False
    content_type = envelope.message.header("content-type") or b""
    return envelope.looks_like_an_object or content_type.lower().startswith(b"application/json")


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    document = envelope.require_document()
    url = read_url(document.get("url") or url_in_key(envelope.message))
    given = [name for name in BODY_FIELDS if document.get(name) is not None]
    if not given:
        raise Rejected(RejectionReason.NO_BODY, f"none of {', '.join(BODY_FIELDS)}", url)
    if len(given) > 1:
        raise Failed(FailureReason.UNDECODABLE, f"only one of {', '.join(given)} can be the page")
    try:
        page = RawPage(
            url=url,
            fetched_at=_fetched_at(document, envelope.message.timestamp),
            status=_status(document),
            headers=read_http_headers(document.get("headers")),
            body=read_base64(document["body"]) if "body" in given else None,
            text=_string(document, "text"),
            article=_article(document["article"]) if "article" in given else None,
            body_ref=_body_ref(document, body_refs),
            cut=_string(document, "truncated") or None,
            hints=read_hints(document.get("hints")),
        )
    except BadField as error:
        raise Failed(FailureReason.UNDECODABLE, str(error)) from error
    if not _has_content(page):
        empty = f"{given[0]} is empty (status {page.status})"
        raise Rejected(RejectionReason.NO_BODY, empty, page.url, page.fetched_at)
    return page


def _has_content(page: RawPage) -> bool:
    if page.article is not None:
        return bool(page.article.text.strip())
    return bool(page.body or page.text or page.body_ref)


def _fetched_at(document: dict[str, Any], timestamp: int | None) -> datetime | None:
    text = _string(document, "fetched_at")
    if text is None:
        return time_from_millis(timestamp)
    try:
        return read_time(text)
    except BadField as error:
        raise BadField(f"fetched_at: {error}") from error


def _status(document: dict[str, Any]) -> int | None:
    value = document.get("status")
    return None if value is None else read_status(value)


def _string(document: dict[str, Any], name: str) -> str | None:
    value = document.get(name)
    if value is None or isinstance(value, str):
        return value
    raise BadField(f"{name}: a string was expected, not {type(value).__name__}")


def _article(value: object) -> GivenArticle:
    try:
        return GivenArticle.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(("article", *map(str, first["loc"])))
        raise BadField(f"{where}: {first['msg']}") from error


def _body_ref(document: dict[str, Any], body_refs: BodyRefs) -> str | None:
    ref = _string(document, "body_ref")
    return None if ref is None else body_refs.check(ref)


ADAPTER = Adapter(name="native_json", recognises=_recognises, decode=_decode)
