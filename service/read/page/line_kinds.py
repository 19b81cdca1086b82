"""Recognise short lines that are not text: publication times, bylines, captions, author notes."""

import re
from collections.abc import Collection, Sequence

from service.read.page.paragraph import (
    Paragraph,
    Role,
    count_words,
    has_more_words,
    normalise_words,
    normalises_to,
)

DAY = re.compile(
    r"\b\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:20)?\d\d\b|\b20\d\d\s?[./年-]\s?\d{1,2}"
    r"|\b(?:19|20)\d\d\b",
)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b", re.I)
LABEL = re.compile(
    r"\b(?:published|updated|posted|modified|last (?:updated?|modified|edited)|created|stand"
    r"|veröffentlicht|aktualisiert|erschienen|publié|mis à jour|actualizado|publicado|atualizado"
    r"|pubblicato|aggiornato|gepubliceerd|bijgewerkt|uppdaterad|publicerad|opdateret|publiceret"
    r"|oppdatert|publisert|publikacja|aktualizacja|опубликовано|обновлено|güncelleme|yayınlanma"
    r"|diperbarui|cập nhật)\b|更新|公開|発表|发布|기사입력",
    re.I,
)
WITHIN = 8  # paragraphs at the beginning of a text that are searched for bylines
LETTERS = re.compile(r"[^\W\d_]+")
BYLINE = re.compile(
    r"^\W{0,2}(?:by|von|por|par|door|av|af|przez|text|texte|texto|autor(?:in|a)?|автор|written by"
    r"|story by|reported by)\b(?:\s*+[:：]\s++|\s++)(?=\W?[A-ZÀ-ÞА-Я\u3040-\u9fff])",
    re.I,
)
NAME = r"[A-ZÀ-ÞĀ-ſ][\w'’.-]*[\w.]"
SIGNATURE = re.compile(rf"^\(?{NAME} {NAME}(?: {NAME})?\)?$")
UNDATED = r"(?!.{0,60}\b(?:19|20)\d\d\b)"  # `©` with a year claims the text, not a picture
CAPTION_BEGINS = re.compile(
    r"^\W{0,2}(?:(?:photos?|fotos?|images?|pictures?|bild(?:er)?|imagen|fotograf\w*|photograph|foto"
    r"|zdjęcie|фото|写真|图|사진)\b(?:\s*(?:by|von|de|credit|courtesy|av))?\s*[:：/|(–-]"
    rf"|©{UNDATED}|\[사진)",
    re.I,
)
# As photo agencies begin theirs: LOS ANGELES, CA - MARCH 21:
AGENCY_CAPTION = re.compile(
    r"[A-Z]{2}[A-Z .'-]{1,40}, [A-Z][A-Za-z .]{1,30}\s?[-–—]\s?[A-Z]{3,9} \d{1,2}(?:, \d{4})?:"
)
LONGEST_AGENCY_CAPTION = 90  # words
CAPTION_ENDS = re.compile(
    rf"©{UNDATED}\s*[^.©]{{2,50}}$"
    r"|\((?:photo|foto|bild|image|ap photo|picture)\b[^)]{0,60}\)\W*$"
    r"|(?:^|[.!?…”\")]\s)(?:photo(?:graph|s)?|pictures?|images?|fotos?|bild(?:er)?|credit|quelle"
    r"|fotografía)"
    r"(?: (?:by|credit))?\s?:\s?[^.!?]{3,60}(?:\.com)?$"
    r"|\b(?:ap|afp|reuters|epa|getty|file) (?:photo|images)(?:/[^.]{2,40})?\W*$|撮影[)）]?$",
    re.I,
)
# Any match of `CAPTION_ENDS` contains one of these in lower case. ("mage", not "image" or "images":
# with `re.I`, "i" and "s" also match "ı" and "ſ", which `lower` leaves as they are.)
CAPTION_HINTS = ("©", "(", "photo", "mage", "撮影", "picture", "foto", "bild", "credit",
                 "quelle")  # fmt: skip
NOTE_VERBS = re.compile(
    r"^\s*+(?:,\s*+)?(?:is|are|was|has|have|covers|writes|reports|joined|worked|ist|arbeitet"
    r"|schreibt"
    r"|studierte|est|es|è|jest|är|er|skriver)\b",
    re.I,
)


def is_time_line(text: str) -> bool:
    """True if a line only states when the page was published: a day with a time, or either of them
    with a label such as "Updated"."""
    if len(text) > 120 or len(LETTERS.findall(text)) > 10:
        return False
    day, clock = DAY.search(text) is not None, CLOCK.search(text) is not None
    return (day and clock) or ((day or clock) and LABEL.search(text) is not None)


def is_byline(text: str, authors: Collection[str]) -> bool:
    """True if a line only names authors: "By A B", or exactly the names from the metadata."""
    if has_more_words(text, 14):
        return False
    if BYLINE.match(text) and not text.endswith((".", "!", "?", ":", "”", '"')):
        return True
    return any(normalises_to(text, normalise_words(author)) for author in authors)


def find_bylines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the bylines among the first paragraphs that begin with "By" or its equivalent."""
    return [
        paragraph.text
        for paragraph in paragraphs[:WITHIN]
        if is_byline(paragraph.text, ()) and BYLINE.match(paragraph.text)
    ]


def find_signature(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the last line if it is a byline: it begins with "By", or consists of two or three
    capitalised words. (Correct on 6 of the 7 labelled news pages where it finds one.)"""
    last = paragraphs[-1] if len(paragraphs) > WITHIN // 2 else None
    if last is None or last.role is not Role.TEXT:
        return []
    if BYLINE.match(last.text) and is_byline(last.text, ()):
        return [last.text]
    return [last.text] if SIGNATURE.match(last.text) and not last.text.isupper() else []


def is_caption(text: str) -> bool:
    """True if a line is a picture's caption or credit, judged by its beginning or end."""
    if AGENCY_CAPTION.match(text):
        return count_words(text) <= LONGEST_AGENCY_CAPTION
    if not CAPTION_BEGINS.match(text):
        lowered = text.lower()
        if not (any(hint in lowered for hint in CAPTION_HINTS) and CAPTION_ENDS.search(text)):
            return False
    return count_words(text) <= 45


def is_author_note(text: str, authors: Collection[str]) -> bool:
    """True if a paragraph is about an author: the name, then a verb such as "is" or "covers"."""
    for author in authors:
        if len(author) > 4 and text.startswith(author) and NOTE_VERBS.match(text[len(author) :]):
            return True
    return False
