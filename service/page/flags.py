"""Quality flags, each with what it rests on."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from service.events.article import Flag
from service.page.blocks import names_of
from service.page.date_text import read_date
from service.page.facts import Facts, values
from service.page.furniture_names import KEPT
from service.page.head import Head
from service.page.paragraph import Paragraph

WALL_CLASS = re.compile(
    r"pay-?wall|subscriber-?only|premium-?(?:wall|content|gate)|piano-|tp-modal|regwall"
)
WALL_WORDS = re.compile(
    r"(?:subscribe|sign in|log in|register) to (?:continue|keep) reading|this (?:article"
    r"|content|story) is (?:for|only available to) subscribers"
    r"|already a subscriber|weiterlesen mit|jetzt (?:abonnieren|weiterlesen)"
    r"|réservé aux abonnés|solo para suscriptores|contenido exclusivo para suscriptores"
    r"|contenuto (?:riservato|per) (?:agli )?abbonati|nur für abonnenten|prenumerera för att",
    re.I,
)
# One of these is in whatever `WALL_WORDS` finds. (No "s" and no "i": they have odd capitals.)
WALL_MARKS = ("read", "ber", "terle", "jetzt", "abonn", "abbonat", "ptore", "prenumerera")
READ_MORE_AT = re.compile(
    r"(?:read|continue reading|see) (?:more|the (?:full|entire|rest of the) (?:story|article)"
    r"|on)\b.{0,40}(?:\bat\b|\bon\b|→|»|\.\.\.|…)|\[(?:…|\.\.\.|&hellip;)\]\s*$"
    r"|continue reading\s*(?:→|»|…|\.\.\.)?\s*$|the post .{3,200} (?:appeared first"
    r"|first appeared) on",
    re.I,
)
RELEASE = re.compile(
    r"/(?:PRNewswire|CNW|GLOBE NEWSWIRE|ACCESSWIRE|BUSINESS WIRE|EIN Presswire|PRWEB)\b"
    r"|--\(BUSINESS WIRE\)--|\((?:GLOBE NEWSWIRE|Marketwired|ots|APA-OTS)\)|press release"
    r"|pressemitteilung|for immediate release|comunicado de prensa|communiqué de presse",
    re.I,
)


def raise_flags(
    tree: HtmlElement | None, head: Head, facts: Facts, paragraphs: Sequence[Paragraph]
) -> tuple[Flag, ...]:
    """All flags that the page earns, by name."""
    found = {
        "paywalled": paywall(tree, head, facts, paragraphs),
        "live_blog": live_blog(facts),
        "truncated": truncation(paragraphs),
        "gallery": gallery(facts, head),
        "press_release": press_release(facts, paragraphs),
    }
    return tuple(
        Flag(name=name, evidence=evidence) for name, evidence in sorted(found.items()) if evidence
    )


def paywall(
    tree: HtmlElement | None, head: Head, facts: Facts, paragraphs: Sequence[Paragraph]
) -> str | None:
    """Two signals of a wall: sites declare one that they do not put up."""
    signals = []
    free = (facts.text("isAccessibleForFree") or "").lower()
    if free in ("false", "http://schema.org/false", "https://schema.org/false"):
        signals.append("isAccessibleForFree is false")
    tier = (head.meta("article:content_tier") or "").lower()
    if tier in ("locked", "metered", "premium", "paid"):
        signals.append(f"content tier {tier}")
    if any(offers_subscription(paragraph.text) for paragraph in paragraphs[-4:]):
        signals.append("text ends in an offer to subscribe")
    if tree is not None and signals:
        for element in tree.iter("div", "section", "aside"):
            names = names_of(element)
            if names and names_wall(names):
                signals.append(f"element {names[:60]!r}")
                break
    return "; ".join(signals) if len(signals) >= 2 else None


def offers_subscription(text: str) -> bool:
    """Whether a text offers to go on after a subscription."""
    lowered = text.lower()
    return any(mark in lowered for mark in WALL_MARKS) and WALL_WORDS.search(text) is not None


def names_wall(names: str) -> bool:
    """Whether class and id name a wall."""
    return any(map(_names_wall, names.split()))


@lru_cache(maxsize=KEPT)
def _names_wall(name: str) -> bool:
    return WALL_CLASS.search(name.lower()) is not None


def live_blog(facts: Facts) -> str | None:
    """Structured data that calls the page a live blog: how many entries, and when."""
    if "liveblogposting" not in facts.types:
        return None
    entries = [facts.resolve(value) for value in values(facts.node.get("liveBlogUpdate"))]
    times = sorted(
        time
        for entry in entries
        if isinstance(given := entry.get("datePublished"), str) and (time := read_date(given))
    )
    span = f", {times[0]} to {times[-1]}" if times else ""
    return f"LiveBlogPosting with {len(entries)} entries{span}"


def truncation(paragraphs: Sequence[Paragraph]) -> str | None:
    """A text that ends by sending the reader elsewhere."""
    for paragraph in paragraphs[-2:]:
        if len(paragraph.text) < 400 and (match := READ_MORE_AT.search(paragraph.text)):
            return match.group()[:120]
    return None


def gallery(facts: Facts, head: Head) -> str | None:
    """Structured data that calls the page a gallery."""
    if facts.types & {"imagegallery", "mediagallery"}:
        return "ImageGallery"
    return None


def press_release(facts: Facts, paragraphs: Sequence[Paragraph]) -> str | None:
    """The mark of a release wire, or the words at the beginning."""
    if "pressrelease" in facts.types:
        return "PressRelease"
    for paragraph in paragraphs[:3]:
        if match := RELEASE.search(paragraph.text[:200]):
            return match.group()
    return None
