"""Values of dates: what pages declare for machines and print for readers, as RFC 3339.

A time is read only where every part of it is: the hour with its half of the day, and the offset or
the name of the zone. Of other values the day is kept. (dateparser, which comes with trafilatura,
reads more languages, but drops what it does not understand: of `2026-03-05 14:30 XYZ` it gives the
time, and of a sentence some date.)
"""

import re
from datetime import date, datetime, timedelta

from service.read.page.zones import offset_at

ISO = re.compile(
    r"(?P<date>(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))(?=[T\s]|$|\D)",
    re.I,
)
COMPACT = re.compile(
    r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?$"
)
CTIME = re.compile(
    r"^(?:[^\W\d_]{2,9},?\s)?(?P<month>[^\W\d_]{3,9})\s{1,2}(?P<day>\d{1,2})"
    r"\s(?P<rest>\d{1,2}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{2,5}|(?:GMT|UTC)?[+-]\d{2}:?\d\d))?)"
    r"\s(?P<year>(?:19|20)\d\d)$"
)
"""As C and Java print a time: `Thu Mar  5 14:30:00 CET 2026`."""
DATE_SEPARATOR = re.compile(r"[-/.]")
EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
LONGEST = 120

BEFORE_NOON = r"[ap]\.?\s?m\b\.?|오전|오후|上午|下午|午前|午後"
TIME = re.compile(
    rf"^(?:(?P<first>{BEFORE_NOON})\s*)?"
    r"(?P<hour>\d{1,2})(?:\s?[:.h時点시时]\s?(?P<minute>\d\d)"
    r"(?:\s?[:.分분]\s?(?P<second>\d\d))?(?:[.,]\d{1,9})?[分秒분초]?)?"
    rf"(?:\s*(?P<half>{BEFORE_NOON}))?(?:\s?(?:uhr|hrs?|h|uur|часов)\b\.?)?"
    r"(?:\s*(?P<zone>(?:UTC|GMT|Z)?\s?[+-−]\d{1,2}(?::?\d\d)?|[+-−]\d{3}|[A-Z][A-Za-z]{0,4}))?"
    r"(?:\s*(?:\[[\w/+-]{2,40}\]|\([^()]{2,60}\)))?$",
    re.I,
)
"""A time of day and nothing else: half of the day, clock, offset or zone, perhaps its long name."""
JOINTS = re.compile(
    r"^[\s,;|·•–—/T-]*"
    r"(?:\b(?:at|um|à|a las|alle|om|kl\.?|klo|o godz\.?|в|as|às|ore|den)(?!\w)[\s,:]*)?",
    re.I,
)
WEEKDAY = re.compile(
    r"^\W*(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue"
    r"|vie|sáb|dom|seg|ter|qua|qui|sex|gio|пн|вт|ср|чт|пт|сб|вс|[月火水木金土日월화수목금토일])"
    r"\w{0,10}\.?\W*$",
    re.I,
)
LABELLED = re.compile(
    r"^\W*(?:published|posted|updated|last updated|first published|on|date|stand|veröffentlicht|am"
    r"|den|erschienen|publié|le|publicado|el|pubblicato|il|gepubliceerd|op|опубликовано)"
    r"(?:\s(?:on|am|le|el|il|op|den))?\b\W*",
    re.I,
)


