"""What a version of an article says that the version before it did not."""

from collections.abc import Iterable

from service.contract.article import NoticeKind
from service.contract.changes import SENTENCES_SHOWN, Changes
from service.contract.extracted import SIGNATURE_VERSION, Extracted
from service.contract.story import Placement, Relation
from service.fold.assign.new_words import NewWords, new_words
from service.fold.state.article import ArticleState
from service.fold.state.window import Window
from service.fold.verify.text_record import TextRecord, packed_bytes, unpack_bytes
from service.text.language_groups import language_group
from service.text.packed import CLASS_NAME, MAX_TOKENS
from service.text.sentence_marks import KnownSentences, read_marks, sentence_marks
from service.text.sentences import sentences
from service.text.signature import one_line

_REVISIONS = (Relation.UPDATE, Relation.CORRECTION)
_CHARACTERS_SHOWN = 5000
_AROUND_DATELINE = " \t.,:=-–—"


def changes_of(
    extracted: Extracted, previous: ArticleState | None, placement: Placement, window: Window
) -> Changes | None:
    """Return what is new in an article that is about to be added to the window; None if there is
    nothing to compare it with.

    Args:
        previous: its version before, if that is in the window. Without it, an update or a
            correction is compared with its parent.
    """
    before = previous
    if before is None and placement.relation in _REVISIONS and placement.parent is not None:
        before = window.article(placement.parent)
    if before is None:
        return None
    record = None
    if before.signature_version == SIGNATURE_VERSION == extracted.signature.version:
        record = window.texts.text(before.number)
    return changes_since(before, record, extracted)


def changes_since(before: ArticleState, record: TextRecord | None, extracted: Extracted) -> Changes:
    """Return what is new in a version against the one before.

    Args:
        record: the text of the version before, packed; None if its words cannot be compared.
    """
    article = extracted.article
    same_language = language_group(before.language) == language_group(article.language)
    known = _known(before.sentences) if same_language else None
    own = _known(extracted.signature.sentences)
    notes = _notes(extracted)
    same_title = sentence_marks([one_line(before.title)]) == sentence_marks(
        [one_line(article.title)]
    )
    title = None if same_title else before.title
    if known is None or own is None:
        return Changes(against=before.uri, headline_before=title, correction=_joined(notes))
    printed = list(sentences(_without_dateline(extracted), article.language))
    marked = [
        (sentence, mark)
        for sentence, mark in zip(printed, sentence_marks(printed), strict=True)
        if mark is not None and mark in own
    ]
    marks_of_notes = sentence_marks(notes)
    added = {mark: sentence for sentence, mark in marked if mark not in known}
    removed = known.missing(
        [*(mark for _, mark in marked), *(mark for mark in marks_of_notes if mark is not None)]
    )
    fresh = [
        note
        for note, mark in zip(notes, marks_of_notes, strict=True)
        if mark is not None and mark not in known
    ]
    words, numbers_removed, names_removed = NewWords(), 0, 0
    if record is not None and len(record) < MAX_TOKENS:
        vocabulary = frozenset(record.ids.tolist())
        words = new_words(added.values(), article.language, vocabulary)
        if removed:
            numbers_removed, names_removed = _gone(record, extracted)
    return Changes(
        against=before.uri,
        headline_before=title,
        added=len(added),
        removed=removed,
        sentences=_shown(added.values()),
        numbers_added=words.numbers,
        numbers_removed=numbers_removed,
        names_added=words.names,
        names_removed=names_removed,
        correction=_joined(fresh),
    )


def _known(packed: str | None) -> KnownSentences | None:
    try:
        return None if packed is None else read_marks(packed)
    except ValueError:
        return None  # of a version that packs them otherwise


def _notes(extracted: Extracted) -> list[str]:
    notices = extracted.article.notices
    return [one_line(each.text) for each in notices if each.kind is NoticeKind.CORRECTION]


def _joined(notes: list[str]) -> str | None:
    return "\n".join(notes) or None


def _without_dateline(extracted: Extracted) -> str:
    """Return the text as its fingerprints were made of it. Credits and trailers, which they leave
    out too, are lines of their own, and are told by having no fingerprint."""
    text, dateline = extracted.article.text, extracted.wire.dateline
    if dateline is None:
        return text
    before, found, after = text.partition(dateline.text)
    return before + after.lstrip(_AROUND_DATELINE) if found else text


def _shown(added: Iterable[str]) -> tuple[str, ...]:
    shown: list[str] = []
    left = _CHARACTERS_SHOWN
    for sentence in added:
        left -= len(sentence)
        if len(shown) == SENTENCES_SHOWN or left < 0:
            break
        shown.append(sentence)
    return tuple(shown)


def _gone(before: TextRecord, extracted: Extracted) -> tuple[int, int]:
    """Return how many numbers, and words of names, stand in the version before only."""
    now = unpack_bytes(packed_bytes(extracted.signature.record))
    if len(now) >= MAX_TOKENS:
        return 0, 0
    left = frozenset(now.ids.tolist())
    numbers = frozenset(before.ids[before.numbers].tolist()) - left
    names = frozenset(before.ids[CLASS_NAME.take(before.classes)].tolist()) - left
    return len(numbers), len(names)
