"""Files that hold one page each: HTML, or the plain text of an article."""

from typing import BinaryIO

import orjson

from service.events.adapters.warc_response import LARGEST_BODY
from service.local.inputs.draft import Draft, page_draft
from service.local.inputs.found_file import FoundFile


def read_html(file: FoundFile, stream: BinaryIO) -> Draft:
    """A page as it was saved. It has no time: that of the file is another one on each machine."""
    return page_draft(file.url, stream.read(LARGEST_BODY), (("content-type", "text/html"),))


def read_text(file: FoundFile, stream: BinaryIO) -> Draft:
    """An article already extracted, without a title (native form, JSON mode)."""
    article = {"text": _decoded(stream.read(LARGEST_BODY))}
    return Draft(
        key=file.url.encode(),
        value=orjson.dumps({"url": file.url, "article": article}),
        headers=(("content-type", b"application/json"),),
    )


def _decoded(text: bytes) -> str:
    """UTF-8, or what Windows wrote before it; never an error."""
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")
