"""The day that a page prints for its readers, for pages that declare none."""

import re

from lxml.html import HtmlElement

from service.page.blocks import names_of
from service.page.credits import Elsewhere
from service.page.date_text import write
from service.page.line_marks import LABEL, is_time_line
from service.page.paragraph import squeeze

MONTHS = (
    "jan|ene|янв|gen|ocak|tammi", "feb|fév|fev|фев|şub|helmi", "mar|mär|mrz|maa|мар|maalis",
    "apr|avr|abr|апр|nis|huhti", "may|mai|maj|mag|mei|мая|май|touko", "jun|juin|giu|июн|haz|kesä",
    "jul|juil|lug|июл|tem|heinä", "aug|aoû|aou|ago|авг|ağu|elo", "sep|set|сен|eyl|syys",
    "oct|okt|out|ott|окт|eki|loka", "nov|ноя|kas|marras", "dec|dez|déc|dic|des|дек|ara|joulu",
)  # fmt: skip
NAMES = re.compile("|".join(f"(?P<m{at}>{names})" for at, names in enumerate(MONTHS, 1)), re.I)
WORDED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?[.\s-]{1,3}(?:de |d')?(?P<month>[^\W\d_]{3,12})"
    r"[.,\s-]{1,3}(?:de |del )?(?P<year>20\d\d|19[89]\d)(?!\d)"
    r"|\b(?P<month2>[^\W\d_]{3,12})\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?,?"
    r" (?P<year2>20\d\d|19[89]\d)(?!\d)",
    re.I,
)
NUMBERED = re.compile(
    r"(?<![\d.])(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})(?P=mark)\s?"
    r"(?P<year>20\d\d|19[89]\d|\d\d)(?![\d.]\d)"
)
YEAR_FIRST = re.compile(
    r"(?<!\d)(20\d\d|19[89]\d)(?:[-/.]\s?|年\s?|년\s?)(\d{1,2})(?:[-/.]\s?|月\s?|월\s?)(\d{1,2})(?!\d)"
)
NAMED = re.compile(r"date|datum|fecha|publish|posted|pubdate|timestamp|zeit\b")
DATED = ("p", "span", "div", "time", "li", "small", "em", "i", "td", "dd", "strong", "h5", "h6")
SHORTEST, LONGEST = 6, 160
LONGEST_LABELLED = 80
MOST = 3


def visible_days(tree: HtmlElement, lang: str | None) -> list[str]:
    """Days printed near the headline, the likeliest first: after the main heading before those
    above it. Each stands in an element named for it, or in a line that only tells the time.

    Only for pages that declare none: of 188 such pages of trafilatura's public comparison the first
    of these is the labelled day on 85 and another on 17; of the 28 of news on 17 and 5. (A label
    among these is in doubt as often as the day.)
    """
    before: list[str] = []
    after: list[str] = []
    days = before
    elsewhere = Elsewhere()
    for element in tree.iter("h1", *DATED):
        if element.tag == "h1":
            days = after
        elif len(after) < MOST and (day := dated(element, lang)) and not elsewhere.holds(element):
            days.append(day)
    return list(dict.fromkeys((*after, *reversed(before))))[:MOST]


def dated(element: HtmlElement, lang: str | None) -> str | None:
    """The day that an element prints, if it is there for that."""
    text = short_text(element)
    if len(text) < SHORTEST or not any(map(str.isdigit, text)):
        return None
    named = element.tag == "time" or NAMED.search(names_of(element).lower())
    labelled = len(text) < LONGEST_LABELLED and LABEL.search(text)
    if not (named or labelled or is_time_line(text)):
        return None
    return find_day(text, lang)


def short_text(element: HtmlElement) -> str:
    """An element's text; empty if it is long."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > LONGEST:
            return ""
    return squeeze(" ".join(parts))


def find_day(text: str, lang: str | None = None) -> str | None:
    """The first day written in a text, as its midnight without an offset.

    `3/4/2024` reads as the third of April, but in English, where it may be either, as nothing.
    """
    if match := YEAR_FIRST.search(text):
        year, number, day = map(int, match.groups())
        return write(year, number, day, "00:00:00", None)
    for words in WORDED.finditer(text):
        month = month_of(words["month"] or words["month2"])
        if month is not None:
            year, day = (int(words[name] or words[f"{name}2"]) for name in ("year", "day"))
            return write(year, month, day, "00:00:00", None)
    match = NUMBERED.search(text)
    return from_numbers(match, lang) if match else None


def from_numbers(match: re.Match[str], lang: str | None) -> str | None:
    """The day that three numbers tell, the year last."""
    day, month, year = int(match["first"]), int(match["second"]), int(match["year"])
    slashes = match["mark"] == "/"
    if year < 100:
        if match["mark"] != ".":
            return None
        year += 2000
    if slashes and month > 12:
        day, month = month, day
    elif slashes and day <= 12 and day != month and (lang or "en")[:2].lower() == "en":
        return None
    return write(year, month, day, "00:00:00", None) if month <= 12 else None


def month_of(word: str) -> int | None:
    """The number of the month that a word begins the name of."""
    found = NAMES.match(word)
    return int(found.lastgroup[1:]) if found and found.lastgroup else None
