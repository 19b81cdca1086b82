"""Imported by the fork server: reads one page, so that children start with every table loaded.

Word frequencies, language models and agencies take a second to load; a child that loaded them
itself would charge that second to its first page.
"""

import gc

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage
from service.read.stage import read

_URL = b"https://news.example/2026/03/10/ferries-sail-again"
_PAGE = b"""<html><head><title>Ferries sail again</title></head><body><article><h1>Ferries sail
again</h1><p>PORT SOLEDAD (AP) - Ferries left the harbour of Port Soledad on Tuesday for the first
time in 12 days, the harbour master said, after engineers had repaired the northern pier.</p><p>Some
3,000 passengers were waiting, and more are expected before the week is over, she said.</p>
</article></body></html>"""

RECORD = read(
    InputMessage(
        key=_URL,
        value=_PAGE,
        headers=(("url", _URL),),
        timestamp=None,
        source=SourcePosition(topic="", partition=0, offset=0),
    )
)
"""READ's outcome of the page. If it is not an article, some tables were not loaded."""

# The tables are never freed. Frozen, they are skipped by the garbage collector: a collection in a
# child visits only the page's own objects, and does not write to the memory that the children share
# with the fork server.
gc.collect()
gc.freeze()
