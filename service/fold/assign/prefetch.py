"""Prefetch for a batch: candidate look-ups and prefilter results that do not depend on order are
computed once for all.

Articles are placed one after the other, since each may be a copy of the one before. But the keys
that they share with articles in the window, and which of those texts cannot be copies, can be
computed for a whole batch at once, in a fraction of the time. Texts never change, so no decision
depends on it; articles that join the window meanwhile are looked up singly.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from service.contract.extracted import SIGNATURE_VERSION, Extracted
from service.fold.assign.candidate_stories import STORIES, look_ahead
from service.fold.assign.query import StoryQuery
from service.fold.assign.scoring import Texts
from service.fold.assign.withdrawal import withdraws
from service.fold.candidates.wire_id import state_forms
from service.fold.state.restore import query_keys, stored_text
from service.fold.state.text_table import StoredText
from service.fold.state.window import Window
from service.fold.verify.prefilter import Prefilter
from service.fold.verify.text_batch import batched, derive_batch, derive_hashes
from service.fold.verify.text_record import TextRecord, unpack_bytes
from service.text.hashing import Hashes

TOGETHER = 16
"""Articles prefetched together: with more, the arrays would not fit the processor's cache."""


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article about to be placed.

    Attributes:
        text: what will be stored of its text.
        keys: that candidates are looked up by.
    """

    extracted: Extracted
    text: StoredText
    keys: Hashes
    query: StoryQuery

    @classmethod
    def of(cls, extracted: Extracted, texts: Texts) -> "PendingArticle":
        """Return an article with its query. For a notice no text is ruled out quickly: it need not
        be like what it withdraws.

        Raises:
            ValueError: its signature has no valid record.
        """
        signature = extracted.signature
        wire_ids = state_forms(extracted.wire.ids)
        text = stored_text(extracted.article.title, signature, wire_ids)
        quick = not withdraws(extracted)
        query = StoryQuery(text.record, extracted.wire.agencies, texts, quick=quick)
        return cls(extracted, text, query_keys(text, signature, wire_ids), query)


def prefetch(batch: Sequence[Extracted], window: Window) -> list[PendingArticle]:
    """Return the articles of a batch that prefetching pays for, with what was computed.

    Re-crawls are left out, since most are unchanged and need no query; so are notices of
    withdrawal and articles whose signature has another version.

    Args:
        batch: at most `TOGETHER` articles.

    Raises:
        ValueError: a verification record is invalid.
    """
    existing = window.existing([extracted.article.uri for extracted in batch])
    pending = []
    for extracted in batch:
        if extracted.article.uri in existing or extracted.signature.version != SIGNATURE_VERSION:
            continue
        each = PendingArticle.of(extracted, window.texts)
        if each.query.quick:
            pending.append(each)
    if len(pending) > 1:
        _compare(pending, window)
    return pending


def _compare(pending: Sequence[PendingArticle], window: Window) -> None:
    """Set the prefilter's verdicts of all queries, and unpack the texts that are not ruled out."""
    numbers = look_ahead(window, [each.keys for each in pending], STORIES)
    wanted = sorted(set().union(*numbers))
    records = dict(zip(wanted, window.texts.records(wanted), strict=True))
    pairs = [(query, number) for query, own in enumerate(numbers) for number in own]
    texts = [each.query.text for each in pending]
    derive_hashes(texts)
    verdicts = Prefilter(texts).near(
        [query for query, _ in pairs], [records[number] for _, number in pairs]
    )
    near = {pair for pair, is_near in zip(pairs, verdicts, strict=True) if is_near}
    unpacked = _unpack(near, pending, records)
    for query, number in pairs:
        is_near = (query, number) in near
        text = unpacked.get(number) if is_near else None
        pending[query].query.set_verdict(number, records[number], is_near=is_near, text=text)


def _unpack(
    near: Collection[tuple[int, int]],
    pending: Sequence[PendingArticle],
    records: Mapping[int, bytes],
) -> dict[int, TextRecord]:
    """Unpack the texts that will be compared, and derive the arrays of both sides.

    Args:
        near: positions in `pending`, and the numbers of the texts they are compared with.

    Returns:
        The unpacked texts by article number.
    """
    queries = [pending[query].query for query in sorted({query for query, _ in near})]
    others = {
        number: unpack_bytes(records[number])
        for query, number in sorted(near)
        if not pending[query].query.is_same(records[number])
    }
    for batch in batched(others.values()):
        derive_hashes(batch)
    for batch in batched([*(query.text for query in queries), *others.values()] if others else ()):
        derive_batch(batch)
    return others