def read_date(text: str, lang: str | None = None) -> str | None:
    """Return a declared date in RFC 3339, or None if it cannot be parsed.

    Accepts ISO 8601 and its common variants, RFC 2822, epoch numbers, and days in words and
    numbers as people write them. The offset is kept as given; if there is none, none is added. A
    bare day becomes its midnight, without an offset, and so does a value whose time cannot be read
    whole.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    if match := COMPACT.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        clock = ":".join(f"{part or 0:0>2}" for part in (hour, minute, second))
        return write(int(year), int(month), int(day), clock, zone)
    if EPOCH.match(text):
        seconds = int(text[:10])
        return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat() + "+00:00"
    if (match := CTIME.match(text)) and (number := month_of(match["month"])):
        midnight = write(int(match["year"]), number, int(match["day"]), "00:00:00", None)
        return None if midnight is None else with_time(midnight, match["rest"])
    if (match := ISO.match(text)) is not None:
        year, month, day = (int(part) for part in DATE_SEPARATOR.split(match["date"]))
        midnight = write(year, month, day, "00:00:00", None)
        return None if midnight is None else with_time(midnight, text[match.end() :])
    found = find_written(text, lang)
    if found is None:
        return None
    midnight, start, end = found
    return with_time(midnight, " ".join((without_words(text[:start]), text[end:])))


def without_words(text: str) -> str:
    """Return what stands before a day without its weekday and label."""
    text = LABELLED.sub("", text)
    return "" if WEEKDAY.match(text) else text


def with_time(midnight: str, rest: str) -> str:
    """Return the day with the time that is the rest of its value; the day alone if the rest is no
    time, or not all of it is."""
    rest = rest.strip(" \t,.;")
    rest = JOINTS.sub("", rest)
    if (weekday := WEEKDAY_FIRST.match(rest)) is not None:
        rest = JOINTS.sub("", rest[weekday.end() :])
    match = TIME.match(rest)
    if match is None:
        return midnight
    half = (match["first"] or match["half"] or "").lower()
    if match["minute"] is None and not half:
        return midnight
    hour = int(match["hour"])
    if half:
        if not 1 <= hour <= 12:
            # "14:30 PM" is written too: the hour says it all.
            if hour > 23 or half in MORNINGS or half.startswith("a"):
                return midnight
        else:
            afternoon = half not in MORNINGS and not half.startswith("a")
            hour = hour % 12 + (12 if afternoon else 0)
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    if hour == 24 or hour > 23 or minute > 59 or second > 59:
        return midnight
    day = date.fromisoformat(midnight[:10])
    offset = "" if match["zone"] is None else offset_at(match["zone"], day)
    if offset is None:
        return midnight
    return f"{midnight[:10]}T{hour:02}:{minute:02}:{second:02}{offset}"


MORNINGS = ("오전", "上午", "午前")
WEEKDAY_FIRST = re.compile(
    rf"^(?!{BEFORE_NOON})(?:[^\W\d_]{{2,12}}\.?|\([^()]{{1,12}}\))[\s,]+(?=\d|{BEFORE_NOON})", re.I
)


def write(year: int, month: int, day: int, clock: str, zone: str | None) -> str | None:
    """Return RFC 3339 from parts; None if there is no such day or time."""
    try:
        value = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{clock}")
    except ValueError:
        return None
    return value.isoformat(timespec="seconds") + ("+00:00" if zone else "")


def is_bare_day(text: str, lang: str | None = None) -> bool:
    """Whether a text is a day and nothing else, except its weekday and a time."""
    found = find_written(text, lang)
    if found is None:
        return False
    _, start, end = found
    rest = JOINTS.sub("", text[end:].strip(" .,"))
    return without_words(text[:start]).strip(" ,.") == "" and (
        not rest or TIME.match(rest) is not None
    )


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
    r"(?<!\d)(20\d\d|19[89]\d)(?:[-/.]\s?|年\s?|년\s?)(\d{1,2})(?:[-/.]\s?|月\s?|월\s?)(\d{1,2})(?!\d)[日일]?\.?"
)


def find_day(text: str, lang: str | None = None) -> str | None:
    """Return the first day written in a text, as midnight without a UTC offset.

    `3/4/2024` is read as the third of April; in English, the default, it is ambiguous and skipped.
    """
    found = find_written(text, lang)
    return found[0] if found else None


def find_written(text: str, lang: str | None) -> tuple[str, int, int] | None:
    """Return the first day written in a text, as `find_day`, and where it starts and ends."""
    if match := YEAR_FIRST.search(text):
        year, number, day = map(int, match.groups())
        value = write(year, number, day, "00:00:00", None)
        return None if value is None else (value, *match.span())
    for words in WORDED.finditer(text):
        month = month_of(words["month"] or words["month2"])
        if month is not None:
            year, day = (int(words[name] or words[f"{name}2"]) for name in ("year", "day"))
            value = write(year, month, day, "00:00:00", None)
            return None if value is None else (value, *words.span())
    match = NUMBERED.search(text)
    value = from_numbers(match, lang) if match else None
    return (value, *match.span()) if match and value else None


def from_numbers(match: re.Match[str], lang: str | None) -> str | None:
    """Return the day given by three numbers, the year last; None if ambiguous or invalid."""
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
    """Return the number of the month whose abbreviation a word begins with."""
    found = NAMES.match(word)
    return int(found.lastgroup[1:]) if found and found.lastgroup else None
