"""Articles that are about to be placed: what can be told of several together is told beforehand.

Placing looks at one article after the other, since each may be a copy of the one before. But what
keys an article shares with those known so far, and which of these are no copies of it, can be told
of a whole batch at once, which takes a fraction of the work. It is told of texts, which never
change, so no decision depends on it: what came to be known meanwhile is asked for singly.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from service.events.extracted import Extracted
from service.events.signature import SIGNATURE_VERSION
from service.story.assign import Asking
from service.story.hashing import Hashes
from service.story.layout import batched, lay_out, lay_out_marks
from service.story.memory import Memory
from service.story.record import TextRecord, unpack_bytes
from service.story.sieve import Sieve
from service.story.store import StoredText
from service.story.takeover import asked_keys, stored_text
from service.story.withdrawal import withdraws

STORIES_IN_QUESTION = 8
"""Stories that an article is compared with, at most: those that share most keys."""

TOGETHER = 16
"""Articles that are foreseen at once: of more, the arrays would leave the processor's cache."""


@dataclass(frozen=True, slots=True)
class Coming:
    """An article that looks for its story.

    Attributes:
        text: what is to be kept of it.
        keys: it is looked up by.
    """

    extracted: Extracted
    text: StoredText
    keys: Hashes
    asking: Asking

    @classmethod
    def of(cls, extracted: Extracted) -> "Coming":
        """Begin to ask; of a notice, that it is far from a text says nothing.

        Raises:
            ValueError: its signature holds no record.
        """
        signature = extracted.signature
        text = stored_text(extracted.article.title, signature)
        quick = not withdraws(extracted)
        asking = Asking(text.record, extracted.wire.agencies, quick=quick)
        return cls(extracted, text, asked_keys(text, signature), asking)


def foresee(batch: Sequence[Extracted], memory: Memory) -> list[Coming]:
    """Those of a batch that it pays to ask about now.

    Args:
        batch: at most `TOGETHER` articles.

    Raises:
        ValueError: an article's record, or a stored one, is none.
    """
    known = memory.known([extracted.article.uri for extracted in batch])
    coming = []
    for extracted in batch:
        if extracted.article.uri in known or extracted.signature.version != SIGNATURE_VERSION:
            continue  # most of those known are the same again, and ask for nothing
        each = Coming.of(extracted)
        if each.asking.quick:
            coming.append(each)
    if len(coming) > 1:
        _tell(coming, memory)
    return coming


def _tell(coming: Sequence[Coming], memory: Memory) -> None:
    """Tell each article which of the texts in question are far, and lay the others out."""
    numbers = memory.look_ahead([each.keys for each in coming], STORIES_IN_QUESTION)
    wanted = sorted(set().union(*numbers))
    records = dict(zip(wanted, memory.records(wanted), strict=True))
    pairs = [(place, number) for place, own in enumerate(numbers) for number in own]
    asking = [place for place, _ in pairs]
    asked = [records[number] for _, number in pairs]
    texts = [each.asking.text for each in coming]
    lay_out_marks(texts)
    told = Sieve(texts).near(asking, asked)
    near = {pair for pair, is_near in zip(pairs, told, strict=True) if is_near}
    ready = _laid_out(near, coming, records)
    for place, number in pairs:
        asker, is_near = coming[place].asking, (place, number) in near
        text = ready.get(number) if is_near else None
        asker.tell(number, records[number], is_near=is_near, text=text)


def _laid_out(
    near: Collection[tuple[int, int]], coming: Sequence[Coming], records: Mapping[int, bytes]
) -> dict[int, TextRecord]:
    """The texts that will be compared, by number; those of the articles are laid out too.

    Args:
        near: who is to be compared with what text.
    """
    askers = [coming[place].asking for place in sorted({place for place, _ in near})]
    others = {
        number: unpack_bytes(records[number])
        for place, number in sorted(near)
        if not coming[place].asking.is_same(records[number])
    }
    for batch in batched(others.values()):
        lay_out_marks(batch)
    for batch in batched([*(asker.text for asker in askers), *others.values()] if others else ()):
        lay_out(batch)
    return others
