"""Short lines that are no text: times of publication, bylines, captions, author notes."""

import re
from collections.abc import Collection, Sequence

from service.page.paragraph import (
    Paragraph,
    Role,
    count_words,
    fold_words,
    folds_to,
    has_more_words,
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
WITHIN = 8  # paragraphs at the beginning of a text
LETTERS = re.compile(r"[^\W\d_]+")
BYLINE = re.compile(
    r"^\W{0,2}(?:by|von|por|par|door|av|af|przez|text|texte|texto|autor(?:in|a)?|автор|written by"
    r"|story by|reported by)\b\s*[:：]?\s+(?=\W?[A-ZÀ-ÞА-Я\u3040-\u9fff])",
    re.I,
)
NAME = r"[A-ZÀ-ÞĀ-ſ][\w'’.-]*[\w.]"
SIGNATURE = re.compile(rf"^\(?{NAME} {NAME}(?: {NAME})?\)?$")
UNDATED = r"(?!.{0,60}\b(?:19|20)\d\d\b)"  # with a year, `©` claims the text
CAPTION_BEGINS = re.compile(
    r"^\W{0,2}(?:(?:photos?|fotos?|images?|pictures?|bild(?:er)?|imagen|fotograf\w*|photograph|foto"
    r"|zdjęcie|фото|写真|图|사진)\b(?:\s*(?:by|von|de|credit|courtesy|av))?\s*[:：/|(–-]"
    rf"|©{UNDATED}|\[사진)",
    re.I,
)
CAPTION_ENDS = re.compile(
    rf"©{UNDATED}\s*[^.©]{{2,50}}$"
    r"|\((?:photo|foto|bild|image|ap photo|picture)\b[^)]{0,60}\)\W*$"
    r"|\b(?:ap|afp|reuters|epa|getty|file) (?:photo|images)(?:/[^.]{2,40})?\W*$|撮影[)）]?$",
    re.I,
)
# One of these is in whatever `CAPTION_ENDS` finds. (No "images": its letters have odd capitals.)
CAPTION_MARKS = ("©", "(", "photo", "mage", "撮影")
NOTE_VERBS = re.compile(
    r"^\s*,?\s*(?:is|are|was|has|have|covers|writes|reports|joined|worked|ist|arbeitet|schreibt"
    r"|studierte|est|es|è|jest|är|er|skriver)\b",
    re.I,
)


def is_time_line(text: str) -> bool:
    """A line that tells when the page was published: a day with a time, or either with a label
    such as "Updated"."""
    if len(text) > 120 or len(LETTERS.findall(text)) > 10:
        return False
    day, clock = DAY.search(text) is not None, CLOCK.search(text) is not None
    return (day and clock) or ((day or clock) and LABEL.search(text) is not None)


def is_byline(text: str, authors: Collection[str]) -> bool:
    """A line that only names authors: "By A B", or exactly the names from the metadata."""
    if has_more_words(text, 14):
        return False
    if BYLINE.match(text) and not text.endswith((".", "!", "?", ":", "”", '"')):
        return True
    return any(folds_to(text, fold_words(author)) for author in authors)


def find_bylines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The lines among the first of a text that begin with "By" and name somebody."""
    return [
        paragraph.text
        for paragraph in paragraphs[:WITHIN]
        if is_byline(paragraph.text, ()) and BYLINE.match(paragraph.text)
    ]


def find_signature(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The last line, where it is signed: with "By", or with two or three words that all begin with
    a capital. (Right on 6 of the 7 labelled news pages that it speaks for.)"""
    last = paragraphs[-1] if len(paragraphs) > WITHIN // 2 else None
    if last is None or last.role is not Role.TEXT:
        return []
    if BYLINE.match(last.text) and is_byline(last.text, ()):
        return [last.text]
    return [last.text] if SIGNATURE.match(last.text) and not last.text.isupper() else []


def is_caption(text: str) -> bool:
    """A picture's caption or credit, told by its mark at the beginning or end."""
    if not CAPTION_BEGINS.match(text):
        lowered = text.lower()
        if not (any(mark in lowered for mark in CAPTION_MARKS) and CAPTION_ENDS.search(text)):
            return False
    return count_words(text) <= 45


def is_author_note(text: str, authors: Collection[str]) -> bool:
    """A paragraph about the author: it begins with the name and goes on with what they are."""
    for author in authors:
        if len(author) > 4 and text.startswith(author) and NOTE_VERBS.match(text[len(author) :]):
            return True
    return False
