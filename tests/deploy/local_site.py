"""A small news site on this machine, for crawlers to crawl."""

import contextlib
import http.server
import threading
from collections.abc import Iterator

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title></head>
<body><article><h1>{title}</h1>
<p>PORT SOLEDAD (AP) — Ferries left the harbour of Port Soledad on Tuesday for the first time in 12
days, the harbour master said, after engineers had repaired the northern pier.</p>
<p>Some 3,000 passengers were waiting, and {count} more are expected before the week is over, Olga
Reyes, who runs the terminal, said. “We had to turn people away,” she added.</p>
</article></body></html>"""

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Port news</title>
<item><title>Pier is repaired</title><link>/c</link><source url="https://wire.example/feed">The
Wire</source><pubDate>Tue, 10 Mar 2026 09:30:00 GMT</pubDate></item></channel></rss>"""

LEAFLET = "%PDF-1.7\n\x00\x01 %%EOF\n"

PAGES = {
    "/": '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>'
    '<body><a href="/a">A</a> <a href="/b">B</a> <a href="/gone">C</a>'
    ' <a href="/leaflet">D</a></body></html>',
    "/feed": FEED,
    "/leaflet": LEAFLET,
    "/a": ARTICLE.format(title="Ferries sail again", count=400),
    "/b": ARTICLE.format(title="Harbour reopens after repairs", count=500),
    "/c": ARTICLE.format(title="Pier is repaired at last", count=600),
}
KINDS = {"/feed": "text/xml; charset=utf-8", "/leaflet": "application/pdf"}


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", KINDS.get(self.path, "text/html; charset=utf-8"))
        self.end_headers()
        self.wfile.write((page or "<p>gone</p>").encode())

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def local_site() -> Iterator[str]:
    """The site's address, without a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
