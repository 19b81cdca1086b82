"""Imported by the fork server: reads one page, so that children begin with every table loaded.

Word frequencies, language models and agencies take a second; a child that had to load them itself
would charge that second to its first page.
"""

import gc

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage
from service.read import read

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
"""What became of the page: an article, or some tables were not needed."""

# The tables stay for good: without them a collection, in each child, has only the page's own
# objects to look through, and the memory that children share with the server is not written to.
gc.collect()
gc.freeze()
