"""Bodies that later records of a run may refer to, by their digest.

Crawlers that deduplicate by content write a `revisit` record where a page has the body of another
address: a verbatim copy. Its body is in the record that was written first.
"""

import zlib
from collections import OrderedDict
from dataclasses import dataclass

from service.read.envelopes.warc_records import WarcResponse

MOST_BYTES = 64 * 1024 * 1024
LARGEST = 4 * 1024 * 1024  # bytes of a body that is kept
TEXT = ("text/", "application/xhtml")


@dataclass(frozen=True, slots=True)
class _Kept:
    url: str
    headers: tuple[tuple[str, str], ...]
    status: str | None
    packed: bytes


class PayloadIndex:
    """The bodies of pages read in this run, compressed; beyond `most_bytes` the oldest go.

    Only documents are kept, as only they become articles.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes

    def add(self, response: WarcResponse) -> None:
        """Keep the body of a record that has a digest."""
        digest = response.digest
        types = [value for name, value in response.headers if name == "content-type"]
        if digest is None or not response.body or len(response.body) > LARGEST:
            return
        if digest in self._kept or (types and not types[0].lower().lstrip().startswith(TEXT)):
            return
        packed = zlib.compress(response.body, 1)
        self._kept[digest] = _Kept(response.url, response.headers, response.status, packed)
        self._bytes += len(packed)
        while self._bytes > self._most_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.packed)

    def find(self, digest: str | None) -> tuple[str, WarcResponse] | None:
        """Return the address and the record of the body with this digest, if it is kept."""
        kept = self._kept.get(digest or "")
        if kept is None:
            return None
        body = zlib.decompress(kept.packed)
        return kept.url, WarcResponse(kept.url, None, kept.status, kept.headers, body)
