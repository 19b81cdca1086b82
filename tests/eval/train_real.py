"""Pairs of real texts for training the verifier: translations, newspaper reuse, rewrites, and what
is no copy although it is about the same event.

Each pair is also taken with both texts cut to their first words, since short texts are few in the
data and are what FOLD has to be careful with.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.fold.verify.text_record import TextRecord, unpack
from service.read.page.language import identify_language
from service.text.language_groups import language_group
from service.text.signature import sign
from tests.eval.real_rows import RealRow, load_real

STREAMS = (("spun", "reuse_ur", "same_event", "distinct"), ("rewritten",))
"""Sets that share no text are taken together."""

COPIES, OTHERS, RANDOM_OTHERS, OF_EVENT = 3, 6, 2, 6
CUT_COPIES = 2
SHORTEST_CUT, LONGEST_CUT = 45, 150
_LETTERS_A_WORD = 5

Labelled = tuple[TextRecord, TextRecord, bool, str]
"""A pair, whether its texts are copies, and the event it is grouped by."""


def real_pairs(data: Path) -> Iterator[Labelled]:
    """Yield the pairs of `train`."""
    from tests.eval.train_fold import candidates

    lot = random.Random(3)
    for sets in STREAMS:
        rows = load_real("train", sets, data)
        languages = [identify_language(row.text) for row in rows]
        signed = zip(rows, languages, strict=True)
        signatures = [sign(row.text, language) for row, language in signed]
        texts = [unpack(signature.record) for signature in signatures]
        events: dict[str, list[int]] = defaultdict(list)
        for number, others in enumerate(candidates(signatures)):
            row, group = rows[number], language_group(languages[number])
            others = [
                other
                for other in others
                if "und" in (group, languages[other]) or language_group(languages[other]) == group
            ]
            same = [other for other in others if rows[other].story == row.story]
            rest = [other for other in others if rows[other].story != row.story]
            of_event = [other for other in events[row.event] if rows[other].story != row.story]
            chosen = lot.sample(same, min(COPIES, len(same))) + rest[:OTHERS]
            chosen += lot.sample(rest[OTHERS:], min(RANDOM_OTHERS, len(rest[OTHERS:])))
            for other in dict.fromkeys([*chosen, *of_event[:OF_EVENT]]):
                yield texts[number], texts[other], rows[other].story == row.story, row.event
            cut = lot.sample(same, min(CUT_COPIES, len(same))) + of_event[:OF_EVENT] + rest[:2]
            for other in cut:
                words = lot.randint(SHORTEST_CUT, LONGEST_CUT)
                one = shortened(row, words, languages[number])
                two = shortened(rows[other], words, languages[other])
                yield one, two, rows[other].story == row.story, row.event
            events[row.event].append(number)


def shortened(row: RealRow, words: int, language: str) -> TextRecord:
    """The first words of a text."""
    return unpack(sign(_first(row.text, words), language).record)


def _first(text: str, words: int) -> str:
    """The first words of a text, with whole paragraphs as far as they go."""
    kept: list[str] = []
    for paragraph in text.split("\n"):
        parts: Sequence[str] = paragraph.split()
        spaced = len(paragraph) < 12 * max(len(parts), 1)
        if spaced:
            kept.append(" ".join(parts[:words]))
            words -= len(parts)
        else:
            kept.append(paragraph[: words * _LETTERS_A_WORD // 3])
            words -= len(paragraph) * 3 // _LETTERS_A_WORD
        if words <= 0:
            break
    return "\n".join(kept)
