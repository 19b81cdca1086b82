"""Quality flags, each with its evidence."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from service.contract.article import Flag
from service.read.page.blocks import Block, names_of
from service.read.page.date_values import read_date
from service.read.page.element_roles import KEPT
from service.read.page.head import Head
from service.read.page.lines import ends_sentence
from service.read.page.paragraph import Paragraph, count_words
from service.read.page.structured_data import Facts, values

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
# Any match of `WALL_WORDS` contains one of these in lower case. (None contains "s" or "i": with
# `re.I` they also match "ſ" and "ı", which `lower` leaves as they are.)
WALL_HINTS = ("read", "ber", "terle", "jetzt", "abonn", "abbonat", "ptore", "prenumerera")
READ_MORE_AT = re.compile(
    r"(?:read|continue reading|see) (?:more|the (?:full|entire|rest of the) (?:story|article)"
    r"|on)\b.{0,40}(?:\bat\b|\bon\b|→|»|\.\.\.|…)|\[(?:…|\.\.\.|&hellip;)\]\s*+$"
    r"|continue reading\s*+(?:→|»|…|\.\.\.)?\s*+$|the post .{3,200} (?:appeared first"
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
    tree: HtmlElement | None,
    head: Head,
    facts: Facts,
    paragraphs: Sequence[Paragraph],
    *,
    ciphered: int = 0,
    cut: str | None = None,
) -> tuple[Flag, ...]:
    """Return all flags of the page, sorted by name.

    Args:
        ciphered: number of paragraphs that were left out because they cannot be read.
        cut: evidence that the document was cut off.
    """
    unreadable = f"{ciphered} paragraphs in cipher" if ciphered else None
    found = {
        "paywalled": unreadable or paywall(tree, head, facts, paragraphs),
        "live_blog": live_blog(facts),
        "truncated": cut or truncation(paragraphs) or missing_text(facts, paragraphs),
        "gallery": gallery(facts, head),
        "press_release": press_release(facts, paragraphs),
    }
    return tuple(
        Flag(name=name, evidence=evidence) for name, evidence in sorted(found.items()) if evidence
    )


def paywall(
    tree: HtmlElement | None, head: Head, facts: Facts, paragraphs: Sequence[Paragraph]
) -> str | None:
    """Return two or more signals of a paywall: some sites declare one that they do not put up."""
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
    """True if a text offers to continue after a subscription or login."""
    lowered = text.lower()
    return any(hint in lowered for hint in WALL_HINTS) and WALL_WORDS.search(text) is not None


def names_wall(names: str) -> bool:
    """True if class and id name a paywall."""
    return any(map(_names_wall, names.split()))


@lru_cache(maxsize=KEPT)
def _names_wall(name: str) -> bool:
    return WALL_CLASS.search(name.lower()) is not None


def live_blog(facts: Facts) -> str | None:
    """Return the number of entries and the time span if structured data declares a live blog."""
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
    """Return the phrase at the end of a text that sends the reader elsewhere for the rest."""
    for paragraph in paragraphs[-2:]:
        if len(paragraph.text) < 400 and (match := READ_MORE_AT.search(paragraph.text)):
            return match.group()[:120]
    return None


LEAST_MISSING = 150  # words that structured data counts more than the text has
MOST_SHOWN = 0.5  # share of the counted words that the text has at most
MOST_OF_SCRAP = 250  # words of a text that is doubted
TEASER = 150  # words of a text whose last sentence is left open


def missing_text(facts: Facts, paragraphs: Sequence[Paragraph]) -> str | None:
    """Return how structured data counts far more text than the page has, or that a short text
    leaves its last sentence open."""
    words = sum(count_words(paragraph.text) for paragraph in paragraphs)
    if words > MOST_OF_SCRAP:
        return None  # some sites count characters, or what stands around the text
    counted = (facts.text("wordCount") or "").replace(",", "").strip()
    declared = [("wordCount", int(counted))] if counted.isascii() and counted.isdigit() else []
    declared += [("articleBody", count_words(text)) for text in facts.whole_texts("articleBody")]
    for name, number in declared:
        if words + LEAST_MISSING <= number and words <= MOST_SHOWN * number:
            return f"{name} has {number} words, the text {words}"
    last = paragraphs[-1].text if paragraphs else ""
    if last.endswith(("...", "…")) and words <= TEASER:
        return f"ends in an ellipsis: {last[-40:]}"
    return None


DOCUMENT_END = 4_096  # characters of the document's end in which its end tags are looked for


def cut_off(document: str, blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the last words of a text if the document ends inside its last sentence."""
    end = document[-DOCUMENT_END:].lower()
    if not paragraphs or not blocks or "</html" in end or "</body" in end:
        return None
    last = blocks[-1].text
    if last != paragraphs[-1].text or ends_sentence(last):
        return None
    return f"the document ends in a sentence: {last[-60:]}"


def gallery(facts: Facts, head: Head) -> str | None:
    """Return `ImageGallery` if structured data declares the page a gallery."""
    if facts.types & {"imagegallery", "mediagallery"}:
        return "ImageGallery"
    return None


def press_release(facts: Facts, paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the declared type, or the press release wording at the beginning of the text."""
    if "pressrelease" in facts.types:
        return "PressRelease"
    for paragraph in paragraphs[:3]:
        if match := RELEASE.search(paragraph.text[:200]):
            return match.group()
    return None
