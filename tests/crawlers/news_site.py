"""A news site on this machine with what crawlers stumble over: compressed and chunked bodies, an
old charset, a long page, two addresses with the same bytes, a redirect, a page that is gone."""

import contextlib
import gzip
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_PAGE = """<!doctype html><html lang="en">
<head><meta charset="{charset}"><title>{title}</title></head>
<body><article><h1>{title}</h1><p>PORT SOLEDAD (AP) — {first}</p>{more}<p>{last}</p></article>
</body></html>"""

_LINKS = ("ferry.html", "bridge.html", "cafe.html", "copy.html", "long.html", "gone.html")


@dataclass(frozen=True)
class Page:
    """One answer of the site.

    Attributes:
        title, last: of the article, as they must come out; the last sentence shows a cut.
        chunked: True if the body is sent in chunks, without a length.
    """

    body: bytes
    title: str = ""
    last: str = ""
    status: int = 200
    chunked: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def _article(title: str, *paragraphs: str, charset: str = "utf-8", chunked: bool = False) -> Page:
    first, *more, last = paragraphs
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in more)
    text = _PAGE.format(title=title, charset=charset, first=first, more=inner, last=last)
    headers = {"Content-Type": f"text/html; charset={charset}"}
    return Page(text.encode(charset), title, last, chunked=chunked, headers=headers)


def _compressed(page: Page) -> Page:
    headers = {**page.headers, "Content-Encoding": "gzip"}
    return Page(gzip.compress(page.body, mtime=0), page.title, page.last, headers=headers)


FERRY = _article(
    "Ferries sail again from Port Soledad",
    "Ferries left the harbour on Tuesday for the first time in twelve days, the harbour master"
    " said, after divers had cut a fishing net out of the screw of the larger ship.",
    "Some 3,000 passengers were waiting on the quay, many of them since dawn, and the first boat"
    " took 412 of them to the islands.",
    "“We had to turn people away,” Olga Reyes, who runs the terminal, added.",
)
ARTICLES = {
    "ferry.html": FERRY,
    "bridge.html": _compressed(
        _article(
            "Council votes to close the old bridge",
            "Lorries over 7.5 tonnes may not use the bridge of 1931 any more, the council decided"
            " by 19 votes to 4, since two of its cables are rusty.",
            "An engineer from Valdarno had warned of that in March; the mayor, Henrik Sund, called"
            " his report alarmist at the time.",
            "The detour through the valley takes drivers forty minutes, a haulier complained.",
        )
    ),
    "cafe.html": _article(
        "Café Peñón waits for its guests",
        "The tables of the “Café Peñón” have stood empty since its owner, Inés Müller, refused to"
        " pay the new fee for chairs on the pavement.",
        "She owes the town 8,640 euros, a clerk said; she says that she owes nothing, and has hung"
        " the letters in her window for everybody to read.",
        "A judge will look at the pavement in person on Friday.",
        charset="windows-1252",
    ),
    "copy.html": FERRY,
    "long.html": _article(
        "A lighthouse keeper’s log, read day by day",
        "The log that a nephew found in an attic in Norwick covers 900 nights at the lighthouse.",
        *(
            f"Night {night}: wind {night % 9}, {night * 37 % 101} sails counted, lamp trimmed at"
            f" {night % 12 + 1}, oil down by {night % 5} pints, and nobody on the stairs but a cat."
            for night in range(1, 901)
        ),
        "On the last page the keeper asks to be forgiven for the spelling.",
        chunked=True,
    ),
}
PAGES = {
    **ARTICLES,
    "": Page(
        ("<html><body>" + "".join(f'<a href="/{each}">{each}</a> ' for each in _LINKS)).encode()
        + b'<a href="/moved.html">moved</a></body></html>',
        headers={"Content-Type": "text/html"},
    ),
    "moved.html": Page(b"<p>moved</p>", status=301, headers={"Location": "/bridge.html"}),
    "gone.html": Page(b"<p>gone</p>", status=404, headers={"Content-Type": "text/html"}),
}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page = PAGES.get(self.path.lstrip("/"), PAGES["gone.html"])
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for begin in range(0, len(page.body), 8000):
                part = page.body[begin : begin + 8000]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def news_site(host: str = "127.0.0.1") -> Iterator[str]:
    """The site's address, without a slash at its end.

    Args:
        host: an address of the loopback.
    """
    server = http.server.ThreadingHTTPServer((host, 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
