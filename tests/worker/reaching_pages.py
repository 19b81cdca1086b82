"""Messages that try to make their reader fetch a file or an address, in every way we know of."""

import gzip
import json

from service.contract.record import InputMessage
from tests.contract.messages import message

_TEXT = "<p>" + "Ferry 3 left pier 21 of the Lone Mesa harbour on time, she said. " * 6 + "</p>"


def reaching_pages(files: str, web: str) -> dict[str, InputMessage]:
    """The messages by name.

    Args:
        files: URL of a folder that holds `secret.txt` and `secret.dtd`, ending in a slash.
        web: URL of a server, ending in a slash.
    """
    pages: dict[str, str] = {}
    for name, at in (("file", files), ("web", web)):
        pages[f"external entity, {name}"] = _page(
            f"<!DOCTYPE html [<!ENTITY x SYSTEM '{at}secret.txt'>]>", body="<p>&x;</p>"
        )
        pages[f"external DTD, {name}"] = _page(f"<!DOCTYPE html SYSTEM '{at}secret.dtd'>")
        pages[f"public DTD, {name}"] = _page(
            f"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' '{at}secret.dtd'>"
        )
        pages[f"parameter entity, {name}"] = _page(
            f"<!DOCTYPE html [<!ENTITY % p SYSTEM '{at}secret.dtd'> %p; %all;]>", body="<p>&y;</p>"
        )
        pages[f"inclusion, {name}"] = _page(
            "<?xml version='1.0'?>",
            body='<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text"'
            f' href="{at}secret.txt"/>',
        )
        pages[f"stylesheets, {name}"] = _page(
            f'<?xml-stylesheet type="text/xsl" href="{at}secret.xsl"?>',
            head=f'<link rel="stylesheet" href="{at}a.css"><style>@import url({at}b.css);</style>',
        )
        pages[f"base and what hangs on it, {name}"] = _page(
            head=f'<base href="{at}"><link rel="canonical" href="secret.txt">'
            '<link rel="amphtml" href="amp.html"><link rel="next" href="2.html">'
            '<link rel="preload" href="p.js"><link rel="manifest" href="m.json">',
            body='<img src="a.png" srcset="b.png 2x"><video src="c.mp4"></video>',
        )
        pages[f"refresh, {name}"] = _page(
            head=f'<meta http-equiv="refresh" content="0; url={at}secret.txt">'
            f'<meta property="og:url" content="{at}secret.txt">'
            f'<meta property="og:image" content="{at}image.png">'
        )
        pages[f"frames and objects, {name}"] = _page(
            body=f'<iframe src="{at}secret.txt"></iframe><object data="{at}o"></object>'
            f'<embed src="{at}e"><script src="{at}s.js"></script>'
            f'<svg><image href="{at}i.svg"/><use href="{at}u.svg#a"/></svg>'
        )
        linked = {
            "@context": f"{at}context.json",
            "@type": "NewsArticle",
            "@id": f"{at}secret.txt",
            "url": f"{at}secret.txt",
            "headline": "Ferries",
            "isBasedOn": f"{at}secret.txt",
            "author": {"@id": f"{at}author.json"},
        }
        pages[f"linked data, {name}"] = _page(
            head=f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        )
        pages[f"catalogue, {name}"] = _page(
            f"<?oasis-xml-catalog catalog='{at}secret.xml'?><!DOCTYPE html SYSTEM 'none.dtd'>"
        )
    made = {name: _html(name, page.encode()) for name, page in pages.items()}
    xhtml = pages["external entity, file"].encode()
    made["as XHTML"] = _html("xhtml", xhtml, (b"application/xhtml+xml", b""))
    made["as XML"] = _html("xml", xhtml, (b"text/xml", b""))
    made["gzipped"] = _html("gzip", gzip.compress(xhtml), (b"text/html", b"gzip"))
    made["its own address is a file"] = message(
        xhtml, (("url", f"{files}secret.txt".encode()), ("content-type", b"text/html"))
    )
    references = (
        f"{files}secret.txt",
        f"{files}allowed/../secret.txt",
        f"{files}allowed/%2e%2e/secret.txt",
        f"{files}allowed/link",
        f"{files}allowed/folder-link/secret.txt",
        f"{web}secret.txt",
        "s3://bucket/secret.txt",
        "/etc/hostname",
    )
    for ref in references:
        value = json.dumps({"url": "https://ref.example/a", "body_ref": ref}).encode()
        made[f"body_ref {ref}"] = message(value)
    return made


def _page(before: str = "", *, head: str = "", body: str = "") -> str:
    return (
        f"{before}<html><head><title>Ferries sail again</title>{head}</head>"
        f"<body><article><h1>Ferries sail again</h1>{body}{_TEXT}</article></body></html>"
    )


def _html(name: str, body: bytes, kind: tuple[bytes, bytes] = (b"text/html", b"")) -> InputMessage:
    address = b"https://reaching.example/" + name.replace(" ", "-").replace(",", "").encode()
    headers = [("url", address), ("content-type", kind[0])]
    if kind[1]:
        headers.append(("content-encoding", kind[1]))
    return message(body, tuple(headers), key=address)
