"""A text to the HTML page of a site: each site has its own furniture around its articles."""

import html
import random
from datetime import datetime

from tests.faults.prose import Text, name

_SHELLS = (
    "<header><nav>{menu}</nav></header><main><article>{story}</article></main>{foot}",
    "<div class=top>{menu}</div><div id=content><article class=post>{story}</article></div>{foot}",
    "<nav>{menu}</nav><section class=story><article>{story}</article><aside>{menu}</aside>"
    "</section>{foot}",
)


def page_html(text: Text, host: str, published: datetime) -> bytes:
    """The page on which a host shows a text; the same arguments give the same bytes."""
    site = random.Random(host)
    menu = "".join(f'<a href="/{word.lower()}/">{word}</a>' for word in _menu(site))
    story = f"<h1>{html.escape(text.headline)}</h1><time datetime='{published.isoformat()}'></time>"
    story += "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in text.paragraphs)
    foot = f"<footer><p>{name(site)} {name(site)} Media</p></footer>"
    body = site.choice(_SHELLS).format(menu=menu, story=story, foot=foot)
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        f"<title>{html.escape(text.headline)}</title>"
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published.isoformat()}">'
        f"</head><body>{body}</body></html>"
    ).encode()


def _menu(site: random.Random) -> list[str]:
    return site.sample(["Home", "News", "Weather", "Sport", "Culture", "Letters", "Jobs"], k=4)
